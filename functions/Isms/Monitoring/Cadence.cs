namespace Isms.Monitoring;

/// <summary>How often a collector runs.</summary>
public enum Cadence
{
    /// <summary>Only when somebody asks for it.</summary>
    Never,

    /// <summary>Once a day.</summary>
    Daily,

    /// <summary>Once a week, from Monday on.</summary>
    Weekly,

    /// <summary>Once a month.</summary>
    Monthly,

    /// <summary>Once in three months of the calendar.</summary>
    Quarterly,
}

/// <summary>Decides when a collector is due.</summary>
public static class Cadences
{
    /// <summary>
    /// Whether a cadence is due at a tick of the schedule: whether it is the first one in its day, week, month or quarter. So it does not matter when the schedule ticks,
    /// nothing has to be looked up, and a tick that did not come is made up for by the next.
    /// </summary>
    /// <param name="cadence">The cadence.</param>
    /// <param name="last">The tick before, local time; null before the first.</param>
    /// <param name="now">This tick, local time.</param>
    public static bool IsDue(Cadence cadence, DateTime? last, DateTime now) =>
        cadence != Cadence.Never && (last is not { } before || StartOf(cadence, before) < StartOf(cadence, now));

    private static DateTime StartOf(Cadence cadence, DateTime moment) => cadence switch
    {
        Cadence.Weekly => moment.Date.AddDays(-(((int)moment.DayOfWeek + 6) % 7)),
        Cadence.Monthly => new DateTime(moment.Year, moment.Month, 1),
        Cadence.Quarterly => new DateTime(moment.Year, (((moment.Month - 1) / 3) * 3) + 1, 1),
        _ => moment.Date,
    };
}
