namespace Isms.Monitoring;

/// <summary>What is remembered of a collector between its runs.</summary>
public sealed record CollectorState
{
    /// <summary>For logs: where the last window ended. The next one begins there.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>The latest windows or snapshots, oldest first.</summary>
    public IReadOnlyList<CollectedWindow> Collected { get; init; } = [];

    /// <summary>The run under way.</summary>
    public CollectorRun? Active { get; init; }

    /// <summary>Runs that ended, oldest first.</summary>
    public IReadOnlyList<CollectorRun> Runs { get; init; } = [];

    /// <summary>The run of this instance id, or null.</summary>
    public CollectorRun? FindRun(string instanceId) => Active?.InstanceId == instanceId ? Active : Runs.LastOrDefault(r => r.InstanceId == instanceId);
}

/// <summary>A window or snapshot of which there is evidence.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, UTC, exclusive; equal to the beginning for a snapshot.</param>
/// <param name="EvidenceId">The item.</param>
/// <param name="Folder">The item's folder.</param>
/// <param name="Attempt">0 for the first item of the window; a later one supersedes it.</param>
/// <param name="Gaps">The reasons of its gaps; empty when it is complete.</param>
/// <param name="At">When it was recorded.</param>
public sealed record CollectedWindow(
    DateTimeOffset From, DateTimeOffset To, string EvidenceId, string Folder, int Attempt, IReadOnlyList<string> Gaps, DateTimeOffset? At = null)
{
    /// <summary>How many rows it has; null where that was not noted.</summary>
    public long? Rows { get; init; }

    /// <summary>The second look at it, before the service forgets it; null before there was one.</summary>
    public Resweep? Resweep { get; init; }
}

/// <summary>A second look at windows of a log.</summary>
/// <param name="EvidenceId">The item with the rows that came late.</param>
/// <param name="Folder">The item's folder.</param>
/// <param name="Attempt">0, or how often it was taken with gaps before.</param>
/// <param name="Gaps">The reasons of its gaps; empty when everything was read.</param>
/// <param name="At">When it was recorded.</param>
public sealed record Resweep(string EvidenceId, string Folder, int Attempt, IReadOnlyList<string> Gaps, DateTimeOffset At);

/// <summary>A run of a collector.</summary>
/// <param name="InstanceId">The orchestration's instance id.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="StartedBy">The person id, or <c>schedule</c>.</param>
/// <param name="From">The beginning that was asked for; null for what is due.</param>
/// <param name="To">The end that was asked for.</param>
public sealed record CollectorRun(string InstanceId, DateTimeOffset StartedAt, string StartedBy, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary><c>running</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Status { get; init; } = "running";

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The items it recorded.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>For a time that was asked for: the items that held parts of it already, which were not pulled again.</summary>
    public IReadOnlyList<string> AlreadyHeld { get; init; } = [];

    /// <summary><c>complete</c> or <c>partial</c>; null when it recorded nothing.</summary>
    public string? Completeness { get; init; }

    /// <summary>The kind of error that ended a failed run.</summary>
    public string? Error { get; init; }
}
