using Isms.Evidence;
using Isms.Monitoring.Snapshots;
using Isms.Organizations;

namespace Isms.Monitoring;

/// <summary>What the analysis of a log's window knows beside its rows.</summary>
/// <param name="Period">The window.</param>
/// <param name="Policy">What the organisation demands of itself.</param>
/// <param name="Zone">The organisation's time zone.</param>
/// <param name="Administrators">Object ids of the accounts with administrative roles; null when no snapshot says who they are.</param>
public sealed record LogContext(Period Period, PolicyLimits Policy, TimeZoneInfo Zone, IReadOnlySet<string>? Administrators);

/// <summary>Draws a summary and what exceeds the policy from the rows of a log's window.</summary>
public interface ILogAnalysis
{
    /// <summary>Adds a row.</summary>
    /// <param name="kind">The kind it was asked for as.</param>
    /// <param name="json">The row as received.</param>
    void Add(string kind, ReadOnlySpan<byte> json);

    /// <summary>What exceeds the policy.</summary>
    IReadOnlyList<Finding> Findings();

    /// <summary>The counts that a chart shows.</summary>
    IReadOnlyList<Breakdown> Breakdowns();

    /// <summary>The counts: what becomes <c>summary.json</c>.</summary>
    object Summarise(IReadOnlyList<Finding> findings);
}
