namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told of its schedule.</summary>
public class TimerInfo
{
    /// <summary>The recorded occurrences; null where <see cref="TimerTriggerAttribute.UseMonitor"/> is false.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the function runs now for an occurrence that was missed.</summary>
    public bool IsPastDue { get; set; }
}
