using LocalRuntime;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>How an engine runs.</summary>
internal sealed record EngineOptions(string HubName, TimeProvider Clock, WorkTracker Tracker, ReplaySettings Replay)
{
    public int MaxConcurrentTurns { get; init; } = 20;

    public int MaxConcurrentActivities { get; init; } = 8;

    /// <summary>Runs one turn or activity at a time, in the order in which they came up: the same input makes the same run.</summary>
    public bool OneAtATime { get; init; }

    public DurableTaskWorkerOptions.VersioningOptions? Versioning { get; init; }

    /// <summary>Whether a start without dedupe statuses replaces a running instance of the same id.</summary>
    public bool ReplacesRunningInstances { get; init; }

    public ILogger? Logger { get; init; }

    /// <summary>Makes the ids of instances that are started without one.</summary>
    public Func<string> NewInstanceId { get; init; } = static () => Guid.NewGuid().ToString("N");

    /// <summary>Is given the whole history of each execution that ends, including those that continue as new.</summary>
    public Action<RecordedHistory>? ExecutionEnded { get; init; }

    /// <summary>Is told why the engine has stopped, when it had to.</summary>
    public Action<Exception>? Faulted { get; init; }
}

/// <summary>A call of an activity.</summary>
internal sealed record ActivityCall(string Name, string Version, string InstanceId, long Generation, int TaskId, string? Input);

/// <summary>Runs the app's orchestrators and activities.</summary>
internal interface ITaskRunner
{
    bool HasOrchestrator(string name);

    bool HasActivity(string name);

    /// <summary>Gives the turn the orchestrator to execute; when the task completes, the turn has been executed.</summary>
    Task RunTurnAsync(string name, OrchestrationTurn turn);

    /// <returns>The result, serialized.</returns>
    Task<string?> RunActivityAsync(ActivityCall call, CancellationToken cancellationToken);
}
