using Isms.Evidence;

namespace Isms.Monitoring;

/// <summary>A window that a run collects.</summary>
/// <param name="Period">The window.</param>
/// <param name="Attempt">0, or how often it was collected with gaps before.</param>
/// <param name="Supersedes">The item with gaps that the new one replaces.</param>
public sealed record PlannedWindow(Period Period, int Attempt, string? Supersedes)
{
    /// <summary>Where it is read once more for rows that came late: the items that hold the others. Null for a window's own item.</summary>
    public IReadOnlyList<string>? Supplements { get; init; }

    /// <summary>Folders of evidence of the same time, whose rows are not to be held twice.</summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];
}

/// <summary>Decides which windows of a log a run collects.</summary>
public static class SignInWindows
{
    /// <summary>
    /// First the windows whose gaps may be closed by now and those that the service will forget soon, then what is due: on schedule the days that are over, on
    /// demand everything up to now but for the lag.
    /// </summary>
    public static IReadOnlyList<PlannedWindow> Of(CollectorState state, string instanceId, DateTimeOffset now, LogTimes times, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(times);
        if (state.FindRun(instanceId) is not { } run)
        {
            return [];
        }

        var due = CollectionWindows.Due(state.Watermark, now, times.Lag, zone, wholeDays: run.StartedBy == "schedule");
        var again = CollectorRules.ToCloseGaps(state, now, times.Retention).Select(w => Again(new Period(w.From, w.To), w.Attempt, w.EvidenceId));
        var fresh = due.Select(p => state.Collected.FirstOrDefault(w => w.From == p.From && w.To == p.To) is { Gaps.Count: > 0 } before
            ? Again(p, before.Attempt, before.EvidenceId)
            : new PlannedWindow(p, 0, null));
        return [.. again.Concat(fresh).DistinctBy(w => w.Period), .. Resweeps.Due(state, now, times)];
    }

    /// <summary>
    /// The windows that somebody asks for: those with gaps once more, and the time that nothing holds. What is held completely is left alone, even where a window
    /// that was asked for before reaches into the time.
    /// </summary>
    public static IReadOnlyList<PlannedWindow> Asked(Period asked, IReadOnlyList<HeldWindow> held, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(held);
        var touching = held.Where(h => h.Period.From < asked.To && h.Period.To > asked.From).ToList();
        var again = touching.Where(h => !h.IsComplete).Select(h => Again(h.Period, h.Attempt, h.EvidenceId));
        var fresh = CollectionWindows.Without(asked, touching.Select(h => h.Period))
            .SelectMany(p => CollectionWindows.Between(p.From, p.To, zone)).Select(p => new PlannedWindow(p, 0, null));
        return [.. again.Concat(fresh).OrderBy(w => w.Period.From)];
    }

    private static PlannedWindow Again(Period period, int attempt, string evidenceId) => new(period, attempt + 1, evidenceId);
}
