using System.Text.Json;
using Isms.Organizations;

namespace Isms.Monitoring.Snapshots;

/// <summary>What the analysis of a snapshot knows beside its rows.</summary>
/// <param name="At">The moment of the snapshot.</param>
/// <param name="Policy">What the organisation demands of itself.</param>
/// <param name="Unknown">The kinds of rows that could not be read to their end: nothing is concluded from what they lack.</param>
public sealed record SnapshotContext(DateTimeOffset At, PolicyLimits Policy, IReadOnlySet<string> Unknown)
{
    /// <summary>Whether a kind of rows was read to its end.</summary>
    public bool Knows(string kind) => !Unknown.Contains(kind);
}

/// <summary>Draws figures and exceptions from the rows of a snapshot. It looks at one row at a time, so that a large tenant does not need much memory.</summary>
public interface ISnapshotAnalysis
{
    /// <summary>Adds a row. Unknown members are ignored and missing ones tolerated: Graph adds and drops both.</summary>
    /// <param name="kind">The kind of row.</param>
    /// <param name="row">The row; for rows below others <c>{"parent":…,"row":…}</c>.</param>
    void Add(string kind, JsonElement row);

    /// <summary>What the snapshot comes to, given what changed since the last one.</summary>
    SnapshotResult Conclude(SnapshotDifference difference);
}

/// <summary>What a snapshot comes to.</summary>
/// <param name="Figures">Its figures, in the order they are shown.</param>
/// <param name="Breakdowns">Counts by something, each of which becomes a chart.</param>
/// <param name="Findings">What exceeds the policy.</param>
public sealed record SnapshotResult(IReadOnlyList<Figure> Figures, IReadOnlyList<Breakdown> Breakdowns, IReadOnlyList<Finding> Findings);

/// <summary>A figure.</summary>
/// <param name="Name">Its name, in kebab case; its text is <c>figure.{name}</c>.</param>
/// <param name="Value">The value; null when it could not be read.</param>
/// <param name="Of">For a share: the whole that it is a part of.</param>
public sealed record Figure(string Name, decimal? Value, decimal? Of = null);

/// <summary>Counts by something.</summary>
/// <param name="Name">Its name, in kebab case; its text is <c>breakdown.{name}</c>.</param>
/// <param name="Counts">The counts, in the order they are shown.</param>
public sealed record Breakdown(string Name, IReadOnlyList<KeyValuePair<string, long>> Counts);

/// <summary>The file <c>summary.json</c> of a snapshot.</summary>
public sealed record SnapshotSummary
{
    /// <summary>The collector.</summary>
    public required string Collector { get; init; }

    /// <summary>The moment of the snapshot.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The figures by name; a share has its whole beside it.</summary>
    public required IReadOnlyDictionary<string, FigureValue> Figures { get; init; }

    /// <summary>The counts by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Breakdowns { get; init; }

    /// <summary>How many exceptions there are, by code.</summary>
    public required IReadOnlyDictionary<string, int> Exceptions { get; init; }

    /// <summary>The item compared with; null for the first snapshot.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>Kinds of rows that were not compared, since one of the two snapshots lacks some.</summary>
    public IReadOnlyList<string> NotCompared { get; init; } = [];

    /// <summary>Rows that were not there before.</summary>
    public int Added { get; init; }

    /// <summary>Rows that are no longer there.</summary>
    public int Removed { get; init; }

    /// <summary>Rows that differ.</summary>
    public int Changed { get; init; }

    /// <summary>The changes; null where they are so many that they have a file of their own, <c>diff.json</c>.</summary>
    public IReadOnlyList<RowChange>? Changes { get; init; }

    /// <summary>The summary of a result.</summary>
    /// <param name="collector">The collector.</param>
    /// <param name="at">The moment of the snapshot.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="difference">What changed.</param>
    /// <param name="mostChanges">Up to how many changes are told here.</param>
    public static SnapshotSummary Of(string collector, DateTimeOffset at, SnapshotResult result, SnapshotDifference difference, int mostChanges)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(difference);
        return new SnapshotSummary
        {
            Collector = collector,
            At = at,
            Figures = result.Figures.ToDictionary(f => f.Name, f => new FigureValue(f.Value, f.Of)),
            Breakdowns = result.Breakdowns.ToDictionary(
                b => b.Name, IReadOnlyDictionary<string, long> (b) => b.Counts.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal)),
            Exceptions = new SortedDictionary<string, int>(result.Findings.CountBy(f => f.Code).ToDictionary(), StringComparer.Ordinal),
            ComparedWith = difference.Since,
            NotCompared = difference.NotCompared,
            Added = difference.Changes.Count(c => c.What == ChangeKinds.Added),
            Removed = difference.Changes.Count(c => c.What == ChangeKinds.Removed),
            Changed = difference.Changes.Count(c => c.What == ChangeKinds.Changed),
            Changes = difference.Changes.Count <= mostChanges ? difference.Changes : null,
        };
    }
}

/// <summary>A figure in a summary.</summary>
/// <param name="Value">The value; null when it could not be read.</param>
/// <param name="Of">For a share: the whole that it is a part of.</param>
public sealed record FigureValue(decimal? Value, decimal? Of = null);
