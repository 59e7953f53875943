using Isms.Evidence;

namespace Isms.Monitoring;

/// <summary>What is held of a stretch of a log. A longer stretch is as good as its worst part; the later, the worse.</summary>
public enum Coverage
{
    /// <summary>Everything that was asked for was read to its end.</summary>
    Complete,

    /// <summary>It is not over yet, or has not been over for long enough to be collected.</summary>
    NotYet,

    /// <summary>Nothing holds it, and the service still has it.</summary>
    Missing,

    /// <summary>Something is missing, and is named.</summary>
    Partial,

    /// <summary>Nothing holds it, and the service has forgotten it.</summary>
    Lost,
}

/// <summary>How far a day was read once more for rows that came late.</summary>
public enum SecondLook
{
    /// <summary>All of it was.</summary>
    Done,

    /// <summary>The service still has it.</summary>
    NotYet,

    /// <summary>Something was missing when it was read, or parts of it were not read.</summary>
    Partial,

    /// <summary>The service has forgotten it before it was.</summary>
    Missed,
}

/// <summary>A gap of a day.</summary>
/// <param name="What">The query or slice.</param>
/// <param name="Reason">One of <see cref="GapReasons"/>.</param>
/// <param name="Detail">What the service answered.</param>
/// <param name="IsFinal">Whether nobody can close it any more.</param>
public sealed record CoverageGap(string What, string Reason, string Detail, bool IsFinal);

/// <summary>A day of a log.</summary>
/// <param name="Date">The day, in the organisation's time zone.</param>
/// <param name="Hours">What is held of each of its hours: 24, or 23 and 25 where clocks change.</param>
/// <param name="Gaps">What is missing, and why.</param>
/// <param name="SecondLook">Whether it was read once more for rows that came late.</param>
/// <param name="Evidence">The items that hold it, those with late rows last.</param>
public sealed record CoverageDay(
    DateOnly Date, IReadOnlyList<Coverage> Hours, IReadOnlyList<CoverageGap> Gaps, SecondLook SecondLook, IReadOnlyList<string> Evidence);

/// <summary>Which hours of a log are held, day by day: worked out from the evidence and from nothing else.</summary>
/// <param name="held">The windows that are held.</param>
/// <param name="late">The second looks.</param>
/// <param name="times">How the log lives at the service.</param>
/// <param name="now">The present.</param>
/// <param name="zone">The organisation's time zone.</param>
public sealed class CoverageCalendar(
    IReadOnlyList<HeldWindow> held, IReadOnlyList<HeldWindow> late, LogTimes times, DateTimeOffset now, TimeZoneInfo zone)
{
    /// <summary>The days from the first to the last.</summary>
    public IReadOnlyList<CoverageDay> Days(DateOnly first, DateOnly last) =>
        [.. Enumerable.Range(0, Math.Max(0, last.DayNumber - first.DayNumber + 1)).Select(i => Day(first.AddDays(i)))];

    private CoverageDay Day(DateOnly date)
    {
        var day = new Period(CollectionWindows.StartOf(date, zone), CollectionWindows.StartOf(date.AddDays(1), zone));
        var windows = Touching(held, day);
        var hours = new List<Coverage>();
        for (var start = day.From; start < day.To; start = start.AddHours(1))
        {
            var end = start.AddHours(1);
            hours.Add(Of(new Period(start, end < day.To ? end : day.To), windows));
        }

        var looks = Touching(late, day);
        return new CoverageDay(
            date, hours, [.. windows.SelectMany(w => w.Gaps.Where(g => Meets(g.Period ?? w.Period, day)).Select(g => Shown(g, w))).Distinct()],
            Look(day, windows, looks), [.. windows.Concat(looks).Select(w => w.EvidenceId)]);
    }

    /// <summary>An hour, or what there is of it.</summary>
    private Coverage Of(Period hour, IReadOnlyList<HeldWindow> windows)
    {
        var touching = Touching(windows, hour);
        var worst = touching.SelectMany(w => w.Gaps.Select(g => g.Period ?? w.Period)).Any(p => Meets(p, hour)) ? Coverage.Partial : Coverage.Complete;
        foreach (var hole in CollectionWindows.Without(hour, touching.Select(w => w.Period)))
        {
            var state = hole.To > now - times.Lag ? Coverage.NotYet : hole.From < now - times.Retention ? Coverage.Lost : Coverage.Missing;
            worst = state > worst ? state : worst;
        }

        return worst;
    }

    /// <summary>A window that was recorded so late that it needs no second look counts as one.</summary>
    private SecondLook Look(Period day, IReadOnlyList<HeldWindow> windows, IReadOnlyList<HeldWindow> looks)
    {
        var complete = looks.Where(l => l.IsComplete).Concat(windows.Where(w => w.IsComplete && w.RecordedAt >= w.Period.From + times.YoungestSwept)).ToList();
        if (CollectionWindows.Without(day, complete.Select(w => w.Period)).Count == 0)
        {
            return SecondLook.Done;
        }

        return looks.Count > 0 ? SecondLook.Partial : day.From < now - times.Retention ? SecondLook.Missed : SecondLook.NotYet;
    }

    private CoverageGap Shown(Gap gap, HeldWindow window) =>
        new(gap.What, gap.Reason, gap.Detail, gap.IsFinal == true || (gap.Period ?? window.Period).From < now - times.Retention);

    private static IReadOnlyList<HeldWindow> Touching(IReadOnlyList<HeldWindow> windows, Period period) => [.. windows.Where(w => Meets(w.Period, period))];

    private static bool Meets(Period a, Period b) => a.From < b.To && a.To > b.From;
}
