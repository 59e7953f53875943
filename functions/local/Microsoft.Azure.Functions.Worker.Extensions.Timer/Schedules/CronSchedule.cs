using NCrontab;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

/// <summary>An NCRONTAB expression in a time zone, with the Functions host's rules for the hours that clocks skip or repeat.</summary>
internal sealed class CronSchedule : Schedule
{
    private readonly CrontabSchedule cron;
    private readonly TimeZoneInfo zone;
    private readonly string[] fields;

    private CronSchedule(CrontabSchedule cron, TimeZoneInfo zone)
    {
        this.cron = cron;
        this.zone = zone;
        fields = cron.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Only "seconds * * * * *" with more than one second can be that frequent.</summary>
    public override bool IsTooFrequentToMonitor =>
        fields.Length == 6
        && fields.Skip(1).All(part => part == "*")
        && cron.GetNextOccurrences(DateTime.UnixEpoch, DateTime.UnixEpoch.AddMinutes(1)).Skip(1).Any();

    /// <summary>Whether it recurs within a day; if so it goes on through a repeated hour, and otherwise runs once in it.</summary>
    private bool RecursWithinTheDay => fields.Take(fields.Length - 3).Any(part => part.AsSpan().ContainsAny('*', '-', '/'));

    public static CronSchedule? TryParse(string expression, TimeZoneInfo zone)
    {
        var includingSeconds = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5;
        var cron = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = includingSeconds });
        return cron is null ? null : new CronSchedule(cron, zone);
    }

    public override DateTimeOffset Next(DateTimeOffset after)
    {
        var from = TimeZoneInfo.ConvertTime(after, zone);
        var local = cron.GetNextOccurrence(from.DateTime);

        // The offset of a time that does not exist, or exists twice, is the one of winter: the former comes out an hour later, the
        // latter as the second of the two.
        var next = new DateTimeOffset(local, zone.GetUtcOffset(local));
        var crossesTheTurn = next.Offset != from.Offset;
        if (RecursWithinTheDay)
        {
            return crossesTheTurn && (zone.IsAmbiguousTime(from) || zone.IsAmbiguousTime(local)) ? next + (next.Offset - from.Offset) : next;
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return next;
        }

        return crossesTheTurn ? next + (next.Offset - from.Offset) : AfterTheRepeatedHour(local);
    }

    public override string ToString() => $"{cron} ({zone.Id})";

    private DateTimeOffset AfterTheRepeatedHour(DateTime local)
    {
        while (zone.IsAmbiguousTime(local))
        {
            local = cron.GetNextOccurrence(local);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
