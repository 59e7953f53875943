using Isms.Evidence;

namespace Isms.Monitoring;

/// <summary>
/// Decides which windows are read once more before the service forgets them: rows arrive weeks late, and are logged again under their id. Each window is read again
/// once; when the oldest is due, those behind it that would be due within the time left go with it, so that one question does for all.
/// </summary>
public static class Resweeps
{
    /// <summary>Rows that are known from earlier evidence are held in memory while a sweep runs.</summary>
    private const long MostKnownRows = 500_000;

    /// <summary>The sweeps that are due.</summary>
    public static IReadOnlyList<PlannedWindow> Due(CollectorState state, DateTimeOffset now, LogTimes times)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(times);
        if (times.ResweepAge >= times.Retention)
        {
            return []; // That would be too late.
        }

        var waiting = state.Collected.Where(w => IsWaiting(w, now, times)).OrderBy(w => w.From).ToList();
        return [.. Groups(waiting).Where(g => g[0].From + times.ResweepAge <= now).Select(Planned)];
    }

    private static bool IsWaiting(CollectedWindow window, DateTimeOffset now, LogTimes times) =>
        window.From < window.To
        && now - window.From < times.Retention
        && now >= window.From + times.YoungestSwept
        // What is pulled again to close a gap is read again as a whole.
        && !window.Gaps.Any(GapReasons.CanBeClosedLater)
        && (window.Resweep is { } before
            ? before.Gaps.Any(GapReasons.CanBeClosedLater) && now >= before.At + CollectorRules.PauseAfter(before.Attempt)
            : !(window.At >= window.From + times.YoungestSwept));

    /// <summary>Windows that follow each other without a hole and have the same sweep, or none, behind them.</summary>
    private static List<List<CollectedWindow>> Groups(List<CollectedWindow> windows)
    {
        var groups = new List<List<CollectedWindow>>();
        foreach (var window in windows)
        {
            if (groups is [.., var group] && group[^1].To == window.From && group[^1].Resweep?.EvidenceId == window.Resweep?.EvidenceId
                && group.Sum(w => w.Rows ?? 0) + (window.Rows ?? 0) <= MostKnownRows)
            {
                group.Add(window);
            }
            else
            {
                groups.Add([window]);
            }
        }

        return groups;
    }

    private static PlannedWindow Planned(List<CollectedWindow> group) =>
        new(new Period(group[0].From, group[^1].To), group[0].Resweep is { } before ? before.Attempt + 1 : 0, null)
        {
            Supplements = [.. group.Select(w => w.EvidenceId)],
            Earlier = [.. group.Select(w => w.Folder), .. group.Select(w => w.Resweep?.Folder).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
}
