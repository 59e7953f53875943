using LocalRuntime;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Runs queued work in order, a limited number at a time. From the moment it is queued until it is done the work tracker knows of it;
/// work that waits for the clock or for other work gives up its place meanwhile.
/// </summary>
internal sealed class WorkQueue(int places, WorkTracker tracker)
{
    private readonly Lock gate = new();
    private readonly Queue<Item> items = new();
    private int occupied;
    private int running;
    private bool started;
    private bool closed;
    private TaskCompletionSource? idle;

    /// <param name="name">What it is, for diagnostics.</param>
    /// <param name="mayWait">Whether it runs code that may wait for the clock; infrastructure must not.</param>
    /// <param name="run">The work; it must not throw.</param>
    public void Enqueue(string name, bool mayWait, Func<Task> run)
    {
        var queued = tracker.Begin(name, ambient: false);
        bool dropped;
        lock (gate)
        {
            dropped = closed;
            if (!dropped)
            {
                items.Enqueue(new Item(name, mayWait, run, queued));
            }
        }

        if (dropped)
        {
            queued.Dispose();
        }

        Pump();
    }

    public void Start()
    {
        lock (gate)
        {
            started = true;
        }

        Pump();
    }

    /// <summary>Drops what is queued; what is under way goes on.</summary>
    public void Close()
    {
        List<Item> dropped;
        lock (gate)
        {
            closed = true;
            dropped = [.. items];
            items.Clear();
        }

        dropped.ForEach(item => item.Queued.Dispose());
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
        {
            if (running == 0)
            {
                return Task.CompletedTask;
            }

            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    private void Pump()
    {
        while (true)
        {
            Item? item;
            lock (gate)
            {
                if (!started || !items.TryPeek(out item) || occupied >= places)
                {
                    return;
                }

                items.Dequeue();
                occupied++;
                running++;
            }

            // Without the caller's execution context: its ambient work and request are none of this item's business.
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Queue.RunAsync(state.Item), (Queue: this, Item: item), preferLocal: false);
        }
    }

    private async Task RunAsync(Item item)
    {
        if (item.MayWait)
        {
            using var work = tracker.Begin(item.Name, ambient: true, isRunnable => Occupy(item, isRunnable));
            item.Queued.Dispose();
            await item.Run();
            Leave(item);
        }
        else
        {
            await item.Run();
            Leave(item);
            item.Queued.Dispose();
        }
    }

    private void Leave(Item item)
    {
        TaskCompletionSource? signal = null;
        lock (gate)
        {
            running--;
            if (running == 0)
            {
                signal = idle;
                idle = null;
            }
        }

        Occupy(item, occupies: false);
        signal?.SetResult();
    }

    private void Occupy(Item item, bool occupies)
    {
        lock (gate)
        {
            if (item.HasPlace == occupies)
            {
                return;
            }

            item.HasPlace = occupies;
            occupied += occupies ? 1 : -1;
        }

        Pump();
    }

    private sealed record Item(string Name, bool MayWait, Func<Task> Run, IDisposable Queued)
    {
        public bool HasPlace { get; set; } = true;
    }
}
