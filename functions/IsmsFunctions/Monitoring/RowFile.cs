using System.Buffers;
using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>Rows of the time before a window that earlier evidence holds already.</summary>
/// <param name="WindowStart">Where the window begins; the pull begins earlier, for rows that came late.</param>
/// <param name="Known">Digests of the rows that earlier evidence holds.</param>
public sealed record Overlap(DateTimeOffset WindowStart, IReadOnlySet<UInt128> Known);

/// <summary>
/// A file of raw rows: each as received, one a line. A row that comes again under its id is left out when nothing in it changed, and kept when it did.
/// </summary>
/// <remarks>An id costs about 50 bytes of memory: 200,000 rows are 10 MB.</remarks>
public sealed class RowFile(EvidenceFileWriter writer, Overlap? overlap = null, Action<ReadOnlySpan<byte>>? eachRow = null) : IRowSink
{
    private readonly Dictionary<UInt128, ulong> seen = [];
    private readonly ArrayBufferWriter<byte> pending = new(65_536);

    /// <summary>Rows in the file.</summary>
    public long Rows { get; private set; }

    /// <summary>Of these, rows of the time before the window that earlier evidence does not hold.</summary>
    public long Late { get; private set; }

    /// <summary>Of these, rows whose id came before with other content.</summary>
    public long Revised { get; private set; }

    /// <summary>Rows left out because they came before, unchanged.</summary>
    public long Repeated { get; private set; }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> row)
    {
        var content = RowFields.DigestOf(row);
        var isRevision = false;
        var id = RowFields.IdentityOf(row);
        if (seen.TryGetValue(id, out var before))
        {
            if (before == (ulong)content)
            {
                Repeated++;
                return;
            }

            isRevision = true;
        }

        seen[id] = (ulong)content;
        var isEarlier = overlap is not null && RowFields.TimeOf(row, "createdDateTime"u8) < overlap.WindowStart;
        if (isEarlier && overlap!.Known.Contains(content))
        {
            return;
        }

        Rows++;
        Late += isEarlier ? 1 : 0;
        Revised += isRevision ? 1 : 0;
        Append(row);
        eachRow?.Invoke(row);
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (pending.WrittenCount > 0)
        {
            await writer.WriteAsync(pending.WrittenMemory, cancellationToken);
            pending.ResetWrittenCount();
        }
    }

    private void Append(ReadOnlySpan<byte> row)
    {
        var line = pending.GetSpan(row.Length + 1)[..(row.Length + 1)];
        row.CopyTo(line);
        // Inside a JSON value a line break is only ever white space between tokens.
        line[..row.Length].Replace((byte)'\n', (byte)' ');
        line[..row.Length].Replace((byte)'\r', (byte)' ');
        line[row.Length] = (byte)'\n';
        pending.Advance(row.Length + 1);
    }
}
