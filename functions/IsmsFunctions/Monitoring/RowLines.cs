using System.Buffers;
using System.IO.Compression;

namespace IsmsFunctions.Monitoring;

/// <summary>Reads a stored file of raw rows line by line.</summary>
public static class RowLines
{
    /// <summary>Calls back with each line, without its end. The bytes are only valid during the call.</summary>
    public static async Task ReadAsync(Stream compressed, Action<ReadOnlyMemory<byte>> line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        await using var unpacked = new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        var buffer = ArrayPool<byte>.Shared.Rent(131_072);
        try
        {
            var filled = 0;
            int read;
            while ((read = await unpacked.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
            {
                filled += read;
                var start = 0;
                int length;
                while ((length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0)
                {
                    line(buffer.AsMemory(start, length));
                    start += length + 1;
                }

                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                filled -= start;
                if (filled == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, filled).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
