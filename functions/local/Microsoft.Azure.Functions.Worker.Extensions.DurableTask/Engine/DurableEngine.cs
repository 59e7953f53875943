using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Runs all orchestrations of a task hub, whose only owner it is: what it holds in memory is what storage holds, plus what can be
/// had again from there after a crash (activities and timers under way, answers of sub-orchestrations).
/// </summary>
internal sealed partial class DurableEngine : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Instance> instances = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly HubStore store;
    private readonly ITaskRunner runner;
    private readonly EngineOptions options;
    private readonly WorkQueue turns;
    private readonly WorkQueue activities;
    private readonly DurableTimers timers;
    private readonly Watchers watchers;
    private long lastGeneration;
    private Exception? fault;
    private int stopped;

    public DurableEngine(HubStore store, ITaskRunner runner, EngineOptions options)
    {
        this.store = store;
        this.runner = runner;
        this.options = options;
        turns = new WorkQueue(options.OneAtATime ? 1 : options.MaxConcurrentTurns, options.Tracker);
        activities = options.OneAtATime ? turns : new WorkQueue(options.MaxConcurrentActivities, options.Tracker);
        timers = new DurableTimers(options.Clock, FireTimer);
        watchers = new Watchers(gate);
    }

    public EngineOptions Options => options;

    /// <summary>Why the engine has stopped, if it had to.</summary>
    public Exception? Fault => fault;

    /// <summary>Takes up all instances where they were left, and begins to work.</summary>
    public async Task StartAsync()
    {
        await store.InitializeAsync();
        await RecoverAsync();
        turns.Start();
        activities.Start();
    }

    /// <summary>Finishes what is under way, and leaves the rest for the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref stopped, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        Close(new OperationCanceledException("The durable engine has been stopped."));
        await Task.WhenAll(turns.WhenIdleAsync(), activities.WhenIdleAsync()).WaitAsync(cancellationToken);
    }

    // The cancellation source is left to the collector: activities that outlive the engine may still look at its token.
    public async ValueTask DisposeAsync() => await StopAsync();

    private void Close(Exception reason)
    {
        turns.Close();
        activities.Close();
        timers.Dispose();
        watchers.FailAll(reason);
    }

    private void Fail(Exception exception)
    {
        if (Interlocked.CompareExchange(ref fault, exception, null) is not null)
        {
            return;
        }

        if (options.Logger is { } logger)
        {
            EngineStopped(logger, exception);
        }

        Close(exception);
        options.Faulted?.Invoke(exception);
    }

    private void ThrowIfStopped()
    {
        if (fault is not null)
        {
            throw new InvalidOperationException($"The durable engine has stopped: {fault.Message}", fault);
        }

        stopping.Token.ThrowIfCancellationRequested();
    }

    private Instance GetOrAdd(string instanceId)
    {
        if (!instances.TryGetValue(instanceId, out var instance))
        {
            instances.Add(instanceId, instance = new Instance(instanceId));
        }

        return instance;
    }

    /// <summary>Puts a message into an inbox and sees to a turn.</summary>
    private void Post(Instance instance, Message message)
    {
        lock (gate)
        {
            instance.Inbox.Enqueue(message);
            ScheduleTurn(instance);
        }
    }

    /// <summary>Posts to an instance if there is one.</summary>
    private bool TryPost(string instanceId, Message message)
    {
        lock (gate)
        {
            if (!instances.TryGetValue(instanceId, out var instance))
            {
                return false;
            }

            Post(instance, message);
            return true;
        }
    }

    private void ScheduleTurn(Instance instance)
    {
        if (!instance.IsScheduled)
        {
            instance.IsScheduled = true;
            turns.Enqueue($"turn of {instance.Id}", mayWait: false, () => RunTurnAsync(instance));
        }
    }

    private void FireTimer(string instanceId, int id)
    {
        lock (gate)
        {
            if (!instances.TryGetValue(instanceId, out var instance) || instance.Record is not { } record)
            {
                return;
            }

            if (id == StartTimer)
            {
                ScheduleTurn(instance);
            }
            else
            {
                Post(instance, new Message(new HistoryEvent(HistoryEventKind.TimerFired) { Id = id }, record.Generation));
            }
        }
    }

    private void QueueActivity(InstanceRecord record, HistoryEvent scheduled)
    {
        var call = new ActivityCall(
            scheduled.Name!, scheduled.Version ?? string.Empty, record.Id, record.Generation, scheduled.Id!.Value, scheduled.Data);
        activities.Enqueue($"activity {call.Name} of {call.InstanceId}", mayWait: true, () => RunActivityAsync(call));
    }

    private async Task RunActivityAsync(ActivityCall call)
    {
        HistoryEvent outcome;
        try
        {
            if (!runner.HasActivity(call.Name))
            {
                outcome = Failed(new InvalidOperationException($"There is no activity named '{call.Name}'."), call, nonRetriable: true);
            }
            else
            {
                var result = await runner.RunActivityAsync(call, stopping.Token);
                outcome = new HistoryEvent(HistoryEventKind.TaskCompleted) { Id = call.TaskId, Data = result };
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It runs again after the next start.
            return;
        }
        catch (Exception exception)
        {
            if (options.Logger is { } logger)
            {
                ActivityFailed(logger, call.Name, call.InstanceId, exception);
            }

            outcome = Failed(exception, call, nonRetriable: null);
        }

        TryPost(call.InstanceId, new Message(outcome, call.Generation));
    }

    private static HistoryEvent Failed(Exception exception, ActivityCall call, bool? nonRetriable) => new(HistoryEventKind.TaskFailed)
    {
        Id = call.TaskId,
        Failure = TaskFailureDetails.FromException(exception),
        NonRetriable = nonRetriable,
    };

    [LoggerMessage(Level = LogLevel.Critical, Message = "The durable engine stops; nothing is lost, a restart goes on from what is stored.")]
    private static partial void EngineStopped(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity '{Activity}' of instance '{InstanceId}' failed.")]
    private static partial void ActivityFailed(ILogger logger, string activity, string instanceId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance '{InstanceId}' of '{Orchestrator}' failed.")]
    private static partial void OrchestrationFailed(ILogger logger, string instanceId, string orchestrator, Exception? exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Instance '{InstanceId}' of '{Orchestrator}' ended: {Status}.")]
    private static partial void OrchestrationEnded(ILogger logger, string instanceId, string orchestrator, OrchestrationRuntimeStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instance '{InstanceId}' has version '{Version}' and is left for a worker that runs it.")]
    private static partial void VersionRejected(ILogger logger, string instanceId, string version);
}
