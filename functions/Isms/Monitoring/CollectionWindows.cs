using Isms.Evidence;

namespace Isms.Monitoring;

/// <summary>Cuts the time of a log into windows, each of which becomes one item of evidence.</summary>
/// <remarks>
/// A window never crosses midnight in the organisation's time zone, so a day's evidence is a day's. Windows follow each other without a hole: each begins
/// where the last one ended. A window is only pulled once it has been over for the lag, since rows arrive late.
/// </remarks>
public static class CollectionWindows
{
    private static readonly TimeSpan FirstWindow = TimeSpan.FromHours(24);

    /// <summary>The windows that are due.</summary>
    /// <param name="watermark">Where the last window ended; null before the first.</param>
    /// <param name="now">The present.</param>
    /// <param name="lag">How long after its end a window is left alone.</param>
    /// <param name="zone">The organisation's time zone.</param>
    /// <param name="wholeDays">Whether only days that are over count (the schedule), or everything up to now (on demand).</param>
    public static IReadOnlyList<Period> Due(DateTimeOffset? watermark, DateTimeOffset now, TimeSpan lag, TimeZoneInfo zone, bool wholeDays)
    {
        var latest = Whole(now - lag);
        var end = wholeDays ? StartOfDay(latest, zone) : latest;
        var start = watermark ?? (wholeDays ? StartOfDay(end.AddTicks(-1), zone) : end - FirstWindow);
        return Between(start, end, zone);
    }

    /// <summary>The windows that make up [from, to).</summary>
    public static IReadOnlyList<Period> Between(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var windows = new List<Period>();
        for (var start = from.ToUniversalTime(); start < to; start = windows[^1].To)
        {
            var midnight = StartOfNextDay(start, zone);
            windows.Add(new Period(start, midnight < to ? midnight : to.ToUniversalTime()));
        }

        return windows;
    }

    /// <summary>What is left of a time without others.</summary>
    public static IReadOnlyList<Period> Without(Period period, IEnumerable<Period> others)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(others);
        var left = new List<Period>();
        var start = period.From;
        foreach (var other in others.OrderBy(o => o.From))
        {
            if (other.From > start)
            {
                left.Add(new Period(start, other.From < period.To ? other.From : period.To));
            }

            start = other.To > start ? other.To : start;
            if (start >= period.To)
            {
                return left;
            }
        }

        left.Add(new Period(start, period.To));
        return left;
    }

    /// <summary>The first moment of the local day that a moment lies in, in UTC.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset moment, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime), zone);
    }

    /// <summary>The first moment of a local day, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(30); // Where clocks go forward at midnight, the day begins later.
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static DateTimeOffset StartOfNextDay(DateTimeOffset moment, TimeZoneInfo zone) =>
        StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).AddDays(1), zone);

    /// <summary>Whole minutes: window ends are read by people and become part of ids.</summary>
    private static DateTimeOffset Whole(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMinute));
    }
}
