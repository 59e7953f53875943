using System.Globalization;
using LocalRuntime;
using Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Listener;

/// <summary>Runs one function on its schedule; never twice at a time.</summary>
internal sealed partial class TimerFunction(
    LocalFunction function,
    TimerTriggerAttribute trigger,
    Schedule schedule,
    ScheduleStatusStore store,
    IFunctionInvoker invoker,
    TimeProvider clock,
    WorkTracker tracker,
    HostJson hostJson,
    IConfiguration settings,
    ILogger<TimerFunction> logger) : IDisposable
{
    /// <summary>What a timer of .NET can wait is less than what a yearly schedule asks for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);

    /// <summary>How much before its time a timer may fire and still be meant.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<Occasion> waiting = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>
    /// How much of a rehearsal may pass without the status being stored: a year of a quarter-hourly function would otherwise
    /// consist of storing it. A process killed in between makes up for an occurrence that was run already, as one killed before storing does.
    /// </summary>
    private readonly TimeSpan unstoredInRehearsal = settings["Local:TimerStatusAfter"] is { Length: > 0 } after
        ? TimeSpan.Parse(after, CultureInfo.InvariantCulture)
        : TimeSpan.FromHours(6);

    private readonly bool isMonitored = trigger.UseMonitor && !schedule.IsTooFrequentToMonitor;
    private ScheduleStatus status = new();
    private ScheduleStatus stored = new();
    private Occasion next;
    private ITimer? timer;
    private Task running = Task.CompletedTask;
    private bool isRunning;

    private DateTimeOffset Due => new(status.Next);

    private enum Occasion
    {
        Scheduled,
        PastDue,
        Startup,
        OnRequest,
    }

    public string Name => function.Name;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var recorded = Recorded.At(now, isMonitored ? await store.ReadAsync(Name, cancellationToken) : null, schedule);
        status = recorded.Status;
        if (isMonitored && recorded.IsNew)
        {
            await store.WriteAsync(Name, status, cancellationToken);
        }

        stored = status;

        next = recorded.IsPastDue ? Occasion.PastDue : trigger.RunOnStartup ? Occasion.Startup : Occasion.Scheduled;
        timer = clock.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
        Scheduled(logger, Name, schedule, status.Next);
    }

    /// <summary>Runs the function beside its schedule: now, or as soon as the run that is under way has ended.</summary>
    public void RunNow() => Start(Occasion.OnRequest);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (timer is not null)
        {
            await timer.DisposeAsync();
        }

        await stopping.CancelAsync();
        await running.WaitAsync(cancellationToken);
        if (isMonitored && timer is not null && stored != status)
        {
            await StoreAsync();
        }

        Dispose();
    }

    public void Dispose()
    {
        timer?.Dispose();
        stopping.Dispose();
    }

    private void Arm()
    {
        var wait = next == Occasion.Scheduled ? Due - clock.GetUtcNow() : TimeSpan.Zero;
        timer!.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        if (next == Occasion.Scheduled && Due - clock.GetUtcNow() > Early)
        {
            Arm();
            return;
        }

        Start(next);
    }

    /// <summary>The work is counted before this returns, so the clock that called cannot move on.</summary>
    private void Start(Occasion occasion)
    {
        lock (gate)
        {
            waiting.Enqueue(occasion);
            if (isRunning)
            {
                return;
            }

            isRunning = true;
            var work = tracker.Begin(Name, ambient: false);
            using (ExecutionContext.SuppressFlow())
            {
                running = Task.Run(() => RunWaitingAsync(work));
            }
        }
    }

    private async Task RunWaitingAsync(IDisposable work)
    {
        while (TryTakeWaiting(out var occasion))
        {
            work = occasion == Occasion.OnRequest
                ? await InvokeAsync(work, isPastDue: false)
                : await RunOnScheduleAsync(work, occasion);
        }

        work.Dispose();
    }

    private bool TryTakeWaiting(out Occasion occasion)
    {
        lock (gate)
        {
            isRunning = waiting.TryDequeue(out occasion);
            return isRunning;
        }
    }

    private async Task<IDisposable> RunOnScheduleAsync(IDisposable work, Occasion occasion)
    {
        var began = clock.GetUtcNow();
        var at = occasion == Occasion.Scheduled && Due > began ? Due : began;
        work = await InvokeAsync(work, occasion == Occasion.PastDue);
        status = Recorded.AfterRun(at, schedule);
        if (isMonitored && (clock is not VirtualTimeProvider || status.Last - stored.Last >= unstoredInRehearsal))
        {
            await StoreAsync();
        }

        next = Occasion.Scheduled;
        Arm();
        return work;
    }

    private async Task StoreAsync()
    {
        try
        {
            await store.WriteAsync(Name, status, CancellationToken.None);
            stored = status;
        }
        catch (Exception exception)
        {
            // Whatever happens to its status, the function goes on running on its schedule.
            StatusNotStored(logger, Name, exception);
        }
    }

    /// <summary>
    /// Runs the function in a work of its own, so that it counts as waiting while it waits on the clock, and gives back a piece of
    /// work for what remains to be done.
    /// </summary>
    private async Task<IDisposable> InvokeAsync(IDisposable work, bool isPastDue)
    {
        using var timeout = hostJson.FunctionTimeout is { } limit ? new CancellationTokenSource(limit, clock) : new CancellationTokenSource();
        using var token = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping.Token);
        using (tracker.Begin(Name))
        {
            work.Dispose();
            try
            {
                await invoker.InvokeAsync(function, InfoNow(isPastDue), new Dictionary<string, object?>(), null, token.Token);
            }
            catch (Exception exception)
            {
                // A failed run does not end the schedule.
                RunFailed(logger, Name, exception);
            }

            return tracker.Begin(Name, ambient: false);
        }
    }

    private TimerInfo InfoNow(bool isPastDue) => new()
    {
        IsPastDue = isPastDue,
        ScheduleStatus = isMonitored
            ? new ScheduleStatus { Last = status.Last, Next = status.Next, LastUpdated = status.LastUpdated }
            : null,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Timer '{Function}' runs {Schedule}, next at {Next:O}.")]
    private static partial void Scheduled(ILogger logger, string function, Schedule schedule, DateTime next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed.")]
    private static partial void RunFailed(ILogger logger, string function, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed to update the timer trigger status.")]
    private static partial void StatusNotStored(ILogger logger, string function, Exception exception);
}
