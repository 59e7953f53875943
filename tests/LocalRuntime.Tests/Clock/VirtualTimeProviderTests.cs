namespace LocalRuntime.Tests.Clock;

public sealed class VirtualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly WorkTracker tracker = new();
    private readonly VirtualTimeProvider clock;

    public VirtualTimeProviderTests()
    {
        clock = new VirtualTimeProvider(Start, tracker);
    }

    [Fact]
    public async Task Timers_fire_by_due_time_and_then_in_the_order_they_were_armed()
    {
        var fired = new List<string>();
        Arm("second", 2, fired);
        Arm("first", 1, fired);
        Arm("also second", 2, fired);

        var count = await clock.RunUntilAsync(Start.AddHours(3));

        Assert.Equal(["first", "second", "also second"], fired);
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task A_timer_that_is_due_at_the_end_fires_and_a_later_one_does_not()
    {
        var fired = new List<string>();
        Arm("at the end", 2, fired);
        using var later = clock.CreateTimer(_ => fired.Add("later"), null, TimeSpan.FromHours(2) + TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);

        await clock.RunUntilAsync(Start.AddHours(2));

        Assert.Equal(["at the end"], fired);
    }

    [Fact]
    public async Task The_clock_stands_at_the_due_time_while_a_timer_fires_and_at_the_end_afterwards()
    {
        DateTimeOffset? seen = null;
        using var timer = clock.CreateTimer(_ => seen = clock.GetUtcNow(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        await clock.RunUntilAsync(Start.AddDays(1));

        Assert.Equal(Start.AddHours(1), seen);
        Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_timer_armed_by_a_timer_fires_in_the_same_run()
    {
        var fired = new List<string>();
        using var outer = clock.CreateTimer(_ => Arm("inner", 1, fired), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        await clock.RunUntilAsync(Start.AddHours(2));

        Assert.Equal(["inner"], fired);
    }

    [Fact]
    public async Task A_periodic_timer_fires_once_a_period_until_it_is_disposed()
    {
        var times = new List<DateTimeOffset>();
        var timer = clock.CreateTimer(_ => times.Add(clock.GetUtcNow()), null, TimeSpan.FromHours(1), TimeSpan.FromHours(6));

        await clock.RunUntilAsync(Start.AddHours(13));
        await timer.DisposeAsync();
        await clock.RunUntilAsync(Start.AddDays(9));

        Assert.Equal([Start.AddHours(1), Start.AddHours(7), Start.AddHours(13)], times);
    }

    [Fact]
    public async Task A_changed_timer_fires_at_its_new_time_only()
    {
        var times = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => times.Add(clock.GetUtcNow()), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        Assert.True(timer.Change(TimeSpan.FromHours(5), Timeout.InfiniteTimeSpan));
        await clock.RunUntilAsync(Start.AddDays(1));

        Assert.Equal([Start.AddHours(5)], times);
    }

    [Fact]
    public async Task A_timer_that_was_disposed_of_neither_fires_nor_can_be_changed()
    {
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();

        Assert.False(timer.Change(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan));
        Assert.Equal(0, await clock.RunUntilAsync(Start.AddDays(1)));
        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task Each_jump_is_announced_before_timers_fire()
    {
        var seen = new List<string>();
        clock.Moved = now => seen.Add($"moved to {now:HH}");
        Arm("one", 1, seen);
        Arm("two", 1, seen);

        await clock.RunUntilAsync(Start.AddHours(2));

        Assert.Equal(["moved to 01", "one", "two", "moved to 02"], seen);
    }

    [Fact]
    public async Task What_is_thrown_at_a_jump_stops_the_clock()
    {
        var fired = new List<string>();
        clock.Moved = _ => throw new IOException("disk full");
        Arm("one", 1, fired);

        await Assert.ThrowsAsync<IOException>(() => clock.RunUntilAsync(Start.AddHours(2)));

        Assert.Empty(fired);
    }

    [Fact]
    public async Task Running_to_the_past_moves_nothing()
    {
        await clock.RunUntilAsync(Start.AddDays(-1));

        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task Running_can_be_cancelled_while_work_holds_the_clock()
    {
        using var work = tracker.Begin("stuck");
        using var cancellation = new CancellationTokenSource();

        var run = clock.RunUntilAsync(Start.AddDays(1), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public void Elapsed_time_is_that_of_the_clock()
    {
        Assert.Equal(TimeSpan.FromSeconds(1).Ticks, clock.TimestampFrequency);
        Assert.Equal(TimeZoneInfo.Utc, clock.LocalTimeZone);
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(clock.GetTimestamp()));
    }

    private void Arm(string name, int hours, List<string> fired) =>
        clock.CreateTimer(_ => fired.Add(name), null, TimeSpan.FromHours(hours), Timeout.InfiniteTimeSpan);
}
