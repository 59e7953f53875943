using System.Buffers;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Monitoring;

/// <summary>Rows on their way, each a line. The pieces they stand in are used again and again, so that of many rows nothing is left for the garbage collector.</summary>
internal sealed class LineBuffer : IDisposable
{
    private const int PieceLength = 65_536; // Below what the runtime keeps apart as large.
    private readonly List<ArraySegment<byte>> full = [];
    private byte[] piece = [];
    private int filled;

    /// <summary>How many bytes wait.</summary>
    public long Length { get; private set; }

    /// <summary>Appends a row and ends its line.</summary>
    public void Add(ReadOnlySpan<byte> row)
    {
        if (piece.Length - filled <= row.Length)
        {
            Begin(row.Length + 1);
        }

        var line = piece.AsSpan(filled, row.Length + 1);
        row.CopyTo(line);
        // Inside a JSON value a line break is only ever white space between tokens.
        line[..row.Length].Replace((byte)'\n', (byte)' ');
        line[..row.Length].Replace((byte)'\r', (byte)' ');
        line[row.Length] = (byte)'\n';
        filled += line.Length;
        Length += line.Length;
    }

    /// <summary>Moves all that waits into a file.</summary>
    public async ValueTask MoveToAsync(EvidenceFileWriter file, CancellationToken cancellationToken)
    {
        foreach (var part in full)
        {
            await file.WriteAsync(part, cancellationToken);
        }

        await file.WriteAsync(piece.AsMemory(0, filled), cancellationToken);
        Clear();
    }

    /// <summary>All that waits, in one.</summary>
    public byte[] ToArray()
    {
        var (all, length) = (new byte[Length], 0);
        foreach (var part in full)
        {
            part.CopyTo(all, length);
            length += part.Count;
        }

        piece.AsSpan(0, filled).CopyTo(all.AsSpan(length));
        return all;
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear()
    {
        foreach (var part in full)
        {
            ArrayPool<byte>.Shared.Return(part.Array!);
        }

        full.Clear();
        (filled, Length) = (0, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        if (piece.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        piece = [];
    }

    private void Begin(int least)
    {
        if (piece.Length > 0)
        {
            full.Add(new ArraySegment<byte>(piece, 0, filled));
        }

        (piece, filled) = (ArrayPool<byte>.Shared.Rent(Math.Max(least, PieceLength)), 0);
    }
}
