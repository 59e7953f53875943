namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

/// <summary>When a timer function runs.</summary>
internal abstract class Schedule
{
    /// <summary>
    /// Whether occurrences can be less than a minute apart. The status of such a schedule is not stored: by the time the app is up
    /// again the next occurrence is there anyway.
    /// </summary>
    public abstract bool IsTooFrequentToMonitor { get; }

    /// <summary>The first occurrence later than <paramref name="after"/>.</summary>
    public abstract DateTimeOffset Next(DateTimeOffset after);
}
