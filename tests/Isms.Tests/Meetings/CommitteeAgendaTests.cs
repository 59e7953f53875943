using Isms.CorrectiveActions;
using Isms.Meetings;
using Isms.Monitoring;
using Isms.Registers;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Meetings.SampleMeetings;

namespace Isms.Tests.Meetings;

public sealed class CommitteeAgendaTests
{
    private static readonly AgendaPeriod Period = new("FY2026", Day("2027-01-21"), Day("2027-02-18"), Day("2027-03-21"));

    [Fact]
    public void It_begins_with_what_was_decided_and_is_open_even_where_that_is_nothing()
    {
        Assert.Equal(["なし"], CommitteeAgenda.OfDecisions([], Period, Firm).Lines.Select(l => l.Ja));
        var lines = CommitteeAgenda.OfDecisions([In(MeetingStage.FollowingUp), In(MeetingStage.Closed)], Period, Firm).Lines;
        Assert.Equal(
            ["[Overdue] review-FY2026-01 d-01: 教育担当を1名増やす (owner: watanabe, due: 29 January 2027)", "review-FY2026-01 d-02: 点検表を電子化する (owner: ito, due: 26 February 2027)"],
            lines.Select(l => l.En));
    }

    [Fact]
    public void It_names_overdue_items_and_those_that_come_up_and_leaves_out_points_without_lines()
    {
        var plan = YearPlanning.Plan(new FiscalYear(2026, 4), Firm, PlanCatalogue.Standard, Opened);
        PlanItem Item(string id, PlanItemState state) => plan.Single(i => i.Id == id) with { State = state };
        var points = CommitteeAgenda.OfPlan(
            [Item("supplier-review-it", PlanItemState.Open), Item("backup-check-m11", PlanItemState.Open), Item("log-review-m11", PlanItemState.Submitted), Item("improvement-plan", PlanItemState.Scheduled)],
            Period, Firm);
        Assert.Equal(["overdue-items", "coming-items"], points.Select(p => p.Key));
        Assert.Single(points[0].Lines);
        Assert.Contains("バックアップ点検", Assert.Single(points[1].Lines).Ja, StringComparison.Ordinal);
        Assert.Empty(CommitteeAgenda.OfPlan([Item("log-review-m11", PlanItemState.Done)], Period, Firm));
    }

    [Fact]
    public void A_long_list_is_cut_and_says_how_much_more_there_is()
    {
        var nonconformity = new Nonconformity("it", LocalizedText.Same("r"), "fact", []);
        var actions = Enumerable.Range(1, 18).Select(n => ActionRules.IsRaised($"action-FY2026-{n:000}", new FiscalYear(2026, 4), new ActionSource(ActionOrigin.Manual), nonconformity, "ito", "nakamura", Opened));
        var lines = Assert.Single(CommitteeAgenda.OfActions(actions, Period, Firm)).Lines;
        Assert.Equal(16, lines.Count);
        Assert.Equal("3 more", lines[^1].En);
    }

    [Fact]
    public void Gaps_of_collectors_and_objectives_that_were_not_met_are_points()
    {
        CollectedWindow Window(string day, params string[] gaps) => new(Office.StartOf(Day(day)), Office.StartOf(Day(day).AddDays(1)), "e", "f", 0, gaps);
        var point = Assert.Single(CommitteeAgenda.OfCollectors(
            [(new LocalizedText("サインイン", "Sign-ins"), [Window("2027-01-05", "throttled-out"), Window("2027-02-05", "service-error"), Window("2027-02-06")])], Period, Firm));
        Assert.Equal("Sign-ins: 1 of 2 incomplete", Assert.Single(point.Lines).En);

        RegisterEntry Objective(string id, string achievement) => new()
        {
            Id = id, Revision = 1, ChangedAt = Opened, ChangedBy = "x",
            Values = new Dictionary<string, string> { ["name"] = "誤送信", ["target"] = "0", ["unit"] = "件", ["achievement"] = achievement },
        };
        Assert.Equal("O-0002 誤送信(目標値: 0 件)", Assert.Single(Assert.Single(CommitteeAgenda.OfObjectives([Objective("O-0001", "met"), Objective("O-0002", "notMet")])).Lines).Ja);
    }
}
