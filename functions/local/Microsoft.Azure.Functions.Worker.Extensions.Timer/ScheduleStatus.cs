namespace Microsoft.Azure.Functions.Worker;

/// <summary>The recorded occurrences of a schedule.</summary>
public class ScheduleStatus
{
    /// <summary>The last occurrence that was run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
