namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

/// <summary>A time span after the last run.</summary>
internal sealed class IntervalSchedule(TimeSpan interval) : Schedule
{
    public override bool IsTooFrequentToMonitor => interval < TimeSpan.FromMinutes(1);

    public override DateTimeOffset Next(DateTimeOffset after) => after + interval;

    public override string ToString() => $"every {interval}";
}
