namespace Rehearsal;

/// <summary>The days of the rehearsed year, or of those of its months that are rehearsed.</summary>
internal sealed class RehearsalCalendar
{
    private static readonly TimeOnly Morning = new(10, 0);
    private readonly TimeZoneInfo zone;

    public RehearsalCalendar(int fiscalYear, int startMonth, int firstMonth, int months, TimeZoneInfo zone)
    {
        this.zone = zone;
        YearStart = new DateOnly(fiscalYear, startMonth, 1);
        FirstDay = YearStart.AddMonths(firstMonth - 1);
        LastDay = FirstDay.AddMonths(months).AddDays(-1);
    }

    /// <summary>The first day of the fiscal year, of which only later months may be played.</summary>
    public DateOnly YearStart { get; }

    public DateOnly FirstDay { get; }

    public DateOnly LastDay { get; }

    /// <summary>The first instant.</summary>
    public DateTimeOffset Opening => At(FirstDay, TimeOnly.MinValue);

    /// <summary>Two days after the last one: by then the year has been closed.</summary>
    public DateTimeOffset Closing => At(LastDay.AddDays(2), Morning);

    /// <summary>
    /// The days on which people look at their tasks: the first working day, then Mondays, Wednesdays and Fridays, some of them holidays, as it happens.
    /// </summary>
    public IEnumerable<DateOnly> Visits()
    {
        var isFirst = true;
        for (var day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Wednesday or DayOfWeek.Friday
                || (isFirst && day.DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Thursday))
            {
                isFirst = false;
                yield return day;
            }
        }
    }

    /// <summary>When people look at what there is to do on that day.</summary>
    public DateTimeOffset MorningOf(DateOnly day) => At(day, Morning);

    private DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
