using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>One event of a log.</summary>
/// <param name="Ticks">Its time in UTC.</param>
/// <param name="Feed">Which feed it comes from.</param>
/// <param name="Number">Its number within the feed and, for computed events, the minute.</param>
/// <param name="Bits">Its own randomness.</param>
internal readonly record struct LogEntry(long Ticks, int Feed, int Number, ulong Bits) : IComparable<LogEntry>
{
    public int CompareTo(LogEntry other) =>
        Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Feed != other.Feed ? Feed.CompareTo(other.Feed) : Number.CompareTo(other.Number);
}

/// <summary>Events, minute by minute (UTC minutes since year one).</summary>
internal interface ILogFeed
{
    void Collect(long minute, List<LogEntry> into);
}

/// <summary>Events that a daily total and a shape call for.</summary>
internal sealed class ComputedFeed(ulong seed, ulong topic, int feed, DayShape shape, Func<DateOnly, double> totalOf) : ILogFeed
{
    public void Collect(long minute, List<LogEntry> into)
    {
        var local = minute + (long)OrganisationCalendar.Offset.TotalMinutes;
        var day = DateOnly.FromDayNumber((int)(local / 1440));
        var count = shape.CountIn(day, (int)(local % 1440), totalOf(day));
        for (var number = 0; number < count; number++)
        {
            into.Add(new LogEntry(TimeOf(minute, number, count), feed, number, BitsOf(minute, number)));
        }
    }

    private ulong BitsOf(long minute, int number) => Noise.Bits(seed, topic + ((ulong)feed << 8), ((ulong)minute << 20) | (uint)number);

    // Whole seconds, as the service mostly logs them; one event in forty has a fraction of seven digits. Never out of order.
    private long TimeOf(long minute, int number, int count)
    {
        var second = SecondOf(minute, number, count);
        var ticks = (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        var bits = Noise.Next(BitsOf(minute, number));
        var lastOfItsSecond = number + 1 == count || SecondOf(minute, number + 1, count) > second;
        return bits % 40 == 0 && lastOfItsSecond ? ticks + 1 + (long)((bits >> 8) % (TimeSpan.TicksPerSecond - 1)) : ticks;
    }

    private long SecondOf(long minute, int number, int count) =>
        (long)((number + Noise.ToUnit(BitsOf(minute, number))) * 60 / count);
}
