using Isms.Audits;
using Isms.Catalogues;
using Isms.Certification;
using Isms.Organizations;
using Isms.Text;
using static Isms.Tests.Dates;

namespace Isms.Tests.Audits;

public sealed class AuditProgrammeTests
{
    private static readonly DateOnly Today = Day("2026-07-01");

    [Fact]
    public void Without_a_certificate_the_cycle_is_three_fiscal_years_from_the_first_audit()
    {
        Assert.Equal(new AuditCycle(Day("2026-04-01"), Day("2029-03-31"), false), AuditCycle.Of(Sample.Organization, [], Today));
        var first = Held("audit-FY2024-01", "2024-06-10").Audit;
        Assert.Equal(new AuditCycle(Day("2024-04-01"), Day("2027-03-31"), false), AuditCycle.Of(Sample.Organization, [first], Today));
        Assert.Equal(new AuditCycle(Day("2027-04-01"), Day("2030-03-31"), false), AuditCycle.Of(Sample.Organization, [first], Day("2027-04-01")));
    }

    [Fact]
    public void With_a_certificate_the_cycle_is_its_validity_and_then_the_next_one()
    {
        var certified = Sample.Organization with { Certification = new CertificationSettings { Body = LocalizedText.Same("B"), ValidFrom = Day("2024-10-01") } };
        Assert.Equal(new AuditCycle(Day("2024-10-01"), Day("2027-09-30"), true), AuditCycle.Of(certified, [], Today));
        Assert.Equal(new AuditCycle(Day("2027-10-01"), Day("2030-09-30"), true), AuditCycle.Of(certified, [], Day("2027-10-01")));
    }

    [Fact]
    public void Nothing_is_covered_before_the_first_audit_and_everything_is_due_by_the_cycles_end()
    {
        var programme = Of(Today);
        Assert.All(programme.Clauses.Concat(programme.Controls).Concat(programme.Departments), c => Assert.Equal((CoverageState.Open, Day("2029-03-31")), (c.State, c.CoverBy)));
        Assert.Equal((Standard.Clauses.Count, 93, 2), (programme.Clauses.Count, programme.Controls.Count, programme.Departments.Count));
        Assert.Equal(new CoverageCount(ProgrammeSubject.Control, 0, 0, 93, 0, 0), programme.Summary[2]);
    }

    [Fact]
    public void A_clause_is_covered_when_a_held_audit_asked_about_it_and_shows_when_and_by_which()
    {
        var held = Held("audit-FY2026-01", "2026-06-10", clauses: ["7"]);
        var programme = Of(Day("2026-07-10"), held);
        var covered = programme.Clauses.Single(c => c.Id == "7.2");
        Assert.Equal((CoverageState.Audited, "audit-FY2026-01", Day("2026-06-10"), 30, 1), (covered.State, covered.LastAudit, covered.LastAuditedOn, covered.AgeDays, covered.TimesAudited));
        Assert.Null(covered.CoverBy);
        Assert.Equal(CoverageState.Open, programme.Clauses.Single(c => c.Id == "8.1").State);
    }

    [Fact]
    public void A_scope_that_nobody_can_be_asked_about_covers_nothing()
    {
        var it = Held("audit-FY2026-01", "2026-06-10", departments: ["it"]);
        var programme = Of(Day("2026-07-10"), it);
        Assert.Contains("9.2.1", it.Audit.Plan.Clauses); // the secretariat works in sales
        Assert.Equal(CoverageState.Open, programme.Clauses.Single(c => c.Id == "9.2.1").State);
        Assert.Equal(CoverageState.Audited, programme.Controls.Single(c => c.Id == "8.2").State);
    }

    [Fact]
    public void A_planned_audit_is_shown_with_its_day_and_what_it_looks_at_is_not_proposed_again()
    {
        var planned = new AuditWithChecklist(Sample.AuditIn(AuditStage.PlanApproval) with { Plan = Sample.Plan(new AuditRequest(Clauses: ["7"])) }, new Checklist([]));
        var programme = Of(Today, planned);
        var clause = programme.Clauses.Single(c => c.Id == "7.2");
        Assert.Equal((CoverageState.Planned, "audit-FY2026-01", Day("2026-07-15")), (clause.State, clause.PlannedIn, clause.PlannedOn));
        Assert.Equal("FY2027", programme.Next.FiscalYear);
        Assert.DoesNotContain("7.2", programme.Next.Clauses);
    }

    [Fact]
    public void What_the_statement_of_applicability_excludes_is_not_to_be_covered()
    {
        var programme = AuditProgrammeRules.Of(Sample.Organization, new ProgrammeSources([], [], new AuditFocus(["7.11"], [])), Today);
        Assert.Equal((CoverageState.NotApplicable, null), (programme.Controls.Single(c => c.Id == "7.11").State, programme.Controls.Single(c => c.Id == "7.11").CoverBy));
        Assert.DoesNotContain("7.11", programme.Next.Controls);
    }

    [Fact]
    public void A_high_risk_brings_its_controls_and_department_first_and_every_year()
    {
        var risk = new RiskInFocus("R-007", "持ち出しPCの紛失", "it", 20, null, ["8.33"]);
        var focus = new AuditFocus([], [risk]);
        var held = Held("audit-FY2026-01", "2026-06-10");
        var programme = AuditProgrammeRules.Of(Sample.Organization, new ProgrammeSources([held], [], focus), Day("2026-07-01"));
        var control = programme.Controls.Single(c => c.Id == "8.33");
        Assert.Equal((CoverageState.Audited, Day("2027-06-10")), (control.State, control.CoverBy));
        Assert.Equal(["R-007"], control.Risks);
        Assert.Equal(ProposalReason.Risk, programme.Next.Reasons.Single(r => r is { Subject: ProgrammeSubject.Control, Id: "8.33" }).Reason);
        var later = AuditProgrammeRules.Of(Sample.Organization, new ProgrammeSources([held], [], focus), Day("2027-06-11"));
        Assert.Equal(CoverageState.Late, later.Controls.Single(c => c.Id == "8.33").State);
        Assert.Equal(ProposalReason.Late, later.Next.Reasons.Single(r => r is { Subject: ProgrammeSubject.Control, Id: "8.33" }).Reason);
    }

