namespace LocalRuntime;

/// <summary>
/// Counts the work that is under way (HTTP requests, timer functions, orchestration turns, activities), so that a virtual
/// clock only moves when nothing can happen any more at the present instant.
/// </summary>
/// <remarks>
/// <para>
/// Work that itself waits on the clock (a paced Graph request, a retry delay) does not hold the clock up: a delay on a
/// <see cref="VirtualTimeProvider"/> that is begun inside a piece of work marks this work as waiting until it fires or is
/// cancelled. Work inside other work counts as waiting for both.
/// </para>
/// <para>
/// A piece of work is one line of execution: while one of its branches waits on the clock it counts as waiting, whatever the others do.
/// </para>
/// </remarks>
public sealed class WorkTracker
{
    private static readonly AsyncLocal<Work?> CurrentWork = new();
    private readonly Lock gate = new();
    private readonly HashSet<Work> runnable = [];
    private TaskCompletionSource idle = Completed();

    /// <summary>Starts a piece of work in the calling asynchronous flow; disposing ends it.</summary>
    /// <param name="name">What it is, for diagnostics.</param>
    /// <param name="ambient">
    /// Whether delays begun in this flow mark the work as waiting. False for work that is only queued: it is runnable until disposed.
    /// </param>
    /// <param name="runnableChanged">
    /// Told when the work begins to wait (false) and may go on (true), before the clock can react to it; it must not call back.
    /// </param>
    public IDisposable Begin(string name, bool ambient = true, Action<bool>? runnableChanged = null)
    {
        var work = new Work(this, name, ambient ? CurrentWork.Value : null, runnableChanged);
        if (ambient)
        {
            CurrentWork.Value = work;
        }

        lock (gate)
        {
            SetRunnable(work, true);
        }

        return work;
    }

    /// <summary>
    /// Marks the work of the calling flow, if there is any, as waiting for something that other work or the clock brings about;
    /// disposing makes it runnable again. Whoever brings it about must still be at work then, or the clock may move in between.
    /// </summary>
    public static IDisposable BeginWait() => new Wait(CurrentWork.Value);

    /// <summary>Whether no work is runnable now.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return runnable.Count == 0;
            }
        }
    }

    /// <summary>The names of the work that is runnable now, for diagnostics.</summary>
    public IReadOnlyList<string> Runnable
    {
        get
        {
            lock (gate)
            {
                return [.. runnable.Select(work => work.Name).Order(StringComparer.Ordinal)];
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
                if (runnable.Count == 0)
                {
                    return;
                }

                signal = idle.Task;
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    internal static Work? Current => CurrentWork.Value;

    private void SetRunnable(Work work, bool value)
    {
        if (!(value ? runnable.Add(work) : runnable.Remove(work)))
        {
            return;
        }

        if (runnable.Count == 0)
        {
            idle.TrySetResult();
        }
        else if (idle.Task.IsCompleted)
        {
            idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        work.RunnableChanged?.Invoke(value);
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    internal sealed class Work(WorkTracker tracker, string name, Work? outer, Action<bool>? runnableChanged) : IDisposable
    {
        private int waits;
        private bool ended;

        public string Name => name;

        public Action<bool>? RunnableChanged => runnableChanged;

        public void BeginWait()
        {
            lock (tracker.gate)
            {
                if (!ended)
                {
                    AddWaits(1);
                }
            }
        }

        public void EndWait()
        {
            lock (tracker.gate)
            {
                if (!ended)
                {
                    AddWaits(-1);
                }
            }
        }

        public void Dispose()
        {
            lock (tracker.gate)
            {
                if (ended)
                {
                    return;
                }

                // What it still waits for it leaves behind; the work around it does not wait for that.
                AddWaits(-waits);
                ended = true;
                tracker.SetRunnable(this, false);
            }

            if (CurrentWork.Value == this)
            {
                CurrentWork.Value = outer;
            }
        }

        private void AddWaits(int count)
        {
            for (var work = this; work is not null; work = work.Outer)
            {
                if (!work.ended)
                {
                    work.waits += count;
                    tracker.SetRunnable(work, work.waits == 0);
                }
            }
        }

        private Work? Outer => outer;
    }

    private sealed class Wait : IDisposable
    {
        private Work? work;

        public Wait(Work? work)
        {
            this.work = work;
            work?.BeginWait();
        }

        public void Dispose() => Interlocked.Exchange(ref work, null)?.EndWait();
    }
}
