using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>How pulling a kind ended.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Facts">The facts when it ended; null when it is to go on.</param>
/// <param name="Lines">Its few rows; null when they have files of their own.</param>
/// <param name="ResumeAt">When it is to go on.</param>
internal sealed record PulledKind(string Kind, KindFacts? Facts, ReadOnlyMemory<byte>? Lines, DateTimeOffset? ResumeAt)
{
    /// <summary>Whether rows stand already of what is to go on.</summary>
    public bool HasBegun { get; init; }

    /// <summary>Whether it goes on because its time was up, and not because the service asked.</summary>
    public bool IsOutOfTime { get; init; }
}

/// <summary>
/// Pulls a kind. Many rows are written in files that end at pages, each with the address of the next page beside it; whoever comes after a crash, a time-out
/// or a new version goes on from the last of them.
/// </summary>
internal sealed class KindPull : IPageWatch, IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(5);
    private readonly CollectionEngine engine;
    private readonly EvidenceRecording item;
    private readonly RowKind kind;
    private readonly List<string>? ids;
    private readonly DateTimeOffset until;
    private readonly RowFile rows;
    private KindFacts? standing;
    private bool isKnownToBegin;
    private bool isOutOfTime;

    public KindPull(CollectionEngine engine, EvidenceRecording item, RowKind kind, Overlap? overlap, List<string>? ids, DateTimeOffset until)
    {
        (this.engine, this.item, this.kind, this.ids, this.until) = (engine, item, kind, ids, until);
        rows = new RowFile(
            number => engine.Sections.CreateOwn(item, kind.Name, number), engine.Options.LargestSection, overlap,
            ids is null ? null : row => ids.Add(RowFields.PathOf(row)));
    }

    /// <summary>Pulls to the end, to the end of the time, or until the service wants a pause.</summary>
    /// <param name="parents">For a kind below another: the rows it is below.</param>
    /// <param name="begun">Whether rows of it stand already.</param>
    /// <param name="final">Whether to write what there is whatever is missing.</param>
    /// <param name="cancellationToken">Cancels; files that ended remain.</param>
    public async Task<PulledKind> PullAsync(IReadOnlyList<string>? parents, bool begun, bool final, CancellationToken cancellationToken)
    {
        if (begun)
        {
            await TakeUpAsync(isWhole: false, cancellationToken);
        }

        while (standing is not { Next: null })
        {
            var (report, gap) = await AskAsync(parents, cancellationToken);
            if (standing is { Next: null })
            {
                break; // It had been read to its end before.
            }

            if (isOutOfTime)
            {
                return Later(engine.Clock.GetUtcNow()) with { IsOutOfTime = true };
            }

            if (report.Failure is { Reason: GapReasons.ThrottledOut or GapReasons.ServiceError } failure && !final)
            {
                return await PutOffAsync(report, failure, cancellationToken);
            }

            var facts = KindFacts.Of(kind.Name, report, rows, gap);
            if (!rows.IsOwn)
            {
                return new PulledKind(kind.Name, facts, rows.Section, null);
            }

            await EndPartAsync(facts, cancellationToken);
        }

        return new PulledKind(kind.Name, standing, null, null);
    }

    /// <inheritdoc/>
    public async ValueTask<PullReport> PageEndedAsync(PullReport soFar, CancellationToken cancellationToken)
    {
        if (rows.IsOwn && !isKnownToBegin)
        {
            // Many rows: before more is read, it is worth a request to see whether somebody has read them before and did not live to tell.
            isKnownToBegin = true;
            if (await engine.Sections.ReadOwnAsync(item.Folder, kind.Name, 1, null, cancellationToken) is not null)
            {
                await TakeUpAsync(isWhole: false, cancellationToken);
                return standing!.ToReport();
            }
        }

        if (soFar.Next is null)
        {
            return soFar;
        }

        var isOver = engine.Clock.GetUtcNow() >= until;
        if (!isOver && rows.PartLength < engine.Options.LargestPart)
        {
            return soFar;
        }

        await EndPartAsync(KindFacts.Of(kind.Name, soFar, rows, null) with { Next = soFar.Next.AbsoluteUri }, cancellationToken);
        isOutOfTime = isOver && standing!.Next is not null;
        return isOutOfTime ? soFar with { Next = null } : standing!.ToReport();
    }

    /// <inheritdoc/>
    public async ValueTask RestartingAsync(PullReport soFar, CancellationToken cancellationToken)
    {
        if (rows.IsOwn)
        {
            await EndPartAsync(KindFacts.Of(kind.Name, soFar, rows, null) with { Next = soFar.Next!.AbsoluteUri }, cancellationToken);
            await TakeUpAsync(isWhole: true, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => rows.DisposeAsync();

    private async Task<PulledKind> PutOffAsync(PullReport report, GraphException failure, CancellationToken cancellationToken)
    {
        if (rows.IsOwn && report.Next is { } next)
        {
            await EndPartAsync(KindFacts.Of(kind.Name, report, rows, null) with { Next = next.AbsoluteUri }, cancellationToken);
        }

        var pause = failure.RetryAfter ?? ShortestPause;
        return Later(engine.Clock.GetUtcNow() + (pause > ShortestPause ? pause : ShortestPause));
    }

    private PulledKind Later(DateTimeOffset at)
    {
        ids?.Clear();
        return new PulledKind(kind.Name, null, null, at) { HasBegun = rows.Parts > 0 };
    }

    private async Task EndPartAsync(KindFacts facts, CancellationToken cancellationToken)
    {
        var (file, wasThere) = await rows.EndPartAsync(facts, cancellationToken);
        standing = KindFacts.Of(file);
        if (wasThere)
        {
            await TakeUpAsync(isWhole: false, cancellationToken);
        }
    }

    /// <summary>Goes on from what stands, whatever this attempt has read.</summary>
    private async Task TakeUpAsync(bool isWhole, CancellationToken cancellationToken)
    {
        (standing, isKnownToBegin) = (null, true);
        ids?.Clear();
        await rows.ResetAsync(isWhole);
        var parts = 0;
        while (await engine.Sections.ReadOwnAsync(item.Folder, kind.Name, parts + 1, (_, row) => rows.TakeUp(row.Span), cancellationToken) is { } file)
        {
            standing = KindFacts.Of(file);
            parts++;
        }

        if (standing is not null)
        {
            rows.TakeUp(standing.Query, parts);
        }
    }

    private async Task<(PullReport Report, (string Reason, string Detail)? Gap)> AskAsync(IReadOnlyList<string>? parents, CancellationToken cancellationToken)
    {
        var patience = engine.NewPatience();
        if (parents is not null)
        {
            var below = await engine.Batches.PullAsync(parents, kind.Collection.PathAndQuery, rows, patience, cancellationToken);
            return (below, GapOf(below));
        }

        var before = standing?.ToReport();
        if (kind.Poorer is { } known && before?.Query == known.Query)
        {
            var rest = await engine.Pull.PullAsync(known, rows, this, before, patience, cancellationToken);
            return (rest, GapOf(rest) ?? (GapReasons.NotLicensed, kind.Richness!));
        }

        var report = await engine.Pull.PullAsync(kind.Collection, rows, this, before, patience, cancellationToken);
        if (report.Failure is not { } failure || kind.Poorer is null || rows.Rows > 0 || failure.Reason == GapReasons.ThrottledOut)
        {
            return (report, GapOf(report));
        }

        var poorer = await engine.Pull.PullAsync(kind.Poorer, rows, this, null, patience, cancellationToken);
        return (poorer, GapOf(poorer) ?? (failure.Reason, $"{kind.Richness}: {failure.Detail}"));
    }

    private static (string, string)? GapOf(PullReport report) => report.Failure is { } failure ? (failure.Reason, failure.Detail) : null;
}
