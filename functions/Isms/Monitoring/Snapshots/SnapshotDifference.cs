namespace Isms.Monitoring.Snapshots;

/// <summary>What changed between two snapshots.</summary>
/// <param name="Since">The item compared with; null for the first snapshot.</param>
/// <param name="Changes">The changes, by kind and name.</param>
public sealed record SnapshotDifference(string? Since, IReadOnlyList<RowChange> Changes)
{
    /// <summary>There was nothing to compare with.</summary>
    public static SnapshotDifference None { get; } = new(null, []);

    /// <summary>Kinds of rows that were not compared, since one of the two snapshots lacks some: they would look added or removed as a whole.</summary>
    public IReadOnlyList<string> NotCompared { get; init; } = [];

    /// <summary>The changes of a kind of rows.</summary>
    public IEnumerable<RowChange> Of(string kind) => Changes.Where(c => c.Kind == kind);
}

/// <summary>A row that was added, removed or changed.</summary>
/// <param name="Kind">The kind of row.</param>
/// <param name="Id">The row's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="What">One of <see cref="ChangeKinds"/>.</param>
/// <param name="Values">For a change: what differs.</param>
public sealed record RowChange(string Kind, string Id, string Name, string What, IReadOnlyList<ValueChange> Values)
{
    /// <summary>The change of a member; null when it did not change.</summary>
    public ValueChange? Of(string member) => Values.FirstOrDefault(v => v.Member == member);
}

/// <summary>A member that differs.</summary>
/// <param name="Member">Its path in the row.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is no longer there.</param>
public sealed record ValueChange(string Member, string? Before, string? After);

/// <summary>Kinds of changes.</summary>
public static class ChangeKinds
{
    /// <summary>The row was not there before.</summary>
    public const string Added = "added";

    /// <summary>The row is no longer there.</summary>
    public const string Removed = "removed";

    /// <summary>The row differs.</summary>
    public const string Changed = "changed";
}
