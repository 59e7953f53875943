using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class CollectorRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 10, 12, 30, 0, TimeSpan.Zero);
    private static readonly CollectorRun Run = new("collect-sign-ins-2026041012", Noon, "schedule");

    [Fact]
    public void A_second_run_in_the_same_hour_has_an_id_of_its_own()
    {
        var state = new CollectorState();
        Assert.Equal("collect-sign-ins-2026041012", CollectorRules.InstanceIdOf("sign-ins", state, Noon));

        state = CollectorRules.End(CollectorRules.Begin(state, Run), Run.InstanceId, Noon, null);
        Assert.Equal("collect-sign-ins-2026041012-2", CollectorRules.InstanceIdOf("sign-ins", state, Noon));
        Assert.Equal("collect-sign-ins-2026041013", CollectorRules.InstanceIdOf("sign-ins", state, Noon.AddHours(1)));
    }

    [Fact]
    public void While_a_run_is_under_way_another_one_is_that_one()
    {
        var state = CollectorRules.Begin(CollectorRules.Begin(new CollectorState(), Run), Run with { InstanceId = "other" });
        Assert.Equal(Run.InstanceId, state.Active!.InstanceId);
    }

    [Fact]
    public void The_watermark_moves_to_the_end_of_a_window_that_adjoins_it()
    {
        var state = CollectorRules.Record(new CollectorState(), Window(1, 2));
        Assert.Equal(Day(2), state.Watermark);
        Assert.Equal(Day(3), CollectorRules.Record(state, Window(2, 3)).Watermark);
        Assert.Equal(Day(4), CollectorRules.Record(state, Window(1, 4)).Watermark);
    }

    [Fact]
    public void The_watermark_never_jumps_over_time_that_was_not_collected_and_never_goes_back()
    {
        var state = CollectorRules.Record(new CollectorState(), Window(5, 6));
        Assert.Equal(Day(6), CollectorRules.Record(state, Window(8, 9)).Watermark);
        Assert.Equal(Day(6), CollectorRules.Record(state, Window(1, 2)).Watermark);
    }

    [Fact]
    public void Recording_twice_changes_nothing()
    {
        var once = CollectorRules.Record(CollectorRules.Begin(new CollectorState(), Run), Window(1, 2));
        var twice = CollectorRules.Record(once, Window(1, 2));
        Assert.Single(twice.Collected);
        Assert.Single(twice.Active!.Evidence);
    }

    [Fact]
    public void A_later_attempt_takes_the_place_of_the_one_with_gaps()
    {
        var state = CollectorRules.Record(new CollectorState(), Window(1, 2, 0, GapReasons.ServiceError));
        state = CollectorRules.Record(state, Window(1, 2, 1));
        Assert.Equal([1], state.Collected.Select(w => w.Attempt));
        Assert.Empty(CollectorRules.ToCloseGaps(state, Day(3), TimeSpan.FromDays(30)));
    }

    [Theory]
    [InlineData(GapReasons.ThrottledOut, true)]
    [InlineData(GapReasons.ServiceError, true)]
    [InlineData(GapReasons.PermissionPending, true)]
    [InlineData(GapReasons.NotLicensed, false)]
    [InlineData(GapReasons.NotOffered, false)]
    public void A_gap_is_tried_again_only_where_that_can_help(string reason, bool again)
    {
        var state = CollectorRules.Record(new CollectorState(), Window(1, 2, 0, reason));
        Assert.Equal(again, CollectorRules.ToCloseGaps(state, Day(3), TimeSpan.FromDays(30)).Count == 1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(5, 24)]
    [InlineData(20, 24)]
    public void A_gap_is_tried_again_after_pauses_that_grow_to_a_day(int attempt, int hours)
    {
        var state = CollectorRules.Record(new CollectorState(), Window(1, 2, attempt, GapReasons.ServiceError) with { At = Day(3) });
        Assert.Empty(CollectorRules.ToCloseGaps(state, Day(3).AddHours(hours).AddSeconds(-1), TimeSpan.FromDays(30)));
        Assert.Single(CollectorRules.ToCloseGaps(state, Day(3).AddHours(hours), TimeSpan.FromDays(30)));
    }

    [Fact]
    public void A_gap_is_tried_again_until_the_log_is_gone_and_the_last_attempt_knows_that_it_is()
    {
        var state = CollectorRules.Record(new CollectorState(), Window(1, 2, 12, GapReasons.ServiceError) with { At = Day(6) });
        Assert.Single(CollectorRules.ToCloseGaps(state, Day(7), TimeSpan.FromDays(7)));
        Assert.Empty(CollectorRules.ToCloseGaps(state, Day(8), TimeSpan.FromDays(7)));
        Assert.False(CollectorRules.GapsAreFinal(Day(1), 12, Day(6), TimeSpan.FromDays(7)));
        Assert.True(CollectorRules.GapsAreFinal(Day(1), 13, Day(7), TimeSpan.FromDays(7)));
    }

    [Fact]
    public void A_run_with_any_gap_is_partial()
    {
        var state = CollectorRules.Begin(new CollectorState(), Run);
        state = CollectorRules.Record(state, Window(1, 2, 0, GapReasons.NotLicensed));
        state = CollectorRules.Record(state, Window(2, 3));
        state = CollectorRules.End(state, Run.InstanceId, Noon, null);
        Assert.Equal(("completed", "partial", 2), (state.Runs[^1].Status, state.Runs[^1].Completeness, state.Runs[^1].Evidence.Count));
        Assert.Null(state.Active);
    }

    [Fact]
    public void Ending_a_run_that_is_not_under_way_changes_nothing()
    {
        var state = CollectorRules.Begin(new CollectorState(), Run);
        Assert.Same(state, CollectorRules.End(state, "other", Noon, "x"));
    }

    [Fact]
    public void Time_that_is_not_over_empty_or_no_longer_kept_cannot_be_collected()
    {
        var (lag, retention) = (TimeSpan.FromHours(2), TimeSpan.FromDays(30));
        Assert.Null(CollectorRules.WindowCannotBeCollected(Noon.AddDays(-1), Noon - lag, Noon, lag, retention));
        Assert.Equal("collector-window-empty", CollectorRules.WindowCannotBeCollected(Noon, Noon, Noon, lag, retention)!.Code);
        Assert.Equal("collector-window-open", CollectorRules.WindowCannotBeCollected(Noon.AddDays(-1), Noon, Noon, lag, retention)!.Code);
        Assert.Equal("collector-window-too-long", CollectorRules.WindowCannotBeCollected(Noon.AddDays(-40), Noon.AddDays(-8), Noon, lag, TimeSpan.FromDays(90))!.Code);
        Assert.Equal("collector-window-gone", CollectorRules.WindowCannotBeCollected(Noon.AddDays(-31), Noon.AddDays(-1), Noon, lag, retention)!.Code);
    }

    [Fact]
    public void A_run_first_closes_gaps_and_then_takes_what_is_due()
    {
        var zone = TimeZoneInfo.Utc;
        var state = CollectorRules.Record(new CollectorState(), Window(7, 8, 0, GapReasons.ThrottledOut));
        state = CollectorRules.Begin(CollectorRules.Record(state, Window(8, 9)), Run);

        var windows = SignInWindows.Of(state, Run.InstanceId, Noon, new LogTimes(TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromDays(30), TimeSpan.FromDays(25)), zone);

        Assert.Equal([(Day(7), 1, "item-7-0"), (Day(9), 0, null)], windows.Select(w => (w.Period.From, w.Attempt, w.Supersedes)));
    }

    private static DateTimeOffset Day(int day) => new(2026, 4, day, 0, 0, 0, TimeSpan.Zero);

    private static CollectedWindow Window(int from, int to, int attempt = 0, params string[] gaps) =>
        new(Day(from), Day(to), $"item-{from}-{attempt}", $"folder-{from}", attempt, gaps);
}
