using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>How the events of a day spread over its minutes in Tokyo.</summary>
internal sealed class DayShape
{
    /// <summary>People: nine o'clock, a dip at noon, few after eight.</summary>
    public static readonly DayShape Office = new(
        [0.2, 0.1, 0.1, 0.1, 0.2, 0.4, 1.2, 4, 12, 16, 10, 8, 6, 10, 8, 7, 6, 5, 3, 2, 1.2, 0.8, 0.6, 0.4],
        [0.4, 0.3, 0.2, 0.2, 0.3, 0.5, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 2, 2, 1.5, 1, 0.6]);

    /// <summary>Programs: round the clock.</summary>
    public static readonly DayShape Steady = new([.. Enumerable.Repeat(1.0, 24)], [.. Enumerable.Repeat(1.0, 24)]);

    private const int Minutes = 24 * 60;
    private readonly double[] workday;
    private readonly double[] dayOff;

    private DayShape(double[] workdayHours, double[] dayOffHours)
    {
        workday = Accumulate(workdayHours);
        dayOff = Accumulate(dayOffHours);
    }

    /// <summary>
    /// How many of a day's events fall into a minute. Differences of a rounded cumulative curve, so that the minutes add up to exactly
    /// the day's total.
    /// </summary>
    public int CountIn(DateOnly day, int minute, double total)
    {
        var curve = OrganisationCalendar.IsWorkday(day) ? workday : dayOff;
        return (int)(Math.Floor(total * curve[minute + 1]) - Math.Floor(total * curve[minute]));
    }

    private static double[] Accumulate(double[] hours)
    {
        var sum = hours.Sum() * 60;
        var curve = new double[Minutes + 1];
        var running = 0.0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            curve[minute] = running / sum;
            running += hours[minute / 60];
        }

        curve[Minutes] = 1;
        return curve;
    }
}
