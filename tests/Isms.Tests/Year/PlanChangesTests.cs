using Isms.Evidence;
using Isms.Organizations;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

/// <summary>What an organisation adds to the yearly duties, moves or drops, and what that costs.</summary>
public sealed class PlanChangesTests
{
    private static readonly PlanDuty OfficeCheck = new()
    {
        Id = "clear-desk-check",
        Title = new("クリアデスク点検", "Clear desk check"),
        Phase = PlanPhase.Do,
        Clauses = [],
        Controls = ["7.7"],
        FirstMonth = 2,
        LastMonth = 12,
        Repeats = Repetition.Monthly,
        PerDepartment = true,
        Responsible = Role.DepartmentLead,
        Records = [new("clear-desk-sheet", new("クリアデスク点検表", "Clear desk sheet"), EvidenceType.Operation)],
    };

    private static readonly PlanChange Added = new() { Kind = PlanChangeKind.Add, Duty = OfficeCheck.Id, Reason = "顧客監査での指摘", Added = OfficeCheck };
    private static readonly PlanChange Moved = new() { Kind = PlanChangeKind.Move, Duty = "internal-audit", Reason = "審査の時期に合わせる", FirstMonth = 7, LastMonth = 8 };
    private static readonly PlanChange Dropped = new() { Kind = PlanChangeKind.Drop, Duty = "supplier-review", Reason = "外部委託がない" };

    [Fact]
    public void An_added_duty_is_planned_like_any_other_and_its_items_say_why()
    {
        var items = Plan(Added).Where(i => i.Duty == OfficeCheck.Id).ToList();

        Assert.Equal(11 * 3, items.Count);
        Assert.Equal("clear-desk-check-m02-sales", items[0].Id);
        Assert.Equal("顧客監査での指摘", items[0].Log[0].Comment);
    }

    [Fact]
    public void A_moved_duty_opens_and_falls_due_in_its_new_months()
    {
        var item = Assert.Single(Plan(Moved), i => i.Duty == "internal-audit");

        Assert.Equal((Day("2026-10-01"), Day("2026-11-30")), (item.OpensOn, item.DueOn));
        Assert.Equal("審査の時期に合わせる", item.Log[0].Comment);
        Assert.Null(Plan(Moved).First(i => i.Duty == "committee").Log[0].Comment);
    }

    [Fact]
    public void A_dropped_duty_has_no_items() => Assert.DoesNotContain(Plan(Dropped), i => i.Duty == "supplier-review");

    [Fact]
    public void A_change_of_one_year_leaves_the_others_as_they_are()
    {
        var once = Dropped with { FiscalYear = "FY2027" };

        Assert.Contains(Plan(once), i => i.Duty == "supplier-review");
        Assert.DoesNotContain(YearPlan.Of(FY2026.Next, Firm, [once], Morning("2027-04-01")).Items, i => i.Duty == "supplier-review");
        Assert.Empty(YearPlan.Of(FY2026, Firm, [once], Morning("2026-04-01")).Warnings);
    }

