using Isms.Evidence;

namespace Isms.Monitoring;

/// <summary>A window that a run collects.</summary>
/// <param name="Period">The window.</param>
/// <param name="Attempt">0, or how often it was collected with gaps before.</param>
/// <param name="Supersedes">The item with gaps that the new one replaces.</param>
public sealed record PlannedWindow(Period Period, int Attempt, string? Supersedes);

/// <summary>Decides which windows of sign-ins a run collects.</summary>
public static class SignInWindows
{
    /// <summary>
    /// First the windows whose gaps may be closed by now, then what was asked for, or else what is due: on schedule the days that are over, on demand
    /// everything up to now but for the lag.
    /// </summary>
    public static IReadOnlyList<PlannedWindow> Of(
        CollectorState state, string instanceId, DateTimeOffset now, TimeSpan lag, TimeSpan retention, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.FindRun(instanceId) is not { } run)
        {
            return [];
        }

        var due = run is { From: { } from, To: { } to }
            ? CollectionWindows.Between(from, to, zone)
            : CollectionWindows.Due(state.Watermark, now, lag, zone, wholeDays: run.StartedBy == "schedule");
        var again = CollectorRules.ToCloseGaps(state, now, retention).Select(Again);
        var fresh = due.Select(p => state.Collected.FirstOrDefault(w => w.From == p.From && w.To == p.To) is { Gaps.Count: > 0 } before
            ? Again(before)
            : new PlannedWindow(p, 0, null));
        return [.. again.Concat(fresh).DistinctBy(w => w.Period)];
    }

    private static PlannedWindow Again(CollectedWindow window) => new(new Period(window.From, window.To), window.Attempt + 1, window.EvidenceId);
}
