namespace Microsoft.DurableTask.Local;

/// <summary>One run of an orchestrator: through its past, then on with what is new.</summary>
internal sealed class OrchestrationTurn
{
    private readonly ReplayThread thread = new();
    private readonly ReplayContext context;
    private readonly IReadOnlyList<HistoryEvent> past;
    private readonly IReadOnlyList<HistoryEvent> news;
    private Task<object?>? running;

    public OrchestrationTurn(string instanceId, IReadOnlyList<HistoryEvent> past, IReadOnlyList<HistoryEvent> news, ReplaySettings settings)
    {
        context = new ReplayContext(instanceId, settings, thread);
        this.past = past;
        this.news = news;
    }

    public TaskOrchestrationContext Context => context;

    /// <summary>The input of the execution, serialized.</summary>
    public string? Input => past.Concat(news).FirstOrDefault(happened => happened.Kind == HistoryEventKind.ExecutionStarted)?.Data;

    /// <summary>Whether the orchestrator has been run.</summary>
    public bool WasExecuted { get; private set; }

    /// <summary>What the orchestrator decided, beyond what its history holds.</summary>
    public IReadOnlyCollection<OrchestratorAction> Actions => context.Actions;

    public IReadOnlyCollection<int> CancelledTimers => context.CancelledTimers;

    public bool IsSuspended => context.IsSuspended;

    public bool HasCustomStatus => context.HasCustomStatus;

    public string? CustomStatus => context.CustomStatus;

    /// <summary>Why the orchestration failed in this turn, if it did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Runs the orchestrator on the calling thread, as far as its history allows.</summary>
    public void Execute(Func<TaskOrchestrationContext, Task<object?>> orchestrator)
    {
        WasExecuted = true;
        thread.Run(() =>
        {
            try
            {
                context.BeginReplay();
                Play(past, orchestrator);
                context.EndReplay();
                Play(news, orchestrator);
                Conclude();
            }
            catch (Exception exception)
            {
                // Non-determinism, or a history that cannot be played at all: the instance ends, the others go on.
                context.EndReplay();
                Fail(exception);
            }
        });
    }

    /// <summary>Ends the orchestration without running it.</summary>
    public void Fail(Exception exception)
    {
        Failure = exception;
        context.Fail(exception);
    }

    private void Play(IReadOnlyList<HistoryEvent> events, Func<TaskOrchestrationContext, Task<object?>> orchestrator)
    {
        foreach (var happened in events)
        {
            switch (happened.Kind)
            {
                case HistoryEventKind.TurnStarted:
                    context.StartTurn(happened.At!.Value);
                    break;
                case HistoryEventKind.ExecutionStarted:
                    context.Start(happened);
                    running = StartAsync(orchestrator);
                    thread.Drain();
                    break;
                default:
                    context.Apply(happened);
                    break;
            }
        }
    }

    // What the orchestrator throws before its first await is its result like any other exception.
    private async Task<object?> StartAsync(Func<TaskOrchestrationContext, Task<object?>> orchestrator) => await orchestrator(context);

    private void Conclude()
    {
        if (running is null)
        {
            return;
        }

        if (!running.IsCompleted)
        {
            // Nothing durable could ever let it go on, or something else already tried to.
            if (thread.WasLeft || !(context.HasOpenTasks || context.IsWaitingForEvents || context.IsSuspended))
            {
                Fail(new InvalidOperationException(ReplayThread.IllegalAwaitMessage));
            }
        }
        else if (!context.HasOpenTasks)
        {
            ConcludeResult(running);
        }
    }

    private void ConcludeResult(Task<object?> result)
    {
        if (result.IsCompletedSuccessfully)
        {
            try
            {
                context.Complete(result.Result);
            }
            catch (Exception exception)
            {
                // The output could not be serialized.
                Fail(exception);
            }
        }
        else
        {
            Fail(result.IsCanceled ? new TaskCanceledException(result) : result.Exception!.InnerExceptions[0]);
        }
    }
}
