using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>All that is stored of an instance.</summary>
internal sealed record InstanceRecord(string Id, string Name, long Generation)
{
    public string Version { get; init; } = string.Empty;

    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When a pending instance is to start; <c>null</c> for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public ParentLink? Parent { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string? CustomStatus { get; init; }

    /// <summary>Which sent events were taken in whose sender may not know yet that they were.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>The history of the present execution.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; init; } = [];

    /// <summary>The events have not been played yet: the execution is about to begin.</summary>
    public bool IsFresh { get; init; }

    /// <summary>How many of the events are in segments of their own, and in how many.</summary>
    public int SegmentedEvents { get; init; }

    public int Segments { get; init; }

    public bool IsFinished => Status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public HistoryEvent? Started => Events.FirstOrDefault(happened => happened.Kind == HistoryEventKind.ExecutionStarted);

    public HistoryEvent? Ended => IsFinished ? Events.LastOrDefault(happened => happened.Kind == HistoryEventKind.ExecutionCompleted) : null;

    public OrchestrationMetadata ToMetadata(DataConverter? converter) => new(Name, Id)
    {
        DataConverter = converter,
        RuntimeStatus = Status,
        CreatedAt = CreatedAt,
        LastUpdatedAt = UpdatedAt,
        SerializedInput = converter is null ? null : Started?.Data,
        SerializedOutput = converter is null ? null : Ended?.Data,
        SerializedCustomStatus = converter is null ? null : CustomStatus,
        FailureDetails = converter is null ? null : Ended?.Failure,
        Tags = Tags,
    };

    public RecordedHistory ToRecordedHistory() => new(Id, Name, Events);
}

/// <summary>What an execution has begun and not yet seen the end of.</summary>
internal sealed class OpenWork
{
    public Dictionary<int, HistoryEvent> Tasks { get; } = [];

    public Dictionary<int, HistoryEvent> Timers { get; } = [];

    public Dictionary<int, HistoryEvent> SubOrchestrations { get; } = [];

    public static OpenWork Of(IEnumerable<HistoryEvent> events)
    {
        var open = new OpenWork();
        foreach (var happened in events)
        {
            open.Apply(happened);
        }

        return open;
    }

    public void Apply(HistoryEvent happened)
    {
        var id = happened.Id ?? -1;
        switch (happened.Kind)
        {
            case HistoryEventKind.TaskScheduled:
                Tasks.Add(id, happened);
                break;
            case HistoryEventKind.TimerCreated:
                Timers.Add(id, happened);
                break;
            case HistoryEventKind.SubOrchestrationCreated:
                SubOrchestrations.Add(id, happened);
                break;
            case HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed:
                Tasks.Remove(id);
                break;
            case HistoryEventKind.TimerFired or HistoryEventKind.TimerCancelled:
                Timers.Remove(id);
                break;
            case HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.SubOrchestrationFailed:
                SubOrchestrations.Remove(id);
                break;
        }
    }
}
