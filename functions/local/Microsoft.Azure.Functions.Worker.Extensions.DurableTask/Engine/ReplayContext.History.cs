using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <content>What has happened meets what the orchestrator does.</content>
internal sealed partial class ReplayContext
{
    private readonly Queue<HistoryEvent> eventsWhileSuspended = new();
    private bool terminated;

    public bool IsSuspended { get; private set; }

    public bool HasOpenTasks => openTasks.Count > 0;

    public IReadOnlyCollection<OrchestratorAction> Actions => actions.Values;

    /// <summary>Timers the orchestrator has cancelled without the history knowing yet.</summary>
    public IReadOnlyCollection<int> CancelledTimers => cancelledTimers;

    public void BeginReplay() => isReplaying = true;

    public void EndReplay() => isReplaying = false;

    public void Start(HistoryEvent executionStarted) => started = executionStarted;

    public void StartTurn(DateTime time) => currentUtcDateTime = time;

    /// <summary>Lets one event happen, other than a start.</summary>
    public void Apply(HistoryEvent happened)
    {
        if (IsSuspended && happened.Kind is not (HistoryEventKind.ExecutionResumed or HistoryEventKind.ExecutionTerminated))
        {
            if (happened.Kind != HistoryEventKind.ExecutionSuspended)
            {
                eventsWhileSuspended.Enqueue(happened);
            }

            return;
        }

        switch (happened.Kind)
        {
            case HistoryEventKind.TaskScheduled:
                Match<ScheduleTask>(happened, "an activity", action => action.Name);
                break;
            case HistoryEventKind.TimerCreated:
                Match<CreateTimer>(happened, "a timer", _ => null);
                break;
            case HistoryEventKind.SubOrchestrationCreated:
                Match<CreateSubOrchestration>(happened, "a sub-orchestration", action => action.Name);
                break;
            case HistoryEventKind.EventSent:
                Match<SendEvent>(happened, "an event to be sent", action => action.Name);
                break;
            case HistoryEventKind.TimerCancelled:
                cancelledTimers.Remove(happened.Id!.Value);
                break;
            case HistoryEventKind.EventRaised:
                RaiseEvent(happened);
                break;
            default:
                ApplyOutcome(happened);
                break;
        }

        thread.Drain();
    }

    private void ApplyOutcome(HistoryEvent happened)
    {
        switch (happened.Kind)
        {
            case HistoryEventKind.TaskCompleted or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.TimerFired:
                if (openTasks.Remove(happened.Id!.Value, out var completed))
                {
                    completed.Source.SetResult(happened.Data);
                }

                break;
            case HistoryEventKind.TaskFailed or HistoryEventKind.SubOrchestrationFailed:
                if (openTasks.Remove(happened.Id!.Value, out var failed))
                {
                    failed.Source.SetException(
                        new OrchestrationException(happened.Id.Value, happened.Failure!) { IsNonRetriable = happened.NonRetriable == true });
                }

                break;
            case HistoryEventKind.ExecutionSuspended:
                Suspend();
                break;
            case HistoryEventKind.ExecutionResumed:
                Resume();
                break;
            case HistoryEventKind.ExecutionTerminated:
                terminated = true;
                End(OrchestrationRuntimeStatus.Terminated, happened.Data, failure: null);
                break;
        }
    }

    public void Complete(object? output)
    {
        if (next is null)
        {
            End(OrchestrationRuntimeStatus.Completed, settings.DataConverter.Serialize(output), failure: null);
            return;
        }

        if (!terminated)
        {
            var id = nextId++;
            var execution = new NextExecution(next.Input, next.Version, [.. unclaimedEvents]);
            actions.Add(id, new CompleteOrchestration(id, OrchestrationRuntimeStatus.Running, next.Input, null, execution));
        }
    }

    public void Fail(Exception exception)
    {
        if (exception is NonDeterministicOrchestrationException)
        {
            // What else the orchestrator decided does not fit its history; none of it may take effect.
            actions.Clear();
            cancelledTimers.Clear();
        }

        End(OrchestrationRuntimeStatus.Failed, exception.Message, DetailsOf(exception));
    }

    private static TaskFailureDetails DetailsOf(Exception exception) => exception switch
    {
        TaskFailedException failed => new(
            typeof(TaskFailedException).FullName!, failed.Message, failed.StackTrace, failed.FailureDetails, null),
        NonDeterministicOrchestrationException => new(NonDeterministicOrchestrationException.ErrorType, exception.Message, null, null, null),
        _ => TaskFailureDetails.FromException(exception),
    };

    private void End(OrchestrationRuntimeStatus status, string? result, TaskFailureDetails? failure)
    {
        if (!actions.Values.OfType<CompleteOrchestration>().Any())
        {
            var id = nextId++;
            actions.Add(id, new CompleteOrchestration(id, status, result, failure, null));
        }
    }

    private void Suspend()
    {
        IsSuspended = true;

        // What was decided just before takes effect only after the resumption, in its old order.
        foreach (var (id, action) in actions)
        {
            withheldActions.Add(id, action);
        }

        actions.Clear();
    }

    private void Resume()
    {
        IsSuspended = false;
        foreach (var (id, action) in withheldActions)
        {
            actions.Add(id, action);
        }

        withheldActions.Clear();
        while (!IsSuspended && eventsWhileSuspended.TryDequeue(out var kept))
        {
            Apply(kept);
        }
    }

    private void Match<TAction>(HistoryEvent recorded, string kind, Func<TAction, string?> nameOf)
        where TAction : OrchestratorAction
    {
        var id = recorded.Id!.Value;
        var past = recorded.Name is null ? kind : $"{kind} named '{recorded.Name}'";
        if (!actions.TryGetValue(id, out var present))
        {
            throw Mismatch(id, past, "did not (yet?) schedule anything");
        }

        if (present is not TAction action || (recorded.Name is not null && !string.Equals(recorded.Name, nameOf(action), StringComparison.OrdinalIgnoreCase)))
        {
            throw Mismatch(id, past, $"scheduled {present.Description}");
        }

        actions.Remove(id);
    }

    private static NonDeterministicOrchestrationException Mismatch(int id, string past, string present) => new(
        $"A previous execution of this orchestration scheduled {past} with sequence number {id}, but the current replay {present} with this "
        + "sequence number. Was a change made to the orchestrator code after this instance had already started running?");
}
