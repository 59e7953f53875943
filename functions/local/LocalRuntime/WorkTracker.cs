namespace LocalRuntime;

/// <summary>
/// Counts the work that is under way (HTTP requests, timer functions, orchestration turns, activities), so that a virtual
/// clock only moves when nothing can happen any more at the present instant.
/// </summary>
/// <remarks>
/// Work that itself waits on the clock (a paced Graph request, a retry delay) does not hold the clock up: a timer of
/// <see cref="VirtualTimeProvider"/> that is armed from inside a piece of work marks this work as waiting until it fires or is disposed.
/// </remarks>
public sealed class WorkTracker
{
    private static readonly AsyncLocal<Work?> CurrentWork = new();
    private readonly Lock gate = new();
    private int busy;
    private TaskCompletionSource idle = Completed();

    /// <summary>Starts a piece of work in the calling asynchronous flow; disposing ends it.</summary>
    /// <param name="name">What it is, for diagnostics.</param>
    /// <param name="ambient">
    /// Whether timers armed in this flow mark the work as waiting. False for work that is only queued: it is runnable until disposed.
    /// </param>
    public IDisposable Begin(string name, bool ambient = true)
    {
        var work = new Work(this, name);
        if (ambient)
        {
            work.Outer = CurrentWork.Value;
            CurrentWork.Value = work;
        }

        Change(+1);
        return work;
    }

    /// <summary>Whether no work is runnable now.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return busy == 0;
            }
        }
    }

    /// <summary>Completes as soon as no work is runnable.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                if (busy == 0)
                {
                    return;
                }

                signal = idle.Task;
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    internal static Work? Current => CurrentWork.Value;

    private void Change(int by)
    {
        lock (gate)
        {
            busy += by;
            if (busy == 0)
            {
                idle.TrySetResult();
            }
            else if (idle.Task.IsCompleted)
            {
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    internal sealed class Work(WorkTracker tracker, string name) : IDisposable
    {
        private int waits;
        private bool ended;

        public string Name => name;

        public Work? Outer { get; set; }

        public void BeginWait()
        {
            lock (tracker.gate)
            {
                if (ended || waits++ > 0)
                {
                    return;
                }
            }

            tracker.Change(-1);
        }

        public void EndWait()
        {
            lock (tracker.gate)
            {
                if (ended || waits == 0 || --waits > 0)
                {
                    return;
                }
            }

            tracker.Change(+1);
        }

        public void Dispose()
        {
            bool counted;
            lock (tracker.gate)
            {
                if (ended)
                {
                    return;
                }

                ended = true;
                counted = waits == 0;
            }

            if (CurrentWork.Value == this)
            {
                CurrentWork.Value = Outer;
            }

            if (counted)
            {
                tracker.Change(-1);
            }
        }
    }
}
