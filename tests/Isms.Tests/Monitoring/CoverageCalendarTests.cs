using Isms.Evidence;
using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class CoverageCalendarTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly LogTimes Times = new(TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromDays(30), TimeSpan.FromDays(25));
    private static readonly DateTimeOffset Now = At("2026-05-10T03:00:00Z"); // noon in Tokyo

    [Fact]
    public void An_hour_is_as_good_as_its_worst_part()
    {
        var day = Day("2026-05-08", Window("2026-05-07T15:00:00Z", "2026-05-07T18:30:00Z"), Window("2026-05-07T20:00:00Z", "2026-05-08T15:00:00Z"));
        Assert.Equal(
            [Coverage.Complete, Coverage.Complete, Coverage.Complete, Coverage.Missing, Coverage.Missing, Coverage.Complete], day.Hours.Take(6));
        Assert.Equal(24, day.Hours.Count);
    }

    [Fact]
    public void Hours_that_are_not_over_for_the_lag_are_not_yet_due()
    {
        var hours = Day("2026-05-10").Hours;
        Assert.Equal((10, 14), (hours.Count(h => h == Coverage.Missing), hours.Count(h => h == Coverage.NotYet)));
    }

    [Fact]
    public void What_nothing_holds_and_the_service_has_forgotten_is_lost_for_good()
    {
        Assert.All(Day("2026-04-09").Hours, h => Assert.Equal(Coverage.Lost, h));
        Assert.All(Day("2026-04-11").Hours, h => Assert.Equal(Coverage.Missing, h));
    }

    [Fact]
    public void A_gap_makes_the_hours_partial_that_it_speaks_of_and_is_final_when_the_service_has_forgotten_them()
    {
        var gap = new Gap("sign-ins: interactive", GapReasons.ServiceError, "503", new Period(At("2026-05-07T16:00:00Z"), At("2026-05-07T18:00:00Z")));
        var day = Day("2026-05-08", Window("2026-05-07T15:00:00Z", "2026-05-08T15:00:00Z", gap));
        Assert.Equal([Coverage.Complete, Coverage.Partial, Coverage.Partial, Coverage.Complete], day.Hours.Take(4));
        Assert.Equal(new CoverageGap("sign-ins: interactive", GapReasons.ServiceError, "503", false), Assert.Single(day.Gaps));

        var old = new Gap("sign-ins: interactive", GapReasons.ServiceError, "503");
        Assert.True(Assert.Single(Day("2026-04-09", Window("2026-04-08T15:00:00Z", "2026-04-09T15:00:00Z", old)).Gaps).IsFinal);
    }

    [Fact]
    public void Days_are_as_long_as_the_clocks_make_them()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var days = new CoverageCalendar([], [], Times, Now, berlin).Days(new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 30));
        Assert.Equal([24, 23, 24], days.Select(d => d.Hours.Count));
    }

    [Fact]
    public void The_second_look_is_done_when_all_of_the_day_was_read_again_or_read_late_enough_in_the_first_place()
    {
        var window = Window("2026-04-10T15:00:00Z", "2026-04-11T15:00:00Z");
        var date = new DateOnly(2026, 4, 11);
        Assert.Equal(SecondLook.NotYet, Look(date, [window], []));
        Assert.Equal(SecondLook.Done, Look(date, [window], [Window("2026-04-08T15:00:00Z", "2026-04-13T15:00:00Z")]));
        Assert.Equal(SecondLook.Partial, Look(date, [window], [Window("2026-04-08T15:00:00Z", "2026-04-11T03:00:00Z")]));
        Assert.Equal(SecondLook.Partial, Look(date, [window], [Window("2026-04-08T15:00:00Z", "2026-04-13T15:00:00Z", new Gap("x", GapReasons.ThrottledOut, ""))]));
        Assert.Equal(SecondLook.Done, Look(date, [window with { RecordedAt = Now }], []));
        Assert.Equal(SecondLook.Missed, Look(new DateOnly(2026, 4, 9), [], []));
    }

    [Fact]
    public void An_item_that_another_replaces_no_longer_counts_and_the_chain_tells_the_attempt()
    {
        var held = HeldWindow.Of([Item("a", null), Item("b", "a"), Item("c", "b")]);
        Assert.Equal(("c", 2), (Assert.Single(held).EvidenceId, held[0].Attempt));
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(30, 25)]
    public void By_default_a_sixth_of_the_retention_is_left_to_the_second_look(int retention, int age) =>
        Assert.Equal(TimeSpan.FromDays(age), LogTimes.DefaultResweepAge(TimeSpan.FromDays(retention)));

    [Fact]
    public void What_is_left_of_a_time_without_others_is_what_none_of_them_holds()
    {
        Period P(int from, int to) => new(Now.AddHours(from), Now.AddHours(to));
        Assert.Equal([P(0, 10)], CollectionWindows.Without(P(0, 10), []));
        Assert.Equal([P(2, 4), P(6, 8)], CollectionWindows.Without(P(0, 10), [P(8, 12), P(-5, 2), P(4, 5), P(3, 6) with { From = Now.AddHours(4) }]));
        Assert.Empty(CollectionWindows.Without(P(0, 10), [P(0, 6), P(5, 10)]));
        Assert.Equal([P(0, 10)], CollectionWindows.Without(P(0, 10), [P(10, 12), P(-3, 0)]));
    }

    private static CoverageDay Day(string date, params HeldWindow[] held) =>
        Assert.Single(new CoverageCalendar(held, [], Times, Now, Tokyo).Days(DateOnly.Parse(date, null), DateOnly.Parse(date, null)));

    private static SecondLook Look(DateOnly date, HeldWindow[] held, HeldWindow[] late) =>
        new CoverageCalendar(held, late, Times, Now, Tokyo).Days(date, date)[0].SecondLook;

    private static HeldWindow Window(string from, string to, params Gap[] gaps) =>
        new(new Period(At(from), At(to)), "item-" + from, "folder", 0, gaps, At(to).AddHours(3));

    private static EvidenceManifest Item(string id, string? supersedes) => new()
    {
        Id = id,
        FiscalYear = "FY2026",
        Type = EvidenceType.Operation,
        Title = new("題", "Title"),
        Period = new Period(Now.AddDays(-1), Now),
        Source = new EvidenceSource(),
        Completeness = Completeness.Complete,
        Files = [],
        Supersedes = supersedes,
        CreatedAt = Now,
        CreatedBy = "system",
        Producer = "x",
    };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
