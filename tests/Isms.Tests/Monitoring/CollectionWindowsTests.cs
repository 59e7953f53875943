using Isms.Evidence;
using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class CollectionWindowsTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly TimeSpan Lag = TimeSpan.FromHours(2);

    [Fact]
    public void The_first_run_on_demand_takes_the_last_24_hours_up_to_the_lag_cut_at_midnight()
    {
        var windows = CollectionWindows.Due(null, At("2026-04-10T03:30:40Z"), Lag, Tokyo, wholeDays: false);

        Assert.Equal([Window("2026-04-09T01:30:00Z", "2026-04-09T15:00:00Z"), Window("2026-04-09T15:00:00Z", "2026-04-10T01:30:00Z")], windows);
    }

    [Fact]
    public void The_first_scheduled_run_takes_the_last_whole_day()
    {
        Assert.Equal(
            [Window("2026-04-08T15:00:00Z", "2026-04-09T15:00:00Z")], CollectionWindows.Due(null, At("2026-04-09T18:30:00Z"), Lag, Tokyo, wholeDays: true));
    }

    [Theory]
    [InlineData("2026-04-09T16:59:00Z", 0)] // 01:59 in Tokyo: yesterday's rows may still arrive
    [InlineData("2026-04-09T17:00:00Z", 1)]
    [InlineData("2026-04-10T16:59:59Z", 1)]
    [InlineData("2026-04-10T17:00:00Z", 2)]
    public void A_day_is_due_when_it_has_been_over_for_the_lag(string now, int due)
    {
        Assert.Equal(due, CollectionWindows.Due(At("2026-04-08T15:00:00Z"), At(now), Lag, Tokyo, wholeDays: true).Count);
    }

    [Fact]
    public void Windows_follow_each_other_without_a_hole_whoever_asks()
    {
        DateTimeOffset? watermark = null;
        var all = new List<Period>();
        foreach (var (now, wholeDays) in new[] { ("2026-04-09T06:12:00Z", false), ("2026-04-09T18:30:00Z", true), ("2026-04-10T00:00:00Z", false), ("2026-04-14T18:30:00Z", true) })
        {
            all.AddRange(CollectionWindows.Due(watermark, At(now), Lag, Tokyo, wholeDays));
            watermark = all[^1].To;
        }

        Assert.All(all.Zip(all.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(all, w => Assert.Equal(CollectionWindows.StartOfDay(w.From, Tokyo), CollectionWindows.StartOfDay(w.To.AddTicks(-1), Tokyo)));
        Assert.Equal(At("2026-04-14T15:00:00Z"), watermark);
    }

    [Fact]
    public void Days_are_23_and_25_hours_long_where_clocks_change()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var windows = CollectionWindows.Between(At("2026-03-27T23:00:00Z"), At("2026-03-30T22:00:00Z"), berlin);
        Assert.Equal([24, 23, 24], windows.Select(w => (w.To - w.From).TotalHours));
    }

    [Fact]
    public void Nothing_is_due_before_anything_is_over()
    {
        Assert.Empty(CollectionWindows.Due(At("2026-04-10T00:00:00Z"), At("2026-04-10T02:00:00Z"), Lag, Tokyo, wholeDays: false));
        Assert.Empty(CollectionWindows.Due(At("2026-04-10T00:00:00Z"), At("2026-04-10T01:00:00Z"), Lag, Tokyo, wholeDays: false));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Period Window(string from, string to) => new(At(from), At(to));
}