    [Fact]
    public void A_nonconformity_is_looked_at_within_a_year_until_an_audit_has_looked_again()
    {
        var held = Held("audit-FY2026-01", "2026-06-10");
        held = held with { Audit = held.Audit with { Findings = [Sample.FindingOf(AnswerResult.MinorNonconformity)] } };
        var clause = Of(Today, held).Clauses.Single(c => c.Id == "7.5.3");
        Assert.Equal(["audit-FY2026-01/f-01"], clause.Findings);
        Assert.Equal(Day("2027-06-10"), clause.CoverBy);
        var again = Of(Day("2027-07-01"), held, Held("audit-FY2027-01", "2027-06-09")).Clauses.Single(c => c.Id == "7.5.3");
        Assert.Empty(again.Findings);
    }

    [Fact]
    public void The_certification_bodys_nonconformity_counts_until_an_audit_has_looked_since()
    {
        var external = new ExternalFinding("certification-1/f-01", LocalizedText.Same("定期審査"), Day("2026-09-01"), true, "it", null, "8.15", "ログの欠け");
        var sources = new ProgrammeSources([Held("audit-FY2026-01", "2026-06-10")], [external], AuditFocus.None);
        Assert.Equal(["certification-1/f-01"], AuditProgrammeRules.Of(Sample.Organization, sources, Day("2026-10-01")).Controls.Single(c => c.Id == "8.15").Findings);
        sources = sources with { Audits = [.. sources.Audits, Held("audit-FY2026-02", "2026-12-01")] };
        Assert.Empty(AuditProgrammeRules.Of(Sample.Organization, sources, Day("2026-12-10")).Controls.Single(c => c.Id == "8.15").Findings);
    }

    [Fact]
    public void Three_years_of_proposed_audits_cover_everything_that_applies()
    {
        var focus = new AuditFocus(["7.11", "8.30"], [new RiskInFocus("R-001", "不正アクセス", "it", 16, null, ["8.5", "5.17"])]);
        var audits = new List<AuditWithChecklist>();
        var controlsOfAYear = new List<int>();
        foreach (var year in new[] { 2026, 2027, 2028 })
        {
            var day = new DateOnly(year, 6, 1);
            var next = AuditProgrammeRules.Of(Sample.Organization, new ProgrammeSources(audits, [], focus), day).Next;
            Assert.Equal($"FY{year}", next.FiscalYear);
            controlsOfAYear.Add(next.Controls.Count);
            audits.Add(Held($"audit-FY{year}-01", $"{year}-07-10", next.Departments, next.Clauses, next.Controls));
        }

        var programme = AuditProgrammeRules.Of(Sample.Organization, new ProgrammeSources(audits, [], focus), Day("2029-03-31"));
        Assert.All(programme.Clauses.Concat(programme.Departments), c => Assert.Equal(CoverageState.Audited, c.State));
        Assert.All(programme.Controls, c => Assert.Equal(c.Id is "7.11" or "8.30" ? CoverageState.NotApplicable : CoverageState.Audited, c.State));
        Assert.All(controlsOfAYear, count => Assert.InRange(count, 30, 36)); // a third of 91 each year, and the risk's two again
    }

    [Fact]
    public void The_printed_programme_names_every_clause_control_and_department_in_both_languages()
    {
        var document = AuditProgrammePaper.Of(Of(Today, Held("audit-FY2026-01", "2026-06-10", clauses: ["7"])), Sample.Organization, "p-1");
        var tables = document.Blocks.OfType<Isms.Documents.Table>().ToList();
        Assert.Equal([3, 1, 2, Standard.Clauses.Count, 93], tables.Where((_, i) => i != 2).Select(t => t.Rows.Count));
        Assert.All(tables, t => Assert.All(t.Rows, r => Assert.Equal(t.Columns.Count, r.Count)));
        Assert.All(tables, t => Assert.Equal(100, t.Columns.Sum(c => c.Width)));
    }

    private static AuditProgramme Of(DateOnly today, params AuditWithChecklist[] audits) =>
        AuditProgrammeRules.Of(Sample.Organization, new ProgrammeSources(audits, [], AuditFocus.None), today);

    /// <summary>An audit whose fieldwork ended on a day, with the checklist that its scope gives.</summary>
    private static AuditWithChecklist Held(
        string id, string to, IReadOnlyList<string>? departments = null, IReadOnlyList<string>? clauses = null, IReadOnlyList<string>? controls = null)
    {
        var request = new AuditRequest(Departments: departments, Clauses: clauses, Controls: controls, From: Day(to), To: Day(to));
        var planned = AuditPlanning.Plan(request, Sample.Organization, Day(to)).Value;
        var audit = AuditRules.IsPlanned(id, planned, "nakamura", Sample.Now) with { Stage = AuditStage.Closed };
        return new AuditWithChecklist(audit, ChecklistGenerator.Generate(planned.Plan, Sample.Organization, new ChecklistSources(Day(to))));
    }
}
