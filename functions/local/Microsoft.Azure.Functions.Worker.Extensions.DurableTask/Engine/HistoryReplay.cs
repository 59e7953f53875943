using System.Text.Json;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.DurableTask.Local;

/// <summary>The history of one execution of an instance, as it is kept in a file.</summary>
internal sealed record RecordedHistory(string InstanceId, string Name, IReadOnlyList<HistoryEvent> Events)
{
    public static RecordedHistory Parse(string json) => JsonSerializer.Deserialize(json, HistoryJsonContext.Relaxed.RecordedHistory)
        ?? throw new JsonException("The text holds no history.");

    public string ToJson() => JsonSerializer.Serialize(this, HistoryJsonContext.Indented.RecordedHistory).ReplaceLineEndings("\n") + "\n";
}

/// <summary>
/// Replays a recorded history against today's code, and is stricter than a running instance: the code must decide exactly what is
/// recorded, no less and no more.
/// </summary>
internal static class HistoryReplay
{
    /// <returns>What does not fit; <c>null</c> when everything does.</returns>
    public static string? Check(
        RecordedHistory history, Func<TaskOrchestrationContext, Task<object?>> orchestrator, DataConverter? converter = null, string defaultVersion = "")
    {
        var settings = new ReplaySettings(
            converter ?? JsonDataConverter.Default, defaultVersion, TimeSpan.FromDays(3), NullLoggerFactory.Instance);
        var end = history.Events.FirstOrDefault(recorded => recorded.Kind == HistoryEventKind.ExecutionCompleted);
        var turn = new OrchestrationTurn(history.InstanceId, [.. history.Events.Where(recorded => recorded != end)], [], settings);
        turn.Execute(orchestrator);
        if (turn.Failure is NonDeterministicOrchestrationException mismatch)
        {
            return mismatch.Message;
        }

        var ending = turn.Actions.OfType<CompleteOrchestration>().SingleOrDefault();
        return turn.Actions.FirstOrDefault(action => action != ending) is { } extra
            ? $"The code scheduled {extra.Description} with sequence number {extra.Id}, which the history does not hold."
            : DifferenceOfEnds(end, ending);
    }

    private static string? DifferenceOfEnds(HistoryEvent? recorded, CompleteOrchestration? present) => (recorded, present) switch
    {
        (null, null) => null,
        (null, { } early) => $"The code decided {early.Description} ({early.Status}: {early.Result}), where the history goes on.",
        ({ } missing, null) => $"The history ends ({missing.Status}), where the code waits for something.",
        ({ } past, { } now) when past.Status != now.Status => $"The history ends as {past.Status}, the code as {now.Status}: {now.Result}",
        ({ } past, { } now) when past.Data != now.Result => "The code ends with another result than the history.",
        _ => null,
    };
}
