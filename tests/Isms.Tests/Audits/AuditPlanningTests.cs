using Isms.Audits;
using Isms.Catalogues;
using Isms.Rules;
using static Isms.Tests.Dates;

namespace Isms.Tests.Audits;

public sealed class AuditPlanningTests
{
    private static readonly DateOnly Today = Day("2026-07-01");

    [Fact]
    public void What_is_left_out_is_proposed()
    {
        var planned = AuditPlanning.Plan(new AuditRequest(), Sample.Organization, Today).Value;
        Assert.Equal("FY2026", planned.FiscalYear.Id);
        Assert.Equal(["sales", "it"], planned.Plan.Departments);
        Assert.Equal(Standard.Clauses.Count, planned.Plan.Clauses.Count);
        Assert.Equal(93, planned.Plan.Controls.Count);
        Assert.Equal(Day("2026-07-15"), planned.Plan.From);
        Assert.Equal(Day("2026-07-22"), planned.Plan.To); // five working days; the 20th is a public holiday (Marine Day)
        Assert.Equal(["kato", "yamamoto"], planned.Plan.Auditors); // the third one's qualification lapses on the 15th
        Assert.Equal("kato", planned.Plan.LeadAuditor);
    }

    [Fact]
    public void Auditors_are_assigned_to_departments_other_than_their_own()
    {
        var plan = Sample.Plan();
        Assert.Equal("yamamoto", plan.AuditorOf("sales"));
        Assert.Equal("kato", plan.AuditorOf("it"));
    }

    [Fact]
    public void Nobody_audits_their_own_department_and_the_refusal_names_who_and_why()
    {
        var refusal = Refused(new AuditRequest(Departments: ["sales"], Auditors: ["kato"]), "auditor-audits-own-department", RefusalKind.RuleBroken);
        Assert.Equal("auditors", refusal.Field);
        Assert.Contains("kato", refusal.Title.En, StringComparison.Ordinal);
        Assert.Contains("Sales", refusal.Title.En, StringComparison.Ordinal);
        Assert.Contains("営業部", refusal.Title.Ja, StringComparison.Ordinal);
        Assert.Contains("yamamoto", refusal.Remedy.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_qualification_that_lapses_before_the_audits_end_is_refused() =>
        Assert.Equal("auditors[0]", Refused(new AuditRequest(Departments: ["sales"], Auditors: ["lapsed"]), "auditor-qualification-lapses", RefusalKind.RuleBroken).Field);

    [Fact]
    public void A_qualification_that_holds_on_the_last_day_is_enough() =>
        Assert.Equal(["lapsed"], Sample.Plan(new AuditRequest(Departments: ["sales"], Auditors: ["lapsed"], From: Day("2026-07-13"), To: Day("2026-07-15"))).Auditors);

    [Fact]
    public void An_auditor_must_hold_the_role() =>
        Refused(new AuditRequest(Auditors: ["kato", "suzuki"]), "auditor-without-the-role", RefusalKind.RuleBroken);

    [Fact]
    public void The_lead_is_one_of_the_auditors() =>
        Refused(new AuditRequest(Auditors: ["kato", "yamamoto"], LeadAuditor: "lapsed"), "lead-is-not-an-auditor-of-the-audit", RefusalKind.RuleBroken);

    [Fact]
    public void An_audit_for_which_nobody_is_qualified_is_refused() =>
        Refused(new AuditRequest(From: Day("2031-06-02")), "nobody-qualified-to-audit", RefusalKind.RuleBroken);

    [Fact]
    public void A_scope_without_questions_is_refused() =>
        Refused(new AuditRequest(Departments: ["sales"], Clauses: [], Controls: ["8.2"], Auditors: ["yamamoto"]), "audit-scope-without-questions", RefusalKind.RuleBroken);

    [Fact]
    public void Headings_and_themes_are_expanded_in_the_order_of_the_standard()
    {
        var plan = Sample.Plan(new AuditRequest(Clauses: ["9.2", "4"], Controls: ["A.6"]));
        Assert.Equal(["4.1", "4.2", "4.3", "4.4", "9.2.1", "9.2.2"], plan.Clauses);
        Assert.Equal(8, plan.Controls.Count);
    }

    [Fact]
    public void Naming_only_clauses_leaves_the_controls_out() => Assert.Empty(Sample.Plan(new AuditRequest(Clauses: ["9.2"])).Controls);

    [Theory]
    [InlineData("departments[1]")]
    [InlineData("clauses[0]")]
    [InlineData("controls[0]")]
    [InlineData("auditors[0]")]
    [InlineData("fiscalYear")]
    [InlineData("departments")]
    public void What_is_unknown_is_refused_with_its_field(string field)
    {
        var request = field switch
        {
            "departments[1]" => new AuditRequest(Departments: ["sales", "space"]),
            "departments" => new AuditRequest(Departments: []),
            "clauses[0]" => new AuditRequest(Clauses: ["11.1"]),
            "controls[0]" => new AuditRequest(Controls: ["A.9.9"]),
            "auditors[0]" => new AuditRequest(Auditors: ["nobody"]),
            _ => new AuditRequest(FiscalYear: "2026"),
        };
        var refusal = AuditPlanning.Plan(request, Sample.Organization, Today).Refusal;
        Assert.Equal(RefusalKind.InvalidInput, refusal!.Kind);
        Assert.Equal(field, refusal.Field);
    }

    [Theory]
    [InlineData("2026-06-30", "2026-07-10", "audit-starts-in-the-past")]
    [InlineData("2026-07-10", "2026-07-09", "audit-ends-before-it-starts")]
    [InlineData("2026-07-10", "2026-12-31", "audit-too-long")]
    public void Dates_are_in_order(string from, string to, string code) =>
        Refused(new AuditRequest(From: Day(from), To: Day(to)), code, RefusalKind.InvalidInput);

    [Fact]
    public void An_audit_starts_within_its_fiscal_year() =>
        Refused(new AuditRequest(FiscalYear: "FY2026", From: Day("2027-04-05")), "audit-outside-its-year", RefusalKind.InvalidInput);

    [Fact]
    public void An_audit_of_next_year_is_proposed_for_its_first_working_day() =>
        Assert.Equal(Day("2027-04-01"), AuditPlanning.Plan(new AuditRequest(FiscalYear: "FY2027"), Sample.Organization, Today).Value.Plan.From);

    private static Refusal Refused(AuditRequest request, string code, RefusalKind kind)
    {
        var refusal = AuditPlanning.Plan(request, Sample.Organization, Today).Refusal;
        Assert.NotNull(refusal);
        Assert.Equal(code, refusal.Code);
        Assert.Equal(kind, refusal.Kind);
        return refusal;
    }
}
