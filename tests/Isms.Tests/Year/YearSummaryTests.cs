using Isms.Year;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

public sealed class YearSummaryTests
{
    private static readonly ManagementYear Year = new() { FiscalYear = "FY2026", StartMonth = 4, StartedAt = Morning("2026-04-01"), StartedBy = "nakamura" };
    private static readonly AuditFigures Audits = new(1, 0, 2, 3);
    private static readonly ActionFigures Actions = new(2, 1, 1, 0);

    [Fact]
    public void It_counts_by_phase_in_the_order_of_the_cycle()
    {
        var summary = Of([Item(PlanItemState.Done) with { Phase = PlanPhase.Act }, Item(PlanItemState.Waived) with { Phase = PlanPhase.Plan }, Item(PlanItemState.Done) with { Phase = PlanPhase.Plan }]);

        Assert.Equal([(PlanPhase.Plan, 2, 1), (PlanPhase.Act, 1, 1)], summary.Phases.Select(p => (p.Phase, p.Progress.Total, p.Progress.Done)));
        Assert.Equal((Audits, Actions), (summary.Audits, summary.Actions));
    }

    [Fact]
    public void What_was_carried_over_comes_before_what_was_waived() => Assert.Equal(
        [PlanItemState.CarriedOver, PlanItemState.Waived],
        Of([Item(PlanItemState.Waived), Item(PlanItemState.Done), Item(PlanItemState.CarriedOver)]).Unsettled.Select(i => i.State));

    [Fact]
    public void It_names_the_requirements_that_nothing_of_the_year_shows()
    {
        var audit = Item(PlanItemState.CarriedOver) with { Duty = "internal-audit", Clauses = ["9.2"] };

        var unshown = Assert.Single(Of([audit, Item(PlanItemState.Done)]).Unshown);

        Assert.Equal(["9.2"], unshown.Clauses);
        Assert.Equal("内部監査", unshown.Title.Ja);
    }

    [Fact]
    public void One_done_item_of_a_repeated_duty_shows_its_requirement()
    {
        PlanItem Check(PlanItemState state) => Item(state) with { Duty = "backup-check", Clauses = [], Controls = ["8.13"] };

        Assert.Empty(Of([Check(PlanItemState.CarriedOver), Check(PlanItemState.Done)]).Unshown);
        Assert.Single(Of([Check(PlanItemState.CarriedOver), Check(PlanItemState.Waived)]).Unshown);
    }

    [Fact]
    public void A_dropped_duty_is_named_as_well()
    {
        var without = Year with { Changes = [new() { Kind = PlanChangeKind.Drop, Duty = "management-review", Reason = "x" }] };

        Assert.Equal(["9.3"], Assert.Single(YearSummary.Of(without, [Item(PlanItemState.Done)], [], Audits, Actions, Tokyo).Unshown).Clauses);
    }

    [Fact]
    public void It_compares_with_the_year_before_where_there_was_one()
    {
        Assert.Null(Of([Item(PlanItemState.Done)]).OnTimePercentBefore);
        Assert.Equal(50.0, YearSummary.Of(Year, [], [Item(PlanItemState.Done), Item(PlanItemState.CarriedOver)], Audits, Actions, Tokyo).OnTimePercentBefore);
    }

    [Theory]
    [InlineData("2026-03-31", YearState.Prepared)]
    [InlineData("2026-04-01", YearState.Running)]
    public void A_year_is_prepared_until_its_first_day(string today, YearState state)
    {
        Assert.Equal(state, Year.StateOn(Dates.Day(today)));
        Assert.Equal(YearState.Closed, Year.Close("e", Morning("2027-04-01")).StateOn(Dates.Day(today)));
    }

    private static YearSummary Of(IReadOnlyList<PlanItem> items) => YearSummary.Of(Year, items, [], Audits, Actions, Tokyo);
}
