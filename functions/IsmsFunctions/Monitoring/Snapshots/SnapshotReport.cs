using Isms.Evidence;
using Isms.Monitoring.Snapshots;
using Isms.Organizations;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>All that is told of a snapshot.</summary>
/// <param name="Source">What was collected.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="ItemId">The item of evidence.</param>
/// <param name="At">The moment of the snapshot.</param>
/// <param name="Zone">The organisation's time zone.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Difference">What changed since the one before.</param>
/// <param name="Gaps">What is missing.</param>
/// <param name="Queries">What was asked, and what came.</param>
/// <param name="Tables">The first rows, by kind.</param>
public sealed record SnapshotReport(
    SnapshotSource Source, Organization Organization, string ItemId, DateTimeOffset At, TimeZoneInfo Zone, SnapshotResult Result, SnapshotDifference Difference,
    IReadOnlyList<Gap> Gaps, IReadOnlyList<GraphQuery> Queries, IReadOnlyDictionary<string, RowTable> Tables);
