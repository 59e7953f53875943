using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

public sealed class PlanItemRulesTests
{
    private static readonly DateTimeOffset Now = Morning("2026-05-25");
    private static readonly string[] Commands = ["submit", "approve", "return", "waive", "reschedule"];

    public static TheoryData<PlanItemState, string> EveryStateAndCommand()
    {
        var data = new TheoryData<PlanItemState, string>();
        foreach (var state in Enum.GetValues<PlanItemState>())
        {
            foreach (var command in Commands)
            {
                data.Add(state, command);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStateAndCommand))]
    public void A_command_does_what_it_says_or_is_refused_with_what_is_possible_instead(PlanItemState state, string command)
    {
        var item = Item(state);

        var outcome = Give(item, command);

        PlanItemState? expected = (state, command) switch
        {
            (PlanItemState.Open or PlanItemState.Returned, "submit") => PlanItemState.Submitted,
            (PlanItemState.Submitted, "approve") => PlanItemState.Approved,
            (PlanItemState.Submitted, "return") => PlanItemState.Returned,
            (PlanItemState.Scheduled or PlanItemState.Open or PlanItemState.Returned or PlanItemState.Submitted, "waive") => PlanItemState.Waived,
            (PlanItemState.Scheduled or PlanItemState.Open or PlanItemState.Returned, "reschedule") => state,
            _ => null,
        };
        if (expected is { } next)
        {
            Assert.Equal(next, outcome.Value.State);
            Assert.Equal(item.Log.Count + 1, outcome.Value.Log.Count);
            Assert.Contains(command, PlanItemRules.PossibleIn(state));
        }
        else
        {
            Assert.Equal(RefusalKind.IllegalState, outcome.Refusal?.Kind);
            Assert.Equal("item-state-forbids", outcome.Refusal?.Code);
            Assert.Equal(PlanItemRules.PossibleIn(state), outcome.Refusal?.Possible);
            Assert.DoesNotContain(command, PlanItemRules.PossibleIn(state));
        }
    }

    [Fact]
    public void Every_decision_is_logged_with_who_when_and_why()
    {
        var submitted = PlanItemRules.Submit(Item(PlanItemState.Open), Firm, Charge, Everything(Item()), "見直しました", Now).Value;
        var returned = PlanItemRules.Return(submitted, Firm, Manager, "クラウドの資産を含めてください", Now).Value;

        Assert.Equal(
            [new(Now, "kobayashi", PlanItemAct.Submitted, Comment: "見直しました"), new(Now, "watanabe", PlanItemAct.Returned, Comment: "クラウドの資産を含めてください")],
            returned.Log.TakeLast(2));
        Assert.Equal(["risk-assessment-sheet.1"], returned.Filed.Single().EvidenceIds);
    }

