using System.Buffers;
using System.Text.Json;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>Takes the rows of a page.</summary>
public interface IRowSink
{
    /// <summary>A row, exactly as received. The bytes are only valid during the call.</summary>
    void Add(ReadOnlySpan<byte> row);

    /// <summary>Sends what was taken on its way. Called often; the rows of a cut page have been taken, too.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Reads a page of a Graph collection from the network as it comes: finds the rows in <c>value</c> and hands over their bytes. Memory grows with the largest
/// row, not with the page.
/// </summary>
public static class GraphPageReader
{
    private const int BufferLength = 131_072;

    /// <summary>Reads a page to its end.</summary>
    /// <returns>The <c>@odata.nextLink</c>; null on the last page.</returns>
    /// <exception cref="JsonException">The body is cut off, or no page of a collection.</exception>
    public static async Task<string?> ReadAsync(Stream body, IRowSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(sink);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var page = new Page();
            var filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                {
                    Grow(ref buffer, filled);
                }

                // A row that is not whole yet is parsed again: the fewer pieces, the less often.
                var rest = buffer.AsMemory(filled);
                var read = await body.ReadAtLeastAsync(rest, rest.Length / 2, throwOnEndOfStream: false, cancellationToken);
                filled += read;
                var consumed = page.Parse(buffer.AsSpan(0, filled), isFinal: read == 0, sink);
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                await sink.FlushAsync(cancellationToken);
                if (read == 0)
                {
                    return page.IsComplete ? page.NextLink : throw new JsonException("The page ends before its JSON does.");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads an answer that is one object: the whole of it is the row.</summary>
    /// <returns>Null: there is no next page.</returns>
    /// <exception cref="JsonException">The body is cut off, or no object.</exception>
    public static async Task<string?> ReadSingleAsync(Stream body, IRowSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(sink);
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        TakeSingle(whole.GetBuffer().AsSpan(0, (int)whole.Length), sink);
        await sink.FlushAsync(cancellationToken);
        return null;
    }

    private static void TakeSingle(ReadOnlySpan<byte> bytes, IRowSink sink)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        reader.Skip();
        sink.Add(isObject ? bytes[start..(int)reader.BytesConsumed] : throw new JsonException("The answer is no object."));
    }

    private static void Grow(ref byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>Where in the page the reader stands between two pieces of it.</summary>
    private sealed class Page
    {
        private static readonly JsonReaderOptions Strict = new() { MaxDepth = 128 };
        private JsonReaderState state = new(Strict);
        private bool inRows;
        private bool sawRows;
        private RowToken last;

        public string? NextLink { get; private set; }

        public bool IsComplete { get; private set; }

        /// <summary>Parses as far as whole members and whole rows go; returns how many bytes are done with.</summary>
        public int Parse(ReadOnlySpan<byte> bytes, bool isFinal, IRowSink sink)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                if (inRows)
                {
                    done += TakeRows(bytes[done..], sink);
                    if (inRows)
                    {
                        break;
                    }
                }

                done += ReadMembers(bytes[done..], isFinal);
                if (!inRows)
                {
                    break;
                }
            }

            return done;
        }

        /// <summary>Reads the members around the rows, up to where rows begin.</summary>
        private int ReadMembers(ReadOnlySpan<byte> bytes, bool isFinal)
        {
            var reader = new Utf8JsonReader(bytes, isFinal, state);
            var done = 0;
            while (true)
            {
                // A member that is not whole yet is parsed again from its start when more of it is here.
                var resume = reader.CurrentState;
                if (!TryStep(ref reader))
                {
                    state = resume;
                    return done;
                }

                done = (int)reader.BytesConsumed;
                if (inRows)
                {
                    state = reader.CurrentState;
                    return done;
                }
            }
        }

        private bool TryStep(ref Utf8JsonReader reader)
        {
            if (!reader.Read())
            {
                return false;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    return TryMember(ref reader);
                case JsonTokenType.EndObject when reader.CurrentDepth == 0:
                    IsComplete = sawRows ? true : throw new JsonException("The answer has no rows: it is no page of a collection.");
                    return true;
                case JsonTokenType.StartObject when reader.CurrentDepth == 0:
                case JsonTokenType.EndArray when reader.CurrentDepth == 1:
                    return true;
                default:
                    throw new JsonException("The answer is no page of a collection.");
            }
        }

        private bool TryMember(ref Utf8JsonReader reader)
        {
            var (isRows, isNext) = (reader.ValueTextEquals("value"u8), reader.ValueTextEquals("@odata.nextLink"u8));
            if (!reader.Read())
            {
                return false;
            }

            if (isRows && reader.TokenType == JsonTokenType.StartArray)
            {
                inRows = sawRows = true;
                last = RowToken.Begin;
                return true;
            }

            if (isNext && reader.TokenType == JsonTokenType.String)
            {
                NextLink = reader.GetString();
                return true;
            }

            return reader.TrySkip();
        }

        /// <summary>Hands over whole rows, up to the bracket that ends them, which is left to the reader that saw the one before them.</summary>
        private int TakeRows(ReadOnlySpan<byte> bytes, IRowSink sink)
        {
            for (var place = 0; ; place++)
            {
                if (place == bytes.Length)
                {
                    return place;
                }

                switch (bytes[place])
                {
                    case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                        break;
                    case (byte)',' when last == RowToken.Row:
                        last = RowToken.Comma;
                        break;
                    case (byte)']' when last != RowToken.Comma:
                        inRows = false;
                        return place;
                    case (byte)'{' when last != RowToken.Row:
                        var length = RowScanner.LengthOf(bytes[place..]);
                        if (length < 0)
                        {
                            return place;
                        }

                        sink.Add(bytes.Slice(place, length));
                        place += length - 1;
                        last = RowToken.Row;
                        break;
                    default:
                        throw new JsonException("The answer is no page of a collection.");
                }
            }
        }

        private enum RowToken
        {
            Begin,
            Row,
            Comma,
        }
    }
}
