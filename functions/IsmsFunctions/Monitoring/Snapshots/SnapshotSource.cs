using System.Globalization;
using Isms.Monitoring.Snapshots;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>What a collector of snapshots takes, and what is made of it. A collector is this data and an analysis; how it is run is the same for all.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Record">The record that its items are.</param>
/// <param name="Clauses">The clauses that they are evidence for.</param>
/// <param name="Controls">The controls that they are evidence for.</param>
/// <param name="Kinds">What is asked; a kind comes after the one it is below.</param>
/// <param name="Analyse">Begins the analysis of a snapshot.</param>
public sealed record SnapshotSource(
    Collector Collector, string Record, IReadOnlyList<string> Clauses, IReadOnlyList<string> Controls, IReadOnlyList<RowKind> Kinds,
    Func<SnapshotContext, ISnapshotAnalysis> Analyse)
{
    /// <summary>In a path: the moment since which rows are asked for.</summary>
    public const string Since = "{since}";

    /// <summary>What is compared with the snapshot before, by kind of row.</summary>
    public IReadOnlyDictionary<string, RowTracking> Tracked { get; init; } = new Dictionary<string, RowTracking>();

    /// <summary>The members that the workbook's sheets show, by kind of row.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>For kinds that are events: how far back they are asked for at most.</summary>
    public TimeSpan? LooksBack { get; init; }

    /// <summary>What is asked for a snapshot.</summary>
    /// <param name="since">The moment since which events are asked for.</param>
    public IReadOnlyList<RowKind> KindsSince(DateTimeOffset since)
    {
        var text = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return [.. Kinds.Select(k => k with { Collection = k.Collection with { PathAndQuery = k.Collection.PathAndQuery.Replace(Since, text, StringComparison.Ordinal) } })];
    }
}
