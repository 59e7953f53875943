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
/// The raw rows of a kind: each as received, one a line. A row that comes again under its id is left out when nothing in it changed, and kept when it did. A
/// few rows stay in memory, to become a section of a file with others; many stream into a file of their own.
/// </summary>
/// <remarks>An id costs about 50 bytes of memory: 200,000 rows are 10 MB.</remarks>
public sealed class RowFile(Func<EvidenceFileWriter> createOwn, int largestSection, Overlap? overlap = null, Action<ReadOnlySpan<byte>>? eachRow = null)
    : IRowSink, IAsyncDisposable
{
    private readonly Dictionary<UInt128, ulong> seen = [];
    private readonly ArrayBufferWriter<byte> pending = new(4_096);

    /// <summary>Rows kept.</summary>
    public long Rows { get; private set; }

    /// <summary>Of these, rows of the time before the window that earlier evidence does not hold.</summary>
    public long Late { get; private set; }

    /// <summary>Of these, rows whose id came before with other content.</summary>
    public long Revised { get; private set; }

    /// <summary>Rows left out because they came before, unchanged.</summary>
    public long Repeated { get; private set; }

    /// <summary>The file of its own; null while the rows are few.</summary>
    public EvidenceFileWriter? Own { get; private set; }

    /// <summary>The lines, while they are few.</summary>
    public ReadOnlyMemory<byte> Section => pending.WrittenMemory;

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
        if (Own is not null || pending.WrittenCount > largestSection)
        {
            Own ??= createOwn();
            await Own.WriteAsync(pending.WrittenMemory, cancellationToken);
            pending.ResetWrittenCount();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Own?.DisposeAsync() ?? ValueTask.CompletedTask;

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
