namespace LocalRuntime;

/// <summary>
/// A clock that stands still while anything is runnable, and jumps to the next timer when nothing is. Timers fire in the
/// order of their due time, then of their creation, one at a time: a run of the same input is the same run.
/// </summary>
public sealed class VirtualTimeProvider(DateTimeOffset start, WorkTracker tracker) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<VirtualTimer, (long DueTicks, long Sequence)> timers = new();
    private DateTimeOffset now = start.ToUniversalTime();
    private long sequence;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Called with the new time after each jump, before any timer fires; what is thrown here stops the clock.</summary>
    public Action<DateTimeOffset>? Moved { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Runs everything that is due up to and including <paramref name="until"/>: waits until nothing is runnable, jumps to the next
    /// timer, fires it, and so on; in the end the clock stands at <paramref name="until"/> and nothing is runnable.
    /// </summary>
    /// <returns>How many timers fired.</returns>
    public async Task<int> RunUntilAsync(DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var fired = 0;
        while (true)
        {
            await tracker.WhenIdleAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryTakeDue(until, out var timer))
            {
                return fired;
            }

            if (timer is not null)
            {
                fired++;
                timer.Fire();
            }
        }
    }

    private bool TryTakeDue(DateTimeOffset until, out VirtualTimer? timer)
    {
        timer = null;
        DateTimeOffset? moved = null;
        lock (gate)
        {
            while (timers.TryPeek(out var candidate, out var key))
            {
                if (!candidate.IsArmedFor(key.Sequence))
                {
                    timers.Dequeue();
                    continue;
                }

                if (key.DueTicks > until.UtcTicks)
                {
                    break;
                }

                timers.Dequeue();
                timer = candidate;
                if (key.DueTicks > now.UtcTicks)
                {
                    now = new DateTimeOffset(key.DueTicks, TimeSpan.Zero);
                    moved = now;
                }

                break;
            }

            if (timer is null && until.UtcTicks > now.UtcTicks)
            {
                now = until.ToUniversalTime();
                moved = now;
            }
        }

        if (moved is { } time)
        {
            Moved?.Invoke(time);
        }

        return timer is not null;
    }

    private long Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        var due = now + (dueTime < TimeSpan.Zero ? TimeSpan.Zero : dueTime);
        timers.Enqueue(timer, (due.UtcTicks, ++sequence));
        return sequence;
    }

    private sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private WorkTracker.Work? waiting;
        private long armed = -1;
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public bool IsArmedFor(long key) => armed == key;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            WorkTracker.Work? released;
            lock (clock.gate)
            {
                released = Interlocked.Exchange(ref waiting, null);
                this.period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    armed = -1;
                }
                else
                {
                    armed = clock.Arm(this, dueTime);
                    waiting = WorkTracker.Current;
                }
            }

            waiting?.BeginWait();
            released?.EndWait();
            return true;
        }

        public void Fire()
        {
            WorkTracker.Work? released;
            lock (clock.gate)
            {
                released = Interlocked.Exchange(ref waiting, null);
                armed = -1;
                if (period > TimeSpan.Zero)
                {
                    armed = clock.Arm(this, period);
                }
            }

            // The work becomes runnable before its continuation is scheduled, so the clock cannot slip past it.
            released?.EndWait();
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
