using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Isms.Monitoring;

/// <summary>Looks into a row as Graph sent it, without building objects of it.</summary>
public static class RowFields
{
    /// <summary>The row's <c>id</c> in 16 bytes, by which repetitions are recognised; a digest of the whole row when it has none.</summary>
    public static UInt128 IdentityOf(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row);
        if (!TryFind(ref reader, "id"u8) || reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            return DigestOf(row);
        }

        // Nearly all ids are GUIDs, which are 16 bytes already.
        return Utf8Parser.TryParse(reader.ValueSpan, out Guid id, out var read) && read == reader.ValueSpan.Length
            ? Unsafe.BitCast<Guid, UInt128>(id)
            : DigestOf(reader.ValueSpan);
    }

    /// <summary>Tells contents apart; it holds within this process only.</summary>
    public static UInt128 DigestOf(ReadOnlySpan<byte> bytes) => RowDigest.Of(bytes);

    /// <summary>The text of a member at the top of the row; null when it is absent or no string.</summary>
    public static string? TextOf(ReadOnlySpan<byte> row, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(row);
        return TryFind(ref reader, name) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>The row's id, after the ids of the rows it is below, such as <c>definition/instance</c>.</summary>
    public static string PathOf(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row);
        if (TextOf(row, "parent"u8) is not { } parent || !TryFind(ref reader, "row"u8))
        {
            return TextOf(row, "id"u8) ?? "";
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return $"{parent}/{TextOf(row[start..(int)reader.BytesConsumed], "id"u8)}";
    }

    /// <summary>The time of a member at the top of the row; null when it is absent or cannot be read.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<byte> row, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(row);
        return TryFind(ref reader, name) && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : null;
    }

    private static bool TryFind(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
