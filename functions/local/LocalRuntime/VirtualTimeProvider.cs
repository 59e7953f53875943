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
            if (TakeDue(until) is not var (timer, key))
            {
                return fired;
            }

            if (timer.Fire(key))
            {
                fired++;
            }
        }
    }

    /// <summary>Moves to the next timer that is due and takes it, or moves to <paramref name="until"/> where there is none.</summary>
    private (VirtualTimer Timer, long Key)? TakeDue(DateTimeOffset until)
    {
        DateTimeOffset? moved;
        (VirtualTimer Timer, long Key)? due = null;
        lock (gate)
        {
            DropDisarmed();
            if (timers.TryPeek(out var timer, out var key) && key.DueTicks <= until.UtcTicks)
            {
                timers.Dequeue();
                due = (timer, key.Sequence);
                moved = MoveTo(key.DueTicks);
            }
            else
            {
                moved = MoveTo(until.UtcTicks);
            }
        }

        if (moved is { } time)
        {
            Moved?.Invoke(time);
        }

        return due;
    }

    private void DropDisarmed()
    {
        while (timers.TryPeek(out var timer, out var key) && !timer.IsArmedFor(key.Sequence))
        {
            timers.Dequeue();
        }
    }

    private DateTimeOffset? MoveTo(long ticks)
    {
        if (ticks <= now.UtcTicks)
        {
            return null;
        }

        now = new DateTimeOffset(ticks, TimeSpan.Zero);
        return now;
    }

    private long Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        var due = now + (dueTime < TimeSpan.Zero ? TimeSpan.Zero : dueTime);
        timers.Enqueue(timer, (due.UtcTicks, ++sequence));
        return sequence;
    }

    /// <summary>
    /// A limit on how long something else may take – a cancellation after a time, a WaitAsync – does not make the work wait.
    /// Of the tasks that .NET completes by a timer only a delay does; its type is the only thing that tells it.
    /// </summary>
    private static bool IsWait(object? state) => state switch
    {
        CancellationTokenSource => false,
        Task task => task.GetType().Name.StartsWith("DelayPromise", StringComparison.Ordinal),
        _ => true,
    };

    private sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly bool isWait = IsWait(state);
        private WorkTracker.Work? waiting;
        private long armed = -1;
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private bool disposed;

        public bool IsArmedFor(long key) => armed == key;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                if (disposed)
                {
                    return false;
                }

                this.period = period;
                armed = dueTime == Timeout.InfiniteTimeSpan ? -1 : clock.Arm(this, dueTime);
                WaitFor(armed >= 0 && isWait ? WorkTracker.Current : null);
                return true;
            }
        }

        /// <returns>Whether it fired; not if it was changed since it was taken.</returns>
        public bool Fire(long key)
        {
            lock (clock.gate)
            {
                if (!IsArmedFor(key))
                {
                    return false;
                }

                armed = period > TimeSpan.Zero ? clock.Arm(this, period) : -1;

                // The work becomes runnable before its continuation is scheduled, so the clock cannot slip past it.
                WaitFor(null);
            }

            callback(state);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                armed = -1;
                WaitFor(null);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void WaitFor(WorkTracker.Work? work)
        {
            var before = waiting;
            waiting = work;
            work?.BeginWait();
            before?.EndWait();
        }
    }
}
