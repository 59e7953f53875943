namespace LocalRuntime.Tests.Clock;

/// <summary>Who keeps the clock from moving, and for how long.</summary>
public sealed class WorkAndClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly WorkTracker tracker = new();
    private readonly VirtualTimeProvider clock;

    public WorkAndClockTests()
    {
        clock = new VirtualTimeProvider(Start, tracker);
    }

    [Fact]
    public async Task The_clock_stands_still_while_work_is_under_way()
    {
        var work = tracker.Begin("request");
        var run = clock.RunUntilAsync(Start.AddHours(1));

        Assert.False(run.IsCompleted);
        Assert.Equal(Start, clock.GetUtcNow());
        Assert.Equal(["request"], tracker.Runnable);

        work.Dispose();
        await run;
        Assert.Equal(Start.AddHours(1), clock.GetUtcNow());
        Assert.True(tracker.IsIdle);
    }

    [Fact]
    public async Task Work_that_a_timer_starts_ends_before_the_next_timer_fires()
    {
        var log = new List<string>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var first = clock.CreateTimer(
            _ =>
            {
                var work = tracker.Begin("first", ambient: false);
                _ = EndAfterAsync(gate.Task, work, log);
            },
            null,
            TimeSpan.FromHours(1),
            Timeout.InfiniteTimeSpan);
        using var second = clock.CreateTimer(_ => log.Add("second"), null, TimeSpan.FromHours(2), Timeout.InfiniteTimeSpan);

        var run = clock.RunUntilAsync(Start.AddHours(3));
        Assert.Empty(log);
        gate.SetResult();
        await run;

        Assert.Equal(["first", "second"], log);
    }

    [Fact]
    public async Task A_delay_inside_work_lets_the_clock_move_to_its_end()
    {
        var ended = WorkAsync(async () => await Task.Delay(TimeSpan.FromMinutes(5), clock));

        Assert.True(tracker.IsIdle);
        await clock.RunUntilAsync(Start.AddHours(1));

        Assert.Equal(Start.AddMinutes(5), await ended);
    }

    [Fact]
    public async Task A_delay_inside_work_inside_work_lets_the_clock_move()
    {
        var ended = WorkAsync(async () =>
        {
            using (tracker.Begin("inner"))
            {
                await Task.Delay(TimeSpan.FromMinutes(5), clock);
            }
        });

        await clock.RunUntilAsync(Start.AddHours(1));

        Assert.Equal(Start.AddMinutes(5), await ended);
    }

    [Fact]
    public async Task A_delay_that_is_cancelled_makes_the_work_runnable_again()
    {
        using var cancellation = new CancellationTokenSource();
        var proceed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = WorkAsync(async () =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromDays(1), clock, cancellation.Token));
            await proceed.Task;
        });
        Assert.True(tracker.IsIdle);

        await cancellation.CancelAsync();

        Assert.False(tracker.IsIdle);
        proceed.SetResult();
        await clock.RunUntilAsync(Start.AddDays(2));
        Assert.Equal(Start, await ended);
    }

    [Fact]
    public async Task Work_that_ends_with_a_delay_left_behind_does_not_count_twice()
    {
        await WorkAsync(() =>
        {
            _ = Task.Delay(TimeSpan.FromHours(2), clock);
            return Task.CompletedTask;
        });
        var other = tracker.Begin("other");

        var run = clock.RunUntilAsync(Start.AddHours(3));
        Assert.False(run.IsCompleted);
        other.Dispose();
        await run;

        Assert.True(tracker.IsIdle);
    }

    [Fact]
    public async Task A_cancellation_after_a_time_does_not_let_the_clock_pass_the_work()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = WorkAsync(async () =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(100), clock);
            await answer.Task.WaitAsync(limit.Token);
        });

        var run = clock.RunUntilAsync(Start.AddHours(1));
        Assert.False(tracker.IsIdle);
        answer.SetResult();
        await run;

        Assert.Equal(Start, await ended);
    }

    [Fact]
    public async Task A_limit_on_a_wait_does_not_let_the_clock_pass_the_work()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = WorkAsync(() => answer.Task.WaitAsync(TimeSpan.FromSeconds(100), clock));

        var run = clock.RunUntilAsync(Start.AddHours(1));
        Assert.False(tracker.IsIdle);
        answer.SetResult();
        await run;

        Assert.Equal(Start, await ended);
    }

    [Fact]
    public async Task Work_can_wait_for_other_work_and_be_runnable_again_before_that_ends()
    {
        var answer = new TaskCompletionSource();
        var ended = WorkAsync(async () =>
        {
            using (WorkTracker.BeginWait())
            {
                await answer.Task;
            }
        });
        Assert.True(tracker.IsIdle);
        using var timer = clock.CreateTimer(_ => answer.SetResult(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        await clock.RunUntilAsync(Start.AddHours(2));

        Assert.Equal(Start.AddHours(1), await ended);
    }

    [Fact]
    public async Task Infrastructure_armed_outside_of_work_does_not_make_work_wait()
    {
        using var queued = tracker.Begin("queued", ambient: false);
        using var timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        Assert.False(tracker.IsIdle);
        await Task.CompletedTask;
    }

    [Fact]
    public void Disposing_of_work_twice_counts_once()
    {
        using var other = tracker.Begin("other", ambient: false);
        var work = tracker.Begin("work", ambient: false);

        work.Dispose();
        work.Dispose();

        Assert.False(tracker.IsIdle);
    }

    [Fact]
    public async Task Hundreds_of_pieces_of_work_never_see_the_clock_pass_them()
    {
        const int Pieces = 200;
        const int Steps = 50;
        var late = 0;
        using var starting = tracker.Begin("starting", ambient: false);
        var allStarted = new CountdownEvent(Pieces);
        var pieces = Enumerable.Range(0, Pieces).Select(seed => Task.Run(() => WorkAsync(async () =>
        {
            allStarted.Signal();
            var random = new Random(seed);
            for (var step = 0; step < Steps; step++)
            {
                var due = clock.GetUtcNow().AddSeconds(random.Next(0, 100));
                await Task.Delay(due - clock.GetUtcNow(), clock);
                for (var turn = random.Next(0, 5); turn > 0; turn--)
                {
                    // Between delays the work hops between threads; the clock must not move meanwhile.
                    await Task.Run(() => Thread.SpinWait(100));
                }

                if (clock.GetUtcNow() != due)
                {
                    Interlocked.Increment(ref late);
                }
            }
        }))).ToArray();

        var run = clock.RunUntilAsync(Start.AddDays(1));
        allStarted.Wait();
        starting.Dispose();
        var ends = await Task.WhenAll(pieces);
        await run;

        Assert.Equal(0, late);
        Assert.All(ends, end => Assert.InRange(end, Start, Start.AddSeconds(100 * Steps)));
        Assert.True(tracker.IsIdle);
        Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
    }

    private async Task<DateTimeOffset> WorkAsync(Func<Task> body)
    {
        using (tracker.Begin("work"))
        {
            await body();
            return clock.GetUtcNow();
        }
    }

    private static async Task EndAfterAsync(Task signal, IDisposable work, List<string> log)
    {
        await signal;
        log.Add("first");
        work.Dispose();
    }
}
