namespace Microsoft.DurableTask.Local;

/// <summary>
/// All timers of a task hub on one timer of the clock. Those due at the same instant fire in the order of instance and number, so
/// that the order does not depend on when they were armed, be it before or after a restart; and each by a tick of its own, so that on
/// a virtual clock the next one fires when the work of the one before has come to rest.
/// </summary>
internal sealed class DurableTimers : IDisposable
{
    // Runtime timers cannot wait for longer than some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);

    private readonly Lock gate = new();
    private readonly SortedSet<(DateTime Due, string InstanceId, int Id)> timers = new(Comparer<(DateTime Due, string InstanceId, int Id)>.Create(Compare));
    private readonly TimeProvider clock;
    private readonly Action<string, int> fire;
    private readonly ITimer timer;
    private DateTime? armedFor;
    private bool disposed;

    public DurableTimers(TimeProvider clock, Action<string, int> fire)
    {
        this.clock = clock;
        this.fire = fire;
        timer = clock.CreateTimer(_ => FireNext(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DateTime due, string instanceId, int id)
    {
        lock (gate)
        {
            timers.Add((due, instanceId, id));
            Arm();
        }
    }

    public void Remove(DateTime due, string instanceId, int id)
    {
        lock (gate)
        {
            timers.Remove((due, instanceId, id));
            Arm();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            timers.Clear();
        }

        timer.Dispose();
    }

    private void FireNext()
    {
        (DateTime Due, string InstanceId, int Id) next;
        lock (gate)
        {
            armedFor = null;
            if (timers.Count == 0 || timers.Min.Due > clock.GetUtcNow().UtcDateTime)
            {
                Arm();
                return;
            }

            next = timers.Min;
            timers.Remove(next);
        }

        // What fires is queued before anything is armed anew, so that the clock stands still until it has been worked off.
        fire(next.InstanceId, next.Id);
        lock (gate)
        {
            Arm();
        }
    }

    private void Arm()
    {
        DateTime? wanted = disposed || timers.Count == 0 ? null : timers.Min.Due;
        if (wanted == armedFor)
        {
            return;
        }

        armedFor = wanted;
        if (wanted is not { } due)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = due - clock.GetUtcNow().UtcDateTime;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;

        // Timers of the system clock count whole milliseconds and would fire a moment early.
        timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private static int Compare((DateTime Due, string InstanceId, int Id) a, (DateTime Due, string InstanceId, int Id) b)
    {
        var order = a.Due.CompareTo(b.Due);
        order = order != 0 ? order : string.CompareOrdinal(a.InstanceId, b.InstanceId);
        return order != 0 ? order : a.Id.CompareTo(b.Id);
    }
}
