using System.Text.Json;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

public sealed class YearPlanningTests
{
    private static readonly DateTimeOffset At = Morning("2026-04-01");
    private static readonly IReadOnlyList<PlanItem> Plan = YearPlanning.Plan(FY2026, Firm, PlanCatalogue.Standard, At);

    /// <summary>The plan table, row by row: first item, how many items for three departments, its window, who does and who approves it, its records.</summary>
    [Theory]
    [InlineData("context-review", "context-review", 1, "2026-04-01", "2026-04-30", Role.IsmsManager, Role.TopManagement, "context-register")]
    [InlineData("legal-review", "legal-review", 1, "2026-04-01", "2026-04-30", Role.Secretariat, null, "legal-register")]
    [InlineData("policy-review", "policy-review", 1, "2026-04-01", "2026-04-30", Role.TopManagement, null, "information-security-policy policy-approval")]
    [InlineData("asset-review", "asset-review-sales", 3, "2026-04-01", "2026-06-01", Role.DepartmentLead, Role.IsmsManager, "asset-register")]
    [InlineData("risk-assessment", "risk-assessment", 1, "2026-04-01", "2026-06-30", Role.PersonInCharge, Role.IsmsManager, "risk-assessment-sheet")]
    [InlineData("risk-treatment", "risk-treatment", 1, "2026-06-01", "2026-06-30", Role.PersonInCharge, Role.TopManagement, "risk-treatment-plan residual-risk-acceptance")]
    [InlineData("soa-review", "soa-review", 1, "2026-06-01", "2026-06-30", Role.PersonInCharge, Role.TopManagement, "statement-of-applicability")]
    [InlineData("objectives", "objectives", 1, "2026-04-01", "2026-06-30", Role.IsmsManager, Role.TopManagement, "objectives")]
    [InlineData("training-plan", "training-plan", 1, "2026-04-01", "2026-06-30", Role.PersonInCharge, null, "training-plan")]
    [InlineData("staff-training", "staff-training", 1, "2026-06-01", "2026-09-30", Role.Secretariat, null, "training-attendance training-material training-results")]
    [InlineData("newcomer-training", "newcomer-training-m01", 12, "2026-04-01", "2026-04-30", Role.Secretariat, null, "training-attendance")]
    [InlineData("specialist-training", "specialist-training", 1, "2026-07-01", "2026-11-30", Role.Secretariat, null, "training-attendance")]
    [InlineData("emergency-drill", "emergency-drill", 1, "2026-10-01", "2027-01-04", Role.Secretariat, null, "drill-record")]
    [InlineData("refresher-training", "refresher-training", 1, "2027-01-01", "2027-03-31", Role.Secretariat, null, "training-attendance")]
    [InlineData("access-review", "access-review-q1-sales", 12, "2026-04-01", "2026-06-30", Role.DepartmentLead, Role.IsmsManager, "access-rights-sheet access-review-record")]
    [InlineData("backup-check", "backup-check-m01", 12, "2026-04-01", "2026-04-30", Role.SystemAdministrator, null, "backup-record")]
    [InlineData("log-review", "log-review-m01", 12, "2026-04-01", "2026-04-30", Role.SystemAdministrator, null, "log-review-record")]
    [InlineData("supplier-review", "supplier-review-sales", 3, "2026-08-01", "2026-11-30", Role.DepartmentLead, null, "supplier-evaluation")]
    [InlineData("document-review", "document-review", 1, "2026-10-01", "2027-02-01", Role.PersonInCharge, null, "document-register")]
    [InlineData("committee", "committee-m01", 12, "2026-04-01", "2026-04-30", Role.Secretariat, null, "committee-agenda committee-minutes")]
    [InlineData("spot-check", "spot-check-q1", 4, "2026-04-01", "2026-06-30", Role.Secretariat, null, "spot-check-result")]
    [InlineData("operations-check", "operations-check-sales", 3, "2026-10-01", "2027-01-04", Role.DepartmentLead, null, "self-inspection")]
    [InlineData("internal-audit", "internal-audit", 1, "2026-07-01", "2026-09-30", Role.InternalAuditor, Role.TopManagement, "audit-plan audit-checklist audit-report")]
    [InlineData("kpi-measurement", "kpi-measurement-q1", 4, "2026-04-01", "2026-06-30", Role.PersonInCharge, null, "kpi-sheet")]
    [InlineData("control-effectiveness", "control-effectiveness", 1, "2026-11-01", "2027-01-04", Role.PersonInCharge, null, "effectiveness-sheet")]
    [InlineData("management-report", "management-report-m01", 12, "2026-04-01", "2026-04-30", Role.Secretariat, null, "management-report")]
    [InlineData("management-review", "management-review", 1, "2026-10-01", "2027-01-04", Role.TopManagement, null, "review-inputs review-minutes review-decisions")]
    [InlineData("improvement-plan", "improvement-plan", 1, "2027-01-01", "2027-03-31", Role.IsmsManager, Role.TopManagement, "improvement-plan")]
    [InlineData("next-year-plan", "next-year-plan", 1, "2027-02-01", "2027-03-31", Role.IsmsManager, Role.TopManagement, "next-year-plan")]
    public void Each_row_of_the_plan_table_is_planned_as_it_says(
        string duty, string first, int count, string opens, string due, Role by, Role? approver, string records)
    {
        var withYearEnd = Firm with { Holidays = [Day("2026-12-29"), Day("2026-12-30"), Day("2026-12-31"), Day("2027-01-02"), Day("2027-01-03")] };
        var items = YearPlanning.Plan(FY2026, withYearEnd, PlanCatalogue.Standard, At).Where(i => i.Duty == duty).ToList();

        Assert.Equal(count, items.Count);
        Assert.Equal(first, items[0].Id);
        Assert.Equal((Day(opens), Day(due)), (items[0].OpensOn, items[0].DueOn));
        Assert.Equal((by, approver), (items[0].Responsible, items[0].Approver));
        Assert.Equal(records, string.Join(' ', items[0].Records.Select(r => r.Key)));
        Assert.All(items, i => Assert.Equal(PlanItemState.Scheduled, i.State));
    }