    [Fact]
    public void Without_its_records_an_item_is_not_submitted_and_the_answer_names_them()
    {
        var outcome = PlanItemRules.Submit(Item(PlanItemState.Open), Firm, Charge, [new("risk-assessment-sheet", [])], null, Now);

        Assert.Equal(RefusalKind.IllegalState, outcome.Refusal?.Kind);
        Assert.Equal("records-missing", outcome.Refusal?.Code);
        Assert.Equal(["risk-assessment-sheet"], outcome.Refusal?.Missing);
        Assert.Contains("リスクアセスメント表", outcome.Refusal?.Title.Ja, StringComparison.Ordinal);
        Assert.Contains("Risk assessment sheet", outcome.Refusal?.Title.En, StringComparison.Ordinal);
        Assert.Contains("item-FY2026-risk-assessment", outcome.Refusal?.Remedy.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_records_only_the_missing_ones_are_named()
    {
        var item = Item(PlanItemState.Open);
        item = item with { Records = [.. item.Records, new("risk-summary", new("要約", "Summary"), Isms.Evidence.EvidenceType.Risk)] };

        var outcome = PlanItemRules.Submit(item, Firm, Charge, [new("risk-assessment-sheet", ["e1"])], null, Now);

        Assert.Equal(["risk-summary"], outcome.Refusal?.Missing);
    }

    [Fact]
    public void The_secretariat_submits_on_behalf_of_the_responsible_person_and_it_is_recorded_as_such()
    {
        var item = Item(PlanItemState.Open);

        var submitted = PlanItemRules.Submit(item, Firm, Secretary, Everything(item), null, Now).Value;

        Assert.Equal(("nakamura", "kobayashi"), (submitted.LastSubmission!.Actor, submitted.LastSubmission.OnBehalfOf));
    }

    [Fact]
    public void Nobody_else_submits_it()
    {
        foreach (var other in new[] { Top, Manager, SalesLead, Auditor })
        {
            var outcome = PlanItemRules.Submit(Item(PlanItemState.Open), Firm, other, Everything(Item()), null, Now);
            Assert.Equal("submitter-not-responsible", outcome.Refusal?.Code);
            Assert.Contains("小林 健", outcome.Refusal?.Title.Ja, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_departments_item_is_its_leads_and_no_other_leads()
    {
        var item = DepartmentItem("it");

        Assert.Equal("submitter-not-responsible", PlanItemRules.Submit(item, Firm, SalesLead, Everything(item), null, Now).Refusal?.Code);
        Assert.Null(PlanItemRules.Submit(DepartmentItem("sales"), Firm, SalesLead, Everything(item), null, Now).Refusal);
    }

    [Fact]
    public void Where_no_approval_is_needed_submitting_settles_it()
    {
        var item = Item(PlanItemState.Open) with { Approver = null };

        Assert.Equal(PlanItemState.Approved, PlanItemRules.Submit(item, Firm, Charge, Everything(item), null, Now).Value.State);
    }

    [Fact]
    public void Who_submitted_never_approves()
    {
        var submitted = PlanItemRules.Submit(Item(PlanItemState.Open), Firm, Charge, Everything(Item()), null, Now).Value;
        var both = Charge with { Roles = [Role.PersonInCharge, Role.IsmsManager] };

        Assert.Equal("approver-is-submitter", PlanItemRules.Approve(submitted, Firm, both, null, Now).Refusal?.Code);
        Assert.Equal("approver-is-submitter", PlanItemRules.Return(submitted, Firm, both, "x", Now).Refusal?.Code);
    }

    [Fact]
    public void Nor_does_the_person_in_whose_name_the_secretariat_submitted()
    {
        var item = DepartmentItem("planning");
        var submitted = PlanItemRules.Submit(item, Firm, Secretary, Everything(item), null, Now).Value;

        Assert.Equal("approver-is-submitter", PlanItemRules.Approve(submitted, Firm, Manager, null, Now).Refusal?.Code);
    }

    [Fact]
    public void Where_the_only_approver_is_whose_work_it_is_top_management_approves()
    {
        var item = DepartmentItem("planning", PlanItemState.Submitted);

        Assert.Equal(["sato"], item.Approvers(Firm).Select(p => p.Id));
        Assert.Equal(PlanItemState.Approved, PlanItemRules.Approve(item, Firm, Top, null, Now).Value.State);
    }

    [Fact]
    public void Only_the_approving_role_approves()
    {
        foreach (var other in new[] { Top, Secretary, SalesLead, Auditor })
        {
            Assert.Equal("approver-lacks-role", PlanItemRules.Approve(Item(PlanItemState.Submitted), Firm, other, null, Now).Refusal?.Code);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Returning_waiving_and_rescheduling_need_a_reason(string? reason)
    {
        Assert.Equal("reason-missing", PlanItemRules.Return(Item(PlanItemState.Submitted), Firm, Manager, reason, Now).Refusal?.Code);
        Assert.Equal("reason-missing", PlanItemRules.Waive(Item(PlanItemState.Open), Manager, reason, Now).Refusal?.Code);
        Assert.Equal("reason-missing", Reschedule(Manager, "2026-07-01", reason).Refusal?.Code);
    }

    [Fact]
    public void A_text_that_would_not_fit_on_a_record_is_refused()
    {
        var long_ = new string('x', 2001);

        Assert.Equal("text-too-long", PlanItemRules.Waive(Item(PlanItemState.Open), Manager, long_, Now).Refusal?.Code);
        Assert.Equal("text-too-long", PlanItemRules.Submit(Item(PlanItemState.Open), Firm, Charge, Everything(Item()), long_, Now).Refusal?.Code);
        Assert.Equal("text-too-long", PlanItemRules.Approve(Item(PlanItemState.Submitted), Firm, Manager, long_, Now).Refusal?.Code);
    }

    [Fact]
    public void Only_management_waives_and_the_secretariat_may_reschedule()
    {
        foreach (var other in new[] { Secretary, Charge, SalesLead, Auditor })
        {
            Assert.Equal("waiver-not-management", PlanItemRules.Waive(Item(PlanItemState.Open), other, "x", Now).Refusal?.Code);
        }

        Assert.Null(PlanItemRules.Waive(Item(PlanItemState.Open), Top, "x", Now).Refusal);
        Assert.Null(Reschedule(Secretary, "2026-07-01", "x").Refusal);
        Assert.Equal("rescheduler-not-allowed", Reschedule(Charge, "2026-07-01", "x").Refusal?.Code);
    }

    [Theory]
    [InlineData("2026-05-24", null)] // yesterday
    [InlineData("2026-05-25", "2026-05-25")]
    [InlineData("2026-07-04", "2026-07-06")] // a Saturday
    [InlineData("2027-03-31", "2027-03-31")]
    [InlineData("2027-04-01", null)] // the next year's business
    public void The_new_date_lies_ahead_within_the_year_and_on_a_working_day(string due, string? becomes)
    {
        var outcome = Reschedule(Secretary, due, "監査と重なるため");

        if (becomes is null)
        {
            Assert.Equal("due-out-of-range", outcome.Refusal?.Code);
            Assert.Equal("due", outcome.Refusal?.Field);
        }
        else
        {
            Assert.Equal(Day(becomes), outcome.Value.DueOn);
            Assert.Equal(Day(becomes), outcome.Value.Log[^1].Due);
        }
    }

    [Fact]
    public void An_item_whose_window_has_not_come_cannot_be_due_before_it_opens()
    {
        var outcome = PlanItemRules.Reschedule(
            Item(), FY2026, new WorkingDays([]), Secretary, Day("2026-04-20"), "x", Day("2026-04-02"), Morning("2026-04-02"));

        Assert.Equal("due-out-of-range", outcome.Refusal?.Code);
    }

    [Fact]
    public void Work_moves_with_the_role()
    {
        var handedOver = Firm with { People = [.. Firm.People.Select(p => p.Id == "kobayashi" ? p with { Roles = [] } : p.Id == "ito" ? p with { Roles = [.. p.Roles, Role.PersonInCharge] } : p)] };

        Assert.Equal(["ito"], Item(PlanItemState.Open).ResponsiblePeople(handedOver).Select(p => p.Id));
    }

    [Fact]
    public void The_duties_of_a_dissolved_department_fall_to_the_ISMS_manager()
    {
        var without = Firm with { Departments = [.. Firm.Departments.Where(d => d.Id != "sales")] };

        Assert.Equal(["watanabe"], DepartmentItem("sales").ResponsiblePeople(without).Select(p => p.Id));
    }

    [Theory]
    [InlineData(PlanItemState.Scheduled, "2026-06-01", false)]
    [InlineData(PlanItemState.Open, "2026-06-01", false)]
    [InlineData(PlanItemState.Open, "2026-06-02", true)]
    [InlineData(PlanItemState.Returned, "2026-06-02", true)]
    [InlineData(PlanItemState.Scheduled, "2026-06-02", true)]
    [InlineData(PlanItemState.Submitted, "2026-06-02", false)]
    [InlineData(PlanItemState.Approved, "2026-06-02", false)]
    [InlineData(PlanItemState.Done, "2026-06-02", false)]
    [InlineData(PlanItemState.Waived, "2026-06-02", false)]
    [InlineData(PlanItemState.CarriedOver, "2026-06-02", false)]
    public void Overdue_is_what_was_not_submitted_by_its_date(PlanItemState state, string today, bool overdue) =>
        Assert.Equal(overdue, Item(state).IsOverdue(Day(today)));

    private static Outcome<PlanItem> Give(PlanItem item, string command) => command switch
    {
        "submit" => PlanItemRules.Submit(item, Firm, Charge, Everything(item), null, Now),
        "approve" => PlanItemRules.Approve(item, Firm, Manager, null, Now),
        "return" => PlanItemRules.Return(item, Firm, Manager, "x", Now),
        "waive" => PlanItemRules.Waive(item, Manager, "x", Now),
        _ => PlanItemRules.Reschedule(item, FY2026, new WorkingDays([]), Manager, Day("2026-07-01"), "x", Day("2026-05-25"), Now),
    };

    private static Outcome<PlanItem> Reschedule(Acting acting, string due, string? reason) =>
        PlanItemRules.Reschedule(Item(PlanItemState.Open), FY2026, new WorkingDays([]), acting, Day(due), reason, Day("2026-05-25"), Now);
}
