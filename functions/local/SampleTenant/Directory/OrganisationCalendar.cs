namespace SampleTenant.Directory;

/// <summary>Working days of a Japanese organisation, roughly: weekends, fixed holidays, and the days nobody works.</summary>
internal static class OrganisationCalendar
{
    /// <summary>Japan has had no daylight saving time since 1951: an offset is enough.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    private static readonly HashSet<(int Month, int Day)> Holidays =
    [
        (1, 1), (1, 2), (1, 3), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (8, 13), (8, 14), (11, 3), (11, 23),
        (12, 30), (12, 31),
    ];

    public static bool IsWorkday(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains((day.Month, day.Day));

    public static DateOnly LocalDay(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    public static DateTimeOffset At(DateOnly day, TimeSpan time) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).Add(time).ToUniversalTime();

    /// <summary>The day itself or the last working day before it.</summary>
    public static DateOnly WorkdayOnOrBefore(DateOnly day)
    {
        while (!IsWorkday(day))
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    public static DateOnly WorkdayOnOrAfter(DateOnly day)
    {
        while (!IsWorkday(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
