using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>What can happen in the life of an instance. The names are stored: never change one.</summary>
internal enum HistoryEventKind
{
    TurnStarted,
    ExecutionStarted,
    TaskScheduled,
    TaskCompleted,
    TaskFailed,
    TimerCreated,
    TimerFired,
    TimerCancelled,
    SubOrchestrationCreated,
    SubOrchestrationCompleted,
    SubOrchestrationFailed,
    EventSent,
    EventRaised,
    ExecutionSuspended,
    ExecutionResumed,
    ExecutionTerminated,
    ExecutionCompleted,
}

/// <summary>Which task of which execution of which instance a sub-orchestration answers to.</summary>
internal sealed record ParentLink(string InstanceId, string Name, long Generation, int TaskId);

/// <summary>One thing that happened to an instance, as it is stored and replayed.</summary>
internal sealed record HistoryEvent(HistoryEventKind Kind)
{
    /// <summary>The number of the task, timer or sent event within the execution.</summary>
    public int? Id { get; init; }

    /// <summary>The name of the orchestrator, activity or event.</summary>
    public string? Name { get; init; }

    public string? Version { get; init; }

    /// <summary>The instance that is called or sent to.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Input, result or payload, serialized.</summary>
    public string? Data { get; init; }

    /// <summary>The time of a turn, or the due time of a timer.</summary>
    public DateTime? At { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>A failure that no retry can mend.</summary>
    public bool? NonRetriable { get; init; }

    /// <summary>How the execution ended.</summary>
    public OrchestrationRuntimeStatus? Status { get; init; }

    public ParentLink? Parent { get; init; }

    public static string Serialize(IReadOnlyList<HistoryEvent> events)
        => JsonSerializer.Serialize(events, HistoryJsonContext.Relaxed.IReadOnlyListHistoryEvent);

    public static IReadOnlyList<HistoryEvent> Deserialize(string json)
        => JsonSerializer.Deserialize(json, HistoryJsonContext.Relaxed.IReadOnlyListHistoryEvent) ?? [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<HistoryEvent>))]
[JsonSerializable(typeof(RecordedHistory))]
[JsonSerializable(typeof(ParentLink))]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext
{
    // Created on first use: static members of the generated half may not be there yet when those of this half are initialized.
    private static HistoryJsonContext? relaxed;
    private static HistoryJsonContext? indented;

    /// <summary>Without the escaping that is only of use inside HTML: Japanese text stays readable and short.</summary>
    public static HistoryJsonContext Relaxed => relaxed
        ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The same, indented, for files that people review.</summary>
    public static HistoryJsonContext Indented => indented ??= new(new JsonSerializerOptions(Relaxed.Options) { WriteIndented = true });
}
