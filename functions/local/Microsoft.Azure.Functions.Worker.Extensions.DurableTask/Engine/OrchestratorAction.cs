using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>Something an orchestrator decided in a turn.</summary>
internal abstract record OrchestratorAction(int Id)
{
    /// <summary>How messages about non-determinism call it.</summary>
    public abstract string Description { get; }
}

internal sealed record ScheduleTask(int Id, string Name, string Version, string? Input) : OrchestratorAction(Id)
{
    public override string Description => $"an activity named '{Name}'";
}

internal sealed record CreateTimer(int Id, DateTime FireAt) : OrchestratorAction(Id)
{
    public override string Description => "a timer";
}

internal sealed record CreateSubOrchestration(int Id, string Name, string Version, string InstanceId, string? Input) : OrchestratorAction(Id)
{
    public override string Description => $"a sub-orchestration named '{Name}'";
}

internal sealed record SendEvent(int Id, string InstanceId, string Name, string? Payload) : OrchestratorAction(Id)
{
    public override string Description => $"an event named '{Name}' to be sent";
}

/// <summary>The execution ends; with <see cref="Next"/>, to start over.</summary>
internal sealed record CompleteOrchestration(
    int Id, OrchestrationRuntimeStatus Status, string? Result, TaskFailureDetails? Failure, NextExecution? Next) : OrchestratorAction(Id)
{
    public override string Description => Next is null ? "the end of the orchestration" : "to continue as new";
}

/// <summary>What a new execution of the same instance starts with.</summary>
internal sealed record NextExecution(string? Input, string? Version, IReadOnlyList<HistoryEvent> CarriedEvents);