    [Theory]
    [InlineData("internal-audit", "9.2", "")]
    [InlineData("management-review", "9.3", "")]
    [InlineData("policy-review", "5.2", "")]
    [InlineData("document-review", "7.5", "")]
    [InlineData("supplier-review", "", "5.19 5.20 5.21 5.22")]
    [InlineData("emergency-drill", "", "5.24 5.29")]
    [InlineData("soa-review", "", "")]
    [InlineData("kpi-measurement", "", "")]
    public void Dropping_a_duty_warns_which_clauses_and_controls_lose_their_evidence(string duty, string clauses, string controls)
    {
        var warning = Assert.Single(PlanWarnings.Of(PlanCatalogue.Standard, [Dropped with { Duty = duty }], "FY2026"));

        Assert.Equal(clauses, string.Join(' ', warning.Clauses));
        Assert.Equal(controls, string.Join(' ', warning.Controls));
        Assert.Contains("外部委託がない", warning.Text.Ja, StringComparison.Ordinal);
        Assert.Contains(PlanCatalogue.Standard.Find(duty)!.Title.En, warning.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_that_several_duties_show_is_lost_with_the_last_of_them()
    {
        PlanChange[] all = [.. new[] { "legal-review", "context-review" }.Select(d => Dropped with { Duty = d })];

        Assert.Empty(PlanWarnings.Of(PlanCatalogue.Standard, all[..1], "FY2026")[0].Clauses);
        Assert.Contains("4.2", PlanWarnings.Of(PlanCatalogue.Standard, all, "FY2026")[0].Clauses);
    }

    [Fact]
    public void An_added_duty_that_shows_the_clause_spares_the_warning()
    {
        var ownAudit = Added with
        {
            Duty = "group-audit", Added = OfficeCheck with { Id = "group-audit", Clauses = ["9.2"], Repeats = Repetition.Once },
        };

        Assert.Empty(PlanWarnings.Of(PlanCatalogue.Standard, [Dropped with { Duty = "internal-audit" }, ownAudit], "FY2026")[0].Clauses);
    }

    [Fact]
    public void Without_the_next_years_plan_the_next_year_has_to_be_started_by_hand() =>
        Assert.Contains(PlanWarnings.Of(PlanCatalogue.Standard, [Dropped with { Duty = "next-year-plan" }], "FY2026"), w => w.Text.Ja.Contains("次年度は自動的に準備されません", StringComparison.Ordinal));

    [Fact]
    public void The_changes_of_these_tests_are_permitted() => Assert.Null(OrganizationRules.FirstBrokenRule(Firm with { PlanChanges = [Added, Moved, Dropped] }));

    public static TheoryData<string, PlanChange[]> Refused => new()
    {
        { "plan-change-without-reason", [Dropped with { Reason = " " }] },
        { "text-too-long", [Dropped with { Reason = new string('x', 2001) }] },
        { "fiscal-year-malformed", [Dropped with { FiscalYear = "2027" }] },
        { "plan-change-added-mismatch", [Added with { Added = null }] },
        { "plan-change-added-mismatch", [Added with { Duty = "other" }] },
        { "plan-change-added-mismatch", [Dropped with { Added = OfficeCheck }] },
        { "plan-change-months-mismatch", [Moved with { FirstMonth = null, LastMonth = null }] },
        { "plan-change-months-mismatch", [Dropped with { FirstMonth = 2 }] },
        { "plan-change-twice", [Dropped, Dropped with { FiscalYear = "FY2027" }] },
        { "plan-change-unknown-duty", [Dropped with { Duty = "no-such-duty" }] },
        { "plan-change-as-needed", [Dropped with { Duty = "corrective-action" }] },
        { "plan-change-id-taken", [Added with { Duty = "committee", Added = OfficeCheck with { Id = "committee" } }] },
        { "plan-change-id-ambiguous", [Added with { Duty = "asset-review-sales", Added = OfficeCheck with { Id = "asset-review-sales" } }] },
        { "plan-change-invalid", [Moved with { FirstMonth = 9 }] },
        { "plan-change-invalid", [Moved with { Duty = "access-review", FirstMonth = 2, LastMonth = null }] },
        { "plan-change-invalid", [Added with { Added = OfficeCheck with { Records = [] } }] },
        { "plan-change-invalid", [Added with { Added = OfficeCheck with { Controls = ["9.99"] } }] },
        { "plan-change-invalid", [Added with { Added = OfficeCheck with { Clauses = ["11.1"] } }] },
        { "plan-change-invalid", [Added with { Added = OfficeCheck with { Approver = Role.DepartmentLead } }] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_change_that_cannot_be_meant_is_refused(string code, PlanChange[] changes) =>
        Assert.Equal(code, OrganizationRules.FirstBrokenRule(Firm with { PlanChanges = changes })?.Code);

    [Fact]
    public void Changes_of_different_years_to_the_same_duty_are_permitted() => Assert.Null(PlanChangeRules.FirstBrokenRule(
        [Dropped with { FiscalYear = "FY2026" }, Dropped with { FiscalYear = "FY2027" }]));

    private static IReadOnlyList<PlanItem> Plan(PlanChange change) => YearPlan.Of(FY2026, Firm, [change], Morning("2026-04-01")).Items;
}
