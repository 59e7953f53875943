using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>Plays the turn of an instance: from its record and what is new to its next record.</summary>
internal sealed class Play(ITaskRunner runner, EngineOptions options, Func<long> newGeneration)
{
    // Executions that start over without ever waiting must let others have their turn.
    private const int MostExecutionsATurn = 10;

    /// <summary>Events sent to other instances.</summary>
    public List<HistoryEvent> Sent { get; } = [];

    public Exception? Failure { get; private set; }

    public async Task<InstanceRecord> RunAsync(InstanceRecord record, IReadOnlyList<HistoryEvent> accepted)
    {
        var now = options.Clock.GetUtcNow();
        IReadOnlyList<HistoryEvent> past = record.IsFresh ? [] : record.Events;
        var turnStarted = new HistoryEvent(HistoryEventKind.TurnStarted) { At = now.UtcDateTime };
        IReadOnlyList<HistoryEvent> news = [turnStarted, .. record.IsFresh ? record.Events : [], .. accepted];
        for (var execution = 1; ; execution++)
        {
            var turn = new OrchestrationTurn(record.Id, past, news, options.Replay);
            await RunAsync(record, turn);
            var end = turn.Actions.OfType<CompleteOrchestration>().SingleOrDefault();
            record = record with
            {
                Events = [.. past, .. news, .. Decisions(turn)],
                IsFresh = false,

                // A turn begins with its time, which now comes before what was stored of the execution so far.
                SegmentedEvents = past.Count == 0 ? 0 : record.SegmentedEvents,
                Segments = past.Count == 0 ? 0 : record.Segments,
                Status = end?.Status ?? (turn.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running),
                CustomStatus = turn.HasCustomStatus ? turn.CustomStatus : record.CustomStatus,
                UpdatedAt = now,
            };
            if (end is not null)
            {
                options.ExecutionEnded?.Invoke(record.ToRecordedHistory());
            }

            if (end?.Next is not { } next)
            {
                Failure = turn.Failure;
                return record;
            }

            record = StartOver(record, next);
            if (execution == MostExecutionsATurn)
            {
                return record;
            }

            past = [];
            news = [turnStarted, .. record.Events];
        }
    }

    /// <summary>Ends an instance that has not reached its start time; its orchestrator never runs.</summary>
    public InstanceRecord TerminateBeforeStart(InstanceRecord record, IReadOnlyList<HistoryEvent> accepted)
    {
        var terminated = accepted.First(happened => happened.Kind == HistoryEventKind.ExecutionTerminated);
        var status = OrchestrationRuntimeStatus.Terminated;
        return record with
        {
            Events = [.. record.Events, terminated, new HistoryEvent(HistoryEventKind.ExecutionCompleted) { Id = 0, Status = status, Data = terminated.Data }],
            IsFresh = false,
            Status = status,
            UpdatedAt = options.Clock.GetUtcNow(),
        };
    }

    private async Task RunAsync(InstanceRecord record, OrchestrationTurn turn)
    {
        if (!runner.HasOrchestrator(record.Name))
        {
            turn.Fail(new InvalidOperationException($"There is no orchestrator named '{record.Name}'."));
            return;
        }

        if (!Versions.Fits(options.Versioning, record.Version))
        {
            turn.Fail(new InvalidOperationException($"The version '{record.Version}' of the orchestration is none that this worker runs."));
            return;
        }

        try
        {
            await runner.RunTurnAsync(record.Name, turn);
            if (!turn.WasExecuted)
            {
                turn.Fail(new InvalidOperationException($"A middleware has kept the orchestrator '{record.Name}' from running."));
            }
        }
        catch (Exception exception)
        {
            // What middleware throws after the orchestrator has run does not change what it decided.
            if (!turn.WasExecuted)
            {
                turn.Fail(exception);
            }
        }
    }

    private InstanceRecord StartOver(InstanceRecord record, NextExecution next)
    {
        var version = next.Version ?? record.Version;
        var started = record.Started! with { Data = next.Input, Version = version };
        return record with
        {
            Generation = newGeneration(),
            Version = version,
            Events = [started, .. next.CarriedEvents],
            IsFresh = true,
            SegmentedEvents = 0,
            Segments = 0,
        };
    }

    private IEnumerable<HistoryEvent> Decisions(OrchestrationTurn turn)
    {
        var end = turn.Actions.OfType<CompleteOrchestration>().SingleOrDefault();
        foreach (var action in turn.Actions)
        {
            if (action != end)
            {
                var decided = ToEvent(action);
                yield return decided;
                if (decided.Kind == HistoryEventKind.EventSent)
                {
                    Sent.Add(decided);
                }
            }
        }

        foreach (var timer in turn.CancelledTimers)
        {
            yield return new HistoryEvent(HistoryEventKind.TimerCancelled) { Id = timer };
        }

        if (end is not null)
        {
            yield return new HistoryEvent(HistoryEventKind.ExecutionCompleted) { Id = end.Id, Status = end.Status, Data = end.Result, Failure = end.Failure };
        }
    }

    private static HistoryEvent ToEvent(OrchestratorAction action) => action switch
    {
        ScheduleTask task => new(HistoryEventKind.TaskScheduled) { Id = task.Id, Name = task.Name, Version = task.Version, Data = task.Input },
        CreateTimer timer => new(HistoryEventKind.TimerCreated) { Id = timer.Id, At = timer.FireAt },
        CreateSubOrchestration child => new(HistoryEventKind.SubOrchestrationCreated)
        {
            Id = child.Id,
            Name = child.Name,
            Version = child.Version,
            InstanceId = child.InstanceId,
            Data = child.Input,
        },
        SendEvent sent => new(HistoryEventKind.EventSent) { Id = sent.Id, Name = sent.Name, InstanceId = sent.InstanceId, Data = sent.Payload },
        _ => throw new InvalidOperationException($"An orchestrator cannot decide {action.Description}."),
    };
}
