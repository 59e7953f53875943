namespace Microsoft.DurableTask.Local;

/// <content>External events, and starting over.</content>
internal sealed partial class ReplayContext
{
    private readonly Dictionary<string, List<EventWaiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> unclaimedEvents = [];
    private NextStart? next;

    /// <summary>Whether anyone waits for an event.</summary>
    public bool IsWaitingForEvents => waiters.Values.Any(list => list.Exists(waiter => !waiter.IsCompleted));

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOnReplayThread();
        var others = WaitersFor(eventName);
        if (others.Find(other => other.EventType != typeof(T)) is { } different)
        {
            throw new ArgumentException(
                $"Events of the same name must have the same type. Expected {different.EventType.FullName} but was asked for {typeof(T).FullName}.");
        }

        var waiter = new EventWaiter<T>(settings.DataConverter);
        others.Add(waiter);
        cancellationToken.Register(() => waiter.TryCancel(cancellationToken));
        var kept = unclaimedEvents.FindIndex(unclaimed => string.Equals(unclaimed.Name, eventName, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0 && !waiter.IsCompleted)
        {
            var payload = unclaimedEvents[kept].Data;
            unclaimedEvents.RemoveAt(kept);
            others.Remove(waiter);
            waiter.Complete(payload);
        }

        return waiter.Task;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
        => ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureOnReplayThread();
        ArgumentNullException.ThrowIfNull(options);
        var version = string.IsNullOrWhiteSpace(options.NewVersion) ? null : options.NewVersion;
        next = new NextStart(settings.DataConverter.Serialize(options.NewInput), version);
        if (!options.PreserveUnprocessedEvents)
        {
            // Only what nobody had waited for until now is given up; what is raised from now on belongs to the next execution.
            unclaimedEvents.Clear();
        }
    }

    private void RaiseEvent(HistoryEvent raised)
    {
        // The latest waiter is served first, so that one abandoned in a loop of WhenAny does not take what a newer one waits for.
        var live = WaitersFor(raised.Name!);
        if (next is not null || live.Count == 0)
        {
            unclaimedEvents.Add(raised);
            return;
        }

        var waiter = live[^1];
        live.RemoveAt(live.Count - 1);
        waiter.Complete(raised.Data);
    }

    private List<EventWaiter> WaitersFor(string eventName)
    {
        if (!waiters.TryGetValue(eventName, out var list))
        {
            waiters.Add(eventName, list = []);
        }

        list.RemoveAll(waiter => waiter.IsCompleted);
        return list;
    }

    private sealed record NextStart(string? Input, string? Version);

    private abstract class EventWaiter
    {
        public abstract Type EventType { get; }

        public abstract bool IsCompleted { get; }

        public abstract void Complete(string? payload);
    }

    private sealed class EventWaiter<T>(DataConverter converter) : EventWaiter
    {
        private readonly TaskCompletionSource<T> source = new();

        public Task<T> Task => source.Task;

        public override Type EventType => typeof(T);

        public override bool IsCompleted => source.Task.IsCompleted;

        public override void Complete(string? payload)
        {
            T? value;
            try
            {
                value = converter.Deserialize<T>(payload);
            }
            catch (Exception exception)
            {
                // A payload of another shape is the waiting code's to handle; it must not stop the engine.
                source.TrySetException(exception);
                return;
            }

            source.TrySetResult(value!);
        }

        public void TryCancel(CancellationToken cancellationToken) => source.TrySetCanceled(cancellationToken);
    }
}