    [Fact]
    public void Corrective_actions_and_certification_audits_come_when_there_is_cause_and_are_not_planned()
    {
        Assert.DoesNotContain(Plan, i => i.Duty is "corrective-action" or "certification-audit");
        Assert.Equal(Repetition.AsNeeded, PlanCatalogue.Standard.Find("corrective-action")!.Repeats);
        Assert.Equal(31, PlanCatalogue.Standard.Duties.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public void Every_item_opens_and_falls_due_within_the_year_on_a_working_day_whatever_month_it_starts_in(int startMonth)
    {
        foreach (var year in new[] { 2023, 2026, 2027, 2028 })
        {
            var fiscalYear = new FiscalYear(year, startMonth);
            var items = YearPlanning.Plan(fiscalYear, Firm, PlanCatalogue.Standard, At);
            Assert.Equal(items.Count, items.Select(i => i.Id).Distinct().Count());
            Assert.All(items, i =>
            {
                Assert.True(i.OpensOn >= fiscalYear.Start && i.DueOn <= fiscalYear.End && i.OpensOn <= i.DueOn, i.Id);
                Assert.True(new WorkingDays([]).Include(i.DueOn), i.Id);
            });
        }
    }

    [Fact]
    public void Repeated_items_say_which_they_are()
    {
        Assert.Equal("バックアップ点検(6月)", Plan.Single(i => i.Id == "backup-check-m03").Title.Ja);
        Assert.Equal("Backup check (January)", Plan.Single(i => i.Id == "backup-check-m10").Title.En);
        Assert.Equal("アクセス権の棚卸し(第2四半期・営業部)", Plan.Single(i => i.Id == "access-review-q2-sales").Title.Ja);
        Assert.Equal("item-FY2026-access-review-q2-sales", Plan.Single(i => i.Id == "access-review-q2-sales").InstanceId);
    }

    [Fact]
    public void What_was_carried_over_comes_back_in_the_first_month_of_the_next_year_with_its_history()
    {
        var before = new[] { Item(PlanItemState.CarriedOver), Item(PlanItemState.Done) with { Id = "done" }, Item(PlanItemState.Waived) with { Id = "waived" } };

        var taken = Assert.Single(YearPlanning.CarryInto(FY2026.Next, before, Firm, Morning("2027-04-01")));

        Assert.Equal("item-FY2027-risk-assessment-from-FY2026", taken.InstanceId);
        Assert.Equal(new CarriedFrom("FY2026", "item-FY2026-risk-assessment"), taken.CarriedFrom);
        Assert.Equal((Day("2027-04-01"), Day("2027-04-30")), (taken.OpensOn, taken.DueOn));
        Assert.Equal(PlanItemState.Scheduled, taken.State);
        Assert.Equal([PlanItemAct.Planned, PlanItemAct.Opened, PlanItemAct.CarriedOver, PlanItemAct.Planned], taken.Log.Select(e => e.Act));
    }

    [Fact]
    public void Carried_over_twice_it_still_names_where_it_began()
    {
        var once = YearPlanning.CarryInto(FY2026.Next, [Item(PlanItemState.CarriedOver)], Firm, Morning("2027-04-01")).Single();
        var again = PlanItemProgress.CarryOver(PlanItemProgress.Open(once, Morning("2027-04-01")), Morning("2028-04-01"));

        var twice = YearPlanning.CarryInto(FY2026.Next.Next, [again], Firm, Morning("2028-04-01")).Single();

        Assert.Equal("item-FY2028-risk-assessment-from-FY2026", twice.InstanceId);
        Assert.Equal("FY2026", twice.CarriedFrom!.FiscalYear);
    }

    [Fact]
    public void The_internal_audit_is_done_by_an_audit()
    {
        var items = YearPlanning.Plan(FY2026, Firm, PlanCatalogue.Standard, At);
        Assert.Equal(["internal-audit"], items.Where(i => i.Work == "audit").Select(i => i.Id));
    }

    [Fact]
    public void Work_is_assigned_once_and_the_next_year_needs_other_work()
    {
        var item = Item(PlanItemState.Open) with { Work = "audit" };
        Assert.True(PlanItemProgress.LacksItsWork(item));
        Assert.False(PlanItemProgress.LacksItsWork(Item(PlanItemState.Open)));
        Assert.False(PlanItemProgress.LacksItsWork(item with { State = PlanItemState.Submitted }));

        var assigned = PlanItemProgress.AssignWork(item, "audit-FY2026-01", At);

        Assert.Equal("audit-FY2026-01", assigned.WorkId);
        Assert.Equal((PlanItemAct.WorkAssigned, "audit-FY2026-01"), (assigned.Log[^1].Act, assigned.Log[^1].Comment));
        Assert.Same(assigned, PlanItemProgress.AssignWork(assigned, "audit-FY2026-02", At));
        var taken = YearPlanning.CarryInto(FY2026.Next, [PlanItemProgress.CarryOver(assigned, Morning("2027-04-01"))], Firm, Morning("2027-04-01")).Single();
        Assert.True(PlanItemProgress.LacksItsWork(PlanItemProgress.Open(taken, At)));
    }

    [Fact]
    public void A_carried_over_item_is_escalated_anew_in_its_new_year()
    {
        var escalated = PlanItemProgress.Escalate(Item(PlanItemState.Open), PlanItemAct.EscalatedToManager, Morning("2026-06-08"));
        var taken = YearPlanning.CarryInto(FY2026.Next, [PlanItemProgress.CarryOver(escalated, Morning("2027-04-01"))], Firm, Morning("2027-04-01")).Single();

        Assert.True(YearProgress.WasEscalated(escalated));
        Assert.False(YearProgress.WasEscalated(taken));
        Assert.True(YearProgress.WasEscalated(PlanItemProgress.Escalate(PlanItemProgress.Open(taken, At), PlanItemAct.EscalatedToManager, At)));
    }

    [Theory]
    [InlineData("""{"duties":[{"id":"X y"}]}""", typeof(JsonException))]
    [InlineData("""{"duties":null}""", typeof(JsonException))]
    [InlineData("""{"duties":[],"extra":1}""", typeof(JsonException))]
    [InlineData("not json", typeof(JsonException))]
    public void A_catalogue_of_another_shape_is_refused(string json, Type exception) =>
        Assert.IsType(exception, Record.Exception(() => PlanCatalogue.Parse(json)));

    [Theory]
    [InlineData("\"id\":\"a-b\"", "\"id\":\"A b\"", "the id is not")]
    [InlineData("\"firstMonth\":1", "\"firstMonth\":5", "window")]
    [InlineData("\"lastMonth\":3", "\"lastMonth\":13", "window")]
    [InlineData("\"repeats\":\"once\"", "\"repeats\":\"quarterly\",\"x\":0", null)]
    [InlineData("\"clauses\":[\"9.1\"]", "\"clauses\":[\"3.1\"]", "not a clause")]
    [InlineData("\"controls\":[\"5.1\"]", "\"controls\":[\"A.5.1\"]", "not a control")]
    [InlineData("\"approver\":\"TopManagement\"", "\"approver\":\"IsmsManager\"", "approve it")]
    [InlineData("\"perDepartment\":false", "\"perDepartment\":true", "lead's")]
    [InlineData("\"ja\":\"題\"", "\"ja\":\"\"", "title")]
    public void A_catalogue_that_breaks_a_rule_is_refused_and_the_duty_named(string replace, string by, string? message)
    {
        const string Valid =
            """{"duties":[{"id":"a-b","title":{"ja":"題","en":"t"},"phase":"plan","clauses":["9.1"],"controls":["5.1"],"firstMonth":1,"lastMonth":3,"repeats":"once","perDepartment":false,"responsible":"IsmsManager","approver":"TopManagement","records":[{"key":"r","title":{"ja":"記","en":"r"},"type":"operation"}]}]}""";
        Assert.Single(PlanCatalogue.Parse(Valid).Duties);

        var exception = Record.Exception(() => PlanCatalogue.Parse(Valid.Replace(replace, by, StringComparison.Ordinal)));

        if (message is null)
        {
            Assert.IsType<JsonException>(exception);
        }
        else
        {
            Assert.Contains(message, Assert.IsType<InvalidDataException>(exception).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("FY2026", "2026-04-01", null)]
    [InlineData("FY2026", "2026-11-22", null)]
    [InlineData("FY2026", "2027-03-31", null)]
    [InlineData("FY2026", "2027-04-01", "year-ended")]
    [InlineData("FY2027", "2026-04-01", null)]
    [InlineData("FY2028", "2026-11-22", "year-too-far-ahead")]
    public void This_year_and_the_next_can_be_started(string id, string today, string? refusal)
    {
        var year = YearRules.Named(id, 4).Value;

        var outcome = YearRules.Startable(year, Day(today));

        Assert.Equal(refusal, outcome.Refusal?.Code);
        Assert.Equal(refusal is null ? null : RefusalKind.IllegalState, outcome.Refusal?.Kind);
    }

    [Theory]
    [InlineData("2026-03-15T00:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")]
    [InlineData("2027-02-28T23:59:59Z", "2027-03-01T00:00:00Z")]
    [InlineData("2027-03-01T00:00:00Z", "2027-03-31T15:00:00Z")]
    public void A_year_moves_at_nine_on_the_first_of_each_month_and_closes_as_its_last_day_ends(string now, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null), YearRules.NextMoment(FY2026, Tokyo, DateTimeOffset.Parse(now, null)));

    [Fact]
    public void Progress_counts_what_came_of_the_items()
    {
        var late = Item(PlanItemState.Done) with { Id = "late", DueOn = Day("2026-05-19") };
        PlanItem[] items = [.. Enum.GetValues<PlanItemState>().Select(s => Item(s)), late];

        var progress = YearProgress.Of(items, Tokyo, Day("2026-06-02"));

        Assert.Equal(new YearProgress(9, 1, 2, 1, 3, 1, 1, Overdue: 3, Escalated: 0, OnTime: 2), progress);
        Assert.Equal(50.0, progress.OnTimePercent);
    }
}
