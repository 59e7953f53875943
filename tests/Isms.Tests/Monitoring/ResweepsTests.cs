using Isms.Evidence;
using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class ResweepsTests
{
    private static readonly DateTimeOffset First = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LogTimes Times = new(TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromDays(30), TimeSpan.FromDays(25));

    [Fact]
    public void Nothing_is_due_before_the_oldest_window_is_as_old_as_the_setting_says()
    {
        var state = Days(30);
        Assert.Empty(Resweeps.Due(state, First.AddDays(25).AddSeconds(-1), Times));
        Assert.Single(Resweeps.Due(state, First.AddDays(25), Times));
    }

    [Fact]
    public void The_oldest_takes_those_behind_it_with_it_that_are_old_enough()
    {
        var sweep = Assert.Single(Resweeps.Due(Days(30), First.AddDays(25), Times));
        Assert.Equal(new Period(First, First.AddDays(6)), sweep.Period);
        Assert.Equal(["item-0", "item-1", "item-2", "item-3", "item-4", "item-5"], sweep.Supplements);
        Assert.Equal((0, (string?)null), (sweep.Attempt, sweep.Supersedes));
    }

    [Fact]
    public void A_window_that_was_swept_is_not_swept_again()
    {
        var state = CollectorRules.Sweep(Days(30), ["item-0", "item-1", "item-2", "item-3", "item-4", "item-5"], Look(0));
        Assert.Empty(Resweeps.Due(state, First.AddDays(26), Times));
        Assert.Equal(First.AddDays(6), Assert.Single(Resweeps.Due(state, First.AddDays(31), Times)).Period.From);
    }

    [Fact]
    public void A_sweep_with_a_gap_is_repeated_after_a_pause_for_the_same_windows_and_knows_its_rows()
    {
        var state = CollectorRules.Sweep(Days(30), ["item-0", "item-1"], Look(0, GapReasons.ServiceError));
        Assert.Empty(Resweeps.Due(state, First.AddDays(25).AddMinutes(59), Times));
        var again = Resweeps.Due(state, First.AddDays(25).AddHours(1), Times)[0];
        Assert.Equal((1, new Period(First, First.AddDays(2))), (again.Attempt, again.Period));
        Assert.Contains("sweep-folder-0", again.Earlier);
    }

    [Fact]
    public void What_is_pulled_again_anyway_or_gone_or_was_read_late_needs_no_sweep()
    {
        CollectedWindow window = new(First, First.AddDays(1), "item", "folder", 0, [], First.AddDays(1));
        Assert.Single(Due(window));
        Assert.Empty(Due(window with { Gaps = [GapReasons.ServiceError] }));
        Assert.Single(Due(window with { Gaps = [GapReasons.NotLicensed] }));
        Assert.Empty(Due(window with { At = First.AddDays(20) }));
        Assert.Empty(Due(window with { To = First }));
        Assert.Empty(Resweeps.Due(new CollectorState { Collected = [window] }, First.AddDays(30), Times));
        Assert.Empty(Resweeps.Due(new CollectorState { Collected = [window] }, First.AddDays(26), Times with { ResweepAge = TimeSpan.FromDays(30) }));
    }

    [Fact]
    public void A_sweep_ends_at_a_hole_and_where_too_many_rows_would_have_to_be_known()
    {
        var state = Days(30);
        state = state with { Collected = [.. state.Collected.Where(w => w.EvidenceId != "item-2")] };
        Assert.Equal([2], Resweeps.Due(state, First.AddDays(25), Times).Select(s => s.Supplements!.Count));
        state = state with { Collected = [.. Days(30).Collected.Select(w => w with { Rows = 300_000 })] };
        Assert.Equal([1], Resweeps.Due(state, First.AddDays(25), Times).Select(s => s.Supplements!.Count));
    }

    [Fact]
    public void Windows_that_wait_for_their_second_look_are_remembered_however_many_come_after_them()
    {
        var state = new CollectorState();
        for (var hour = 0; hour < 150; hour++)
        {
            state = CollectorRules.Record(
                state, new CollectedWindow(First.AddHours(hour), First.AddHours(hour + 1), $"item-{hour}", "folder", 0, [], First.AddHours(hour + 3)));
        }

        Assert.Equal(150, state.Collected.Count);
        state = CollectorRules.Sweep(state, [.. state.Collected.Take(100).Select(w => w.EvidenceId)], Look(0));
        state = CollectorRules.Record(state, new CollectedWindow(First.AddDays(20), First.AddDays(21), "last", "folder", 0, [], First.AddDays(21)));
        Assert.Equal(60, state.Collected.Count);
    }

    [Fact]
    public void Held_time_is_not_asked_for_again_and_partial_windows_are_asked_for_as_a_whole()
    {
        HeldWindow Held(int from, int to, params Gap[] gaps) =>
            new(new Period(First.AddHours(from), First.AddHours(to)), $"held-{from}", "folder", 0, gaps, First.AddDays(2));
        var planned = SignInWindows.Asked(
            new Period(First.AddHours(2), First.AddHours(30)), [Held(0, 4), Held(6, 10, new Gap("x", GapReasons.NotLicensed, "")), Held(20, 22)], TimeZoneInfo.Utc);
        Assert.Equal(
            [(4, 6, 0), (6, 10, 1), (10, 20, 0), (22, 24, 0), (24, 30, 0)],
            planned.Select(p => ((int)(p.Period.From - First).TotalHours, (int)(p.Period.To - First).TotalHours, p.Attempt)));
        Assert.Equal("held-6", planned[1].Supersedes);
    }

    private static IReadOnlyList<PlannedWindow> Due(CollectedWindow window) =>
        Resweeps.Due(new CollectorState { Collected = [window] }, First.AddDays(26), Times);

    private static CollectorState Days(int days) => new()
    {
        Collected = [.. Enumerable.Range(0, days).Select(d => new CollectedWindow(First.AddDays(d), First.AddDays(d + 1), $"item-{d}", $"folder-{d}", 0, [], First.AddDays(d + 1).AddHours(3)))],
    };

    private static Resweep Look(int attempt, params string[] gaps) => new($"sweep-{attempt}", $"sweep-folder-{attempt}", attempt, gaps, First.AddDays(25));
}
