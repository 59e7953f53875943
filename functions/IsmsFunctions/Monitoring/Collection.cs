using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>What every pull needs.</summary>
public sealed class CollectionEngine(
    EvidenceStore evidence, RowSections sections, GraphPull pull, BatchPull batches, GraphRequests requests, IOptions<MonitoringOptions> options, TimeProvider clock)
{
    internal EvidenceStore Evidence => evidence;

    internal RowSections Sections => sections;

    internal GraphPull Pull => pull;

    internal BatchPull Batches => batches;

    internal MonitoringOptions Options => options.Value;

    internal TimeProvider Clock => clock;

    internal Patience NewPatience() => requests.NewPatience();

    /// <summary>Begins, or goes on with, the rows of an item.</summary>
    /// <param name="item">The item, begun.</param>
    /// <param name="kinds">What it holds; a kind comes after the one it is below.</param>
    /// <param name="overlapOf">The rows of earlier evidence, by kind.</param>
    public Collection Open(EvidenceRecording item, IReadOnlyList<RowKind> kinds, Func<string, Overlap?>? overlapOf = null) => new(this, item, kinds, overlapOf);
}

/// <summary>
/// The raw rows of an item: pulls what does not stand yet, kinds that do not need each other at the same time. What a collection takes is mostly waiting for
/// answers, and the request budgets are kept by the limiters, not by standing in line.
/// </summary>
public sealed class Collection
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(5);
    private readonly CollectionEngine engine;
    private readonly EvidenceRecording item;
    private readonly IReadOnlyList<RowKind> kinds;
    private readonly Func<string, Overlap?>? overlapOf;
    private readonly List<RowPart> parts = [];
    private readonly Dictionary<string, List<string>> parents = new(StringComparer.Ordinal);

    internal Collection(CollectionEngine engine, EvidenceRecording item, IReadOnlyList<RowKind> kinds, Func<string, Overlap?>? overlapOf)
    {
        (this.engine, this.item, this.kinds, this.overlapOf) = (engine, item, kinds, overlapOf);
        foreach (var below in kinds.Select(k => k.Below).OfType<string>())
        {
            parents[below] = [];
        }
    }

    /// <summary>How each kind was pulled, in the order of the kinds.</summary>
    public IReadOnlyList<KindFacts> Facts => [.. kinds.Select(k => Standing(k.Name)).OfType<KindFacts>()];

    /// <summary>Pulls what does not stand yet.</summary>
    /// <param name="standing">How many files of sections earlier attempts have written.</param>
    /// <param name="final">Whether to write what there is whatever is missing, or to be put off for what a later attempt can read.</param>
    /// <param name="cancellationToken">Cancels; files that stand remain.</param>
    public async Task<PullOutcome> PullAsync(int standing, bool final, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= standing; number++)
        {
            await TakeUpAsync(number, cancellationToken);
        }

        var pulled = (await Task.WhenAll(kinds.Where(k => k.Below is null).Select(k => PullTreeAsync(k, final, cancellationToken)))).SelectMany(p => p).ToList();
        var resumeAt = pulled.Max(p => p.ResumeAt);
        // Only kinds that have been pulled to their end – or given up – are written; in the order of the catalogue, whoever was first.
        var ended = kinds.SelectMany(k => pulled.Where(p => p.Kind == k.Name && p.Facts is not null)).Select(p => (p.Facts!, p.Lines)).ToArray();
        if (ended.Length > 0)
        {
            var isLast = resumeAt is null;
            parts.Add(await engine.Sections.WriteAsync(item, RowSections.PartPath(parts.Count + 1), ended, isLast, cancellationToken));
        }

        // Where an earlier attempt had written the file, unknown to this one, that file counts, and what it lacks is pulled again to fit it.
        var isWhole = kinds.All(k => Standing(k.Name) is not null);
        return isWhole ? PullOutcome.Done : new PullOutcome(resumeAt ?? engine.Clock.GetUtcNow()) { Standing = parts.Count };
    }

    /// <summary>Reads the rows, as they stand, kind by kind.</summary>
    /// <returns>The files they are in.</returns>
    public async Task<IReadOnlyList<EvidenceFile>> ReadAsync(KindRow row, CancellationToken cancellationToken)
    {
        var files = new List<EvidenceFile>();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = await engine.Sections.ReadPartAsync(item.Folder, RowSections.PartPath(i + 1), row, cancellationToken)
                ?? throw new FileNotFoundException(RowSections.PartPath(i + 1));
            files.Add(part.File.File);
            foreach (var own in part.Kinds.Where(k => k.Query.File == RowSections.OwnPath(k.Kind)))
            {
                var stored = await engine.Sections.ReadOwnAsync(item.Folder, own.Kind, row, cancellationToken)
                    ?? throw new FileNotFoundException(own.Query.File);
                files.Add(stored.File);
            }
        }

        return files;
    }

    private KindFacts? Standing(string kind) => parts.SelectMany(p => p.Kinds).FirstOrDefault(k => k.Kind == kind);

    /// <summary>Learns what a file of an earlier attempt holds, and which rows the kinds below are asked for.</summary>
    private async Task TakeUpAsync(int number, CancellationToken cancellationToken)
    {
        var part = await engine.Sections.ReadPartAsync(item.Folder, RowSections.PartPath(number), NoteParent, cancellationToken)
            ?? throw new FileNotFoundException(RowSections.PartPath(number));
        parts.Add(part);
        foreach (var own in part.Kinds.Where(k => parents.ContainsKey(k.Kind) && k.Query.File == RowSections.OwnPath(k.Kind)))
        {
            await engine.Sections.ReadOwnAsync(item.Folder, own.Kind, NoteParent, cancellationToken);
        }
    }

    private void NoteParent(string kind, ReadOnlyMemory<byte> row)
    {
        if (parents.TryGetValue(kind, out var ids))
        {
            ids.Add(RowFields.TextOf(row.Span, "id"u8) ?? "");
        }
    }

    /// <summary>Pulls a kind and then those below it; those wait when it has to.</summary>
    private async Task<IReadOnlyList<PulledKind>> PullTreeAsync(RowKind kind, bool final, CancellationToken cancellationToken)
    {
        var pulled = new List<PulledKind>();
        if (Standing(kind.Name) is null)
        {
            pulled.Add(await PullKindAsync(kind, final, cancellationToken));
            if (pulled[0].ResumeAt is not null)
            {
                return pulled;
            }
        }

        var below = await Task.WhenAll(kinds.Where(k => k.Below == kind.Name).Select(k => PullTreeAsync(k, final, cancellationToken)));
        return [.. pulled, .. below.SelectMany(b => b)];
    }

    private async Task<PulledKind> PullKindAsync(RowKind kind, bool final, CancellationToken cancellationToken)
    {
        var ids = parents.GetValueOrDefault(kind.Name);
        Action<ReadOnlySpan<byte>>? eachRow = ids is null ? null : row => ids.Add(RowFields.TextOf(row, "id"u8) ?? "");
        await using var rows = new RowFile(
            () => engine.Evidence.CreateFile(item, RowSections.OwnPath(kind.Name), RowSections.MediaType), engine.Options.LargestSection,
            overlapOf?.Invoke(kind.Name), eachRow);
        var (report, gap) = await AskAsync(kind, rows, cancellationToken);
        if (report.Failure is { Reason: GapReasons.ThrottledOut or GapReasons.ServiceError } failure && !final)
        {
            ids?.Clear();
            var pause = failure.RetryAfter ?? ShortestPause;
            return new PulledKind(kind.Name, null, null, engine.Clock.GetUtcNow() + (pause > ShortestPause ? pause : ShortestPause));
        }

        if (rows.Own is not { } own)
        {
            return new PulledKind(kind.Name, KindFacts.Of(kind.Name, RowSections.PartPath(parts.Count + 1), report, rows, gap), rows.Section, null);
        }

        await rows.FlushAsync(cancellationToken);
        var facts = KindFacts.Of(kind.Name, RowSections.OwnPath(kind.Name), report, rows, gap);
        var stored = await own.CommitAsync(facts.ToMetadata(), cancellationToken);
        if (own.WasThere && ids is not null)
        {
            // What stands is what counts: the kinds below are asked for its rows, not for what the service says by now.
            ids.Clear();
            await engine.Sections.ReadOwnAsync(item.Folder, kind.Name, NoteParent, cancellationToken);
        }

        return new PulledKind(kind.Name, own.WasThere ? KindFacts.Of(stored) : facts, null, null);
    }

    private async Task<(PullReport Report, (string Reason, string Detail)? Gap)> AskAsync(RowKind kind, RowFile rows, CancellationToken cancellationToken)
    {
        var patience = engine.NewPatience();
        var report = kind.Below is { } parent
            ? await engine.Batches.PullAsync(parents[parent], kind.Collection.PathAndQuery, rows, patience, cancellationToken)
            : await engine.Pull.PullAsync(kind.Collection, rows, patience, cancellationToken);
        if (report.Failure is not { } failure)
        {
            return (report, null);
        }

        if (kind.Poorer is null || rows.Rows > 0 || failure.Reason == GapReasons.ThrottledOut)
        {
            return (report, (failure.Reason, failure.Detail));
        }

        var poorer = await engine.Pull.PullAsync(kind.Poorer, rows, patience, cancellationToken);
        return (poorer, poorer.Failure is { } second ? (second.Reason, second.Detail) : (failure.Reason, $"{kind.Richness}: {failure.Detail}"));
    }

    private sealed record PulledKind(string Kind, KindFacts? Facts, ReadOnlyMemory<byte>? Lines, DateTimeOffset? ResumeAt);
}
