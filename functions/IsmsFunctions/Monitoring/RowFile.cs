using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>Rows that other evidence holds already; they are left out, whenever they are of.</summary>
/// <param name="WindowStart">Where the window begins; the pull may begin earlier, for rows that came late.</param>
/// <param name="Known">The rows.</param>
/// <param name="TimeMember">The member of a row that says when.</param>
public sealed record Overlap(DateTimeOffset WindowStart, KnownRows Known, ReadOnlyMemory<byte> TimeMember);

/// <summary>
/// The raw rows of a kind: each as received, one a line. A row that comes again under its id is left out when nothing in it changed, and kept when it did. A
/// few rows stay in memory, to become a section of a file with others; many stream into files of their own.
/// </summary>
public sealed class RowFile(Func<int, EvidenceFileWriter> createOwn, int largestSection, Overlap? overlap = null, Action<ReadOnlySpan<byte>>? eachRow = null)
    : IRowSink, IAsyncDisposable
{
    private readonly SeenRows seen = new();
    private readonly LineBuffer pending = new();
    private EvidenceFileWriter? own;

    /// <summary>Rows kept.</summary>
    public long Rows { get; private set; }

    /// <summary>Of these, rows of the time before the window of which earlier evidence holds no version.</summary>
    public long Late { get; private set; }

    /// <summary>Of these, rows whose id came before with other content.</summary>
    public long Revised { get; private set; }

    /// <summary>Rows left out because they came before, unchanged.</summary>
    public long Repeated { get; private set; }

    /// <summary>How many files of its own stand.</summary>
    public int Parts { get; private set; }

    /// <summary>Whether the rows are, or are to be, in files of their own.</summary>
    public bool IsOwn => own is not null || Parts > 0;

    /// <summary>Bytes, before compression, of the file that is being written.</summary>
    public long PartLength => own?.UnpackedLength ?? pending.Length;

    /// <summary>The lines, while they are few.</summary>
    public ReadOnlyMemory<byte> Section => pending.ToArray();

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> row)
    {
        var (identity, content) = (RowFields.IdentityOf(row), RowFields.DigestOf(row));
        var appearance = seen.Note(identity, (ulong)content);
        if (appearance == Appearance.Repeated)
        {
            Repeated++;
            return;
        }

        if (overlap?.Known.HoldContent(content) == true)
        {
            return;
        }

        var isRevised = appearance == Appearance.Revised || overlap?.Known.HoldId(identity) == true;
        Rows++;
        Revised += isRevised ? 1 : 0;
        Late += !isRevised && overlap is not null && RowFields.TimeOf(row, overlap.TimeMember.Span) < overlap.WindowStart ? 1 : 0;
        pending.Add(row);
        eachRow?.Invoke(row);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) =>
        IsOwn || pending.Length > largestSection ? WritePendingAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Ends the file that is being written, and with it what could be lost. The next rows begin another.</summary>
    /// <returns>The file, and whether an earlier attempt had written it: then its rows count, and these do not.</returns>
    public async Task<(StoredFile File, bool WasThere)> EndPartAsync(KindFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        await WritePendingAsync(cancellationToken);
        var query = facts.Query with { File = RowSections.OwnPath(facts.Kind), Parts = Parts == 0 ? null : Parts + 1 };
        await using var writer = own!;
        own = null;
        var stored = await writer.CommitAsync((facts with { Query = query }).ToMetadata(), cancellationToken);
        Parts++;
        seen.Bound();
        return (stored, writer.WasThere);
    }

    /// <summary>Forgets everything, to go on from what stands.</summary>
    /// <param name="isWhole">Whether every row that stands is to be recognised, or the latest.</param>
    public async Task ResetAsync(bool isWhole)
    {
        await DropOwnAsync();
        pending.Clear();
        seen.Clear(isWhole);
        (Rows, Late, Revised, Repeated, Parts) = (0, 0, 0, 0, 0);
    }

    /// <summary>Recognises a row that stands.</summary>
    public void TakeUp(ReadOnlySpan<byte> row)
    {
        seen.Note(RowFields.IdentityOf(row), (ulong)RowFields.DigestOf(row));
        eachRow?.Invoke(row);
    }

    /// <summary>Goes on counting from what stands.</summary>
    public void TakeUp(GraphQuery query, int parts)
    {
        ArgumentNullException.ThrowIfNull(query);
        (Rows, Late, Revised, Repeated, Parts) = (query.Rows, query.Late ?? 0, query.Revised ?? 0, query.Repeated ?? 0, parts);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        pending.Dispose();
        return DropOwnAsync();
    }

    private async ValueTask WritePendingAsync(CancellationToken cancellationToken)
    {
        own ??= createOwn(Parts + 1);
        seen.Bound();
        await pending.MoveToAsync(own, cancellationToken);
    }

    private async ValueTask DropOwnAsync()
    {
        if (own is not null)
        {
            await own.DisposeAsync();
            own = null;
        }
    }
}
