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
    private readonly CollectionEngine engine;
    private readonly EvidenceRecording item;
    private readonly IReadOnlyList<RowKind> kinds;
    private readonly Func<string, Overlap?>? overlapOf;
    private readonly List<RowPart> parts = [];
    private DateTimeOffset until;
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
    /// <param name="before">How the last attempt ended; null for the first.</param>
    /// <param name="final">Whether to write what there is whatever is missing, or to be put off for what a later attempt can read.</param>
    /// <param name="cancellationToken">Cancels; files that stand remain.</param>
    public async Task<PullOutcome> PullAsync(PullOutcome? before, bool final, CancellationToken cancellationToken)
    {
        until = engine.Clock.GetUtcNow() + engine.Options.Turn;
        for (var number = 1; number <= before?.Standing; number++)
        {
            await TakeUpAsync(number, cancellationToken);
        }

        var trees = await Task.WhenAll(kinds.Where(k => k.Below is null).Select(k => PullTreeAsync(k, before, final, cancellationToken)));
        var pulled = trees.SelectMany(p => p).ToArray();
        // Only kinds that have been pulled to their end – or given up – are written; in the order of the catalogue, whoever was first.
        var ended = kinds.SelectMany(k => pulled.Where(p => p.Kind == k.Name && p.Facts is not null)).Select(p => (Located(p), p.Lines)).ToArray();
        var open = pulled.Where(p => p.Facts is null).ToArray();
        if (ended.Length > 0)
        {
            parts.Add(await engine.Sections.WriteAsync(item, RowSections.PartPath(parts.Count + 1), ended, isLast: open.Length == 0, cancellationToken));
        }

        if (kinds.All(k => Standing(k.Name) is not null))
        {
            return PullOutcome.Done;
        }

        // Where an earlier attempt had written the file, unknown to this one, that file counts, and what it lacks is pulled again to fit it.
        var asked = open.Where(p => !p.IsOutOfTime).ToArray();
        return new PullOutcome(asked.Max(p => p.ResumeAt) ?? engine.Clock.GetUtcNow())
        {
            Standing = parts.Count,
            Begun = [.. open.Where(p => p.HasBegun).Select(p => p.Kind)],
            IsOutOfTime = open.Length > 0 && asked.Length == 0,
        };
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
            files.AddRange((await engine.Sections.ReadOwnAsync(item.Folder, part, row, cancellationToken)).Select(f => f.File));
        }

        return files;
    }

    private KindFacts Located(PulledKind pulled) =>
        pulled.Lines is null ? pulled.Facts! : pulled.Facts! with { Query = pulled.Facts.Query with { File = RowSections.PartPath(parts.Count + 1) } };

    private KindFacts? Standing(string kind) => parts.SelectMany(p => p.Kinds).FirstOrDefault(k => k.Kind == kind);

    /// <summary>Learns what a file of an earlier attempt holds, and which rows the kinds below are asked for.</summary>
    private async Task TakeUpAsync(int number, CancellationToken cancellationToken)
    {
        var part = await engine.Sections.ReadPartAsync(item.Folder, RowSections.PartPath(number), NoteParent, cancellationToken)
            ?? throw new FileNotFoundException(RowSections.PartPath(number));
        parts.Add(part);
        if (part.Kinds.Any(k => parents.ContainsKey(k.Kind) && RowSections.IsOwn(k)))
        {
            await engine.Sections.ReadOwnAsync(item.Folder, part, NoteParent, cancellationToken);
        }
    }

    private void NoteParent(string kind, ReadOnlyMemory<byte> row)
    {
        if (parents.TryGetValue(kind, out var ids))
        {
            ids.Add(RowFields.PathOf(row.Span));
        }
    }

    /// <summary>Pulls a kind and then those below it; those wait when it has to.</summary>
    private async Task<IReadOnlyList<PulledKind>> PullTreeAsync(RowKind kind, PullOutcome? before, bool final, CancellationToken cancellationToken)
    {
        var pulled = new List<PulledKind>();
        if (Standing(kind.Name) is null)
        {
            pulled.Add(await PullKindAsync(kind, before, final, cancellationToken));
            if (pulled[0].ResumeAt is not null)
            {
                return pulled;
            }
        }

        var below = await Task.WhenAll(kinds.Where(k => k.Below == kind.Name).Select(k => PullTreeAsync(k, before, final, cancellationToken)));
        return [.. pulled, .. below.SelectMany(b => b)];
    }

    private async Task<PulledKind> PullKindAsync(RowKind kind, PullOutcome? before, bool final, CancellationToken cancellationToken)
    {
        var now = engine.Clock.GetUtcNow();
        if (now >= until)
        {
            return new PulledKind(kind.Name, null, null, now) { IsOutOfTime = true, HasBegun = before?.Begun.Contains(kind.Name) == true };
        }

        await using var pull = new KindPull(engine, item, kind, overlapOf?.Invoke(kind.Name), parents.GetValueOrDefault(kind.Name), until);
        return await pull.PullAsync(
            kind.Below is { } parent ? parents[parent] : null, before?.Begun.Contains(kind.Name) == true, final, cancellationToken);
    }
}
