using LocalRuntime;

namespace Microsoft.DurableTask.Local;

/// <summary>Those who wait for an instance to change; shares the engine's gate.</summary>
internal sealed class Watchers(Lock gate)
{
    private readonly Dictionary<string, List<Watcher>> waiting = new(StringComparer.Ordinal);
    private Exception? closed;

    /// <summary>
    /// Completes at the next change. The work of the caller counts as waiting until then, and as runnable again before whoever makes
    /// the change has finished.
    /// </summary>
    public async Task WaitAsync(string instanceId, Func<bool> isDone, CancellationToken cancellationToken)
    {
        using var watcher = new Watcher();
        lock (gate)
        {
            if (closed is not null)
            {
                throw new InvalidOperationException(closed.Message, closed);
            }

            if (isDone())
            {
                return;
            }

            if (!waiting.TryGetValue(instanceId, out var list))
            {
                waiting.Add(instanceId, list = []);
            }

            list.Add(watcher);
            watcher.Pause();
        }

        try
        {
            await watcher.Changed.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
            {
                if (waiting.TryGetValue(instanceId, out var list) && list.Remove(watcher) && list.Count == 0)
                {
                    waiting.Remove(instanceId);
                }
            }
        }
    }

    public void Notify(string instanceId)
    {
        lock (gate)
        {
            if (waiting.Remove(instanceId, out var list))
            {
                list.ForEach(watcher => watcher.Wake());
            }
        }
    }

    public void FailAll(Exception reason)
    {
        lock (gate)
        {
            closed ??= reason;
            foreach (var watcher in waiting.Values.SelectMany(list => list))
            {
                watcher.Fail(reason);
            }

            waiting.Clear();
        }
    }

    private sealed class Watcher : IDisposable
    {
        private readonly TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IDisposable? pause;

        public Task Changed => changed.Task;

        public void Pause() => pause = WorkTracker.BeginWait();

        public void Wake()
        {
            Dispose();
            changed.TrySetResult();
        }

        public void Fail(Exception reason)
        {
            Dispose();
            changed.TrySetException(reason);
        }

        public void Dispose() => pause?.Dispose();
    }
}
