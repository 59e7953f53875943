using Isms.Audits;
using Isms.Evidence;
using Isms.Text;
using static Isms.Tests.Dates;

namespace Isms.Tests.Audits;

public sealed class ChecklistTests
{
    [Fact]
    public void The_same_scope_gives_the_same_questions_with_the_same_ids()
    {
        var (one, two) = (Sample.Checklist(), Sample.Checklist());
        Assert.Equal(one.Questions.Select(q => (q.Id, q.Department, q.Text)), two.Questions.Select(q => (q.Id, q.Department, q.Text)));
        Assert.Equal("q-001", one.Questions[0].Id);
        Assert.Equal(one.Questions.Count, one.Questions.Select(q => q.Id).Distinct().Count());
    }

    [Fact]
    public void What_concerns_everybody_is_asked_in_every_department_and_the_rest_where_the_role_is_held()
    {
        var questions = Sample.Checklist().Questions;
        Assert.Equal(["sales", "it"], questions.Where(q => q.Clause == "7.3").Select(q => q.Department));
        Assert.Equal(["it"], questions.Where(q => q.Control == "8.2").Select(q => q.Department).Distinct());
        Assert.Equal(["sales"], questions.Where(q => q.Clause == "9.2.1").Select(q => q.Department));
    }

    [Fact]
    public void A_full_scope_asks_about_every_clause_and_every_control()
    {
        var questions = Sample.Checklist().Questions;
        Assert.Equal(30, questions.Select(q => q.Clause).OfType<string>().Distinct().Count());
        Assert.Equal(93, questions.Select(q => q.Control).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void The_newest_matching_evidence_is_attached_newest_first()
    {
        EvidenceManifest[] evidence =
            [.. Enumerable.Range(1, 5).Select(day => Evidence($"sign-ins-{day}", day, [], ["8.16"])), Evidence("report", 9, ["9.2"], []), Evidence("other", 9, ["7.2"], [])];
        var checklist = ChecklistGenerator.Generate(Sample.Plan(), Sample.Organization, new ChecklistSources(Day("2026-07-01")) { Evidence = evidence });
        Assert.Equal(["sign-ins-5", "sign-ins-4", "sign-ins-3"], checklist.Questions.First(q => q.Control == "8.16").Evidence);
        Assert.Equal(["report"], checklist.Questions.First(q => q.Clause == "9.2.2").Evidence); // evidence for the heading 9.2 counts below it
        Assert.Empty(checklist.Questions.First(q => q.Control == "8.15").Evidence);
    }

    [Fact]
    public void Findings_of_the_last_audit_of_a_department_are_followed_up_first()
    {
        var older = Sample.AuditIn(AuditStage.Closed) with { Id = "audit-FY2025-01", Plan = Sample.Plan() with { To = Day("2025-07-22") } };
        var last = Sample.AuditIn(AuditStage.FollowingUp) with { Findings = [Sample.FindingOf(AnswerResult.Observation, "f-07")] };
        var cancelled = Sample.AuditIn(AuditStage.Cancelled) with { Id = "audit-FY2026-09", Findings = [Sample.FindingOf(AnswerResult.Observation, "f-99")] };
        var followUps = ChecklistGenerator.Generate(Sample.Plan(), Sample.Organization, new ChecklistSources(Day("2026-07-01")) { Earlier = [older, last, cancelled] }).Questions.Where(q => q.FollowsUp is not null).ToList();
        var question = Assert.Single(followUps);
        Assert.Equal("audit-FY2026-01/f-07", question.FollowsUp);
        Assert.Equal("q-001", question.Id);
        Assert.Contains("旧版の手順書", question.Text.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_is_attached_with_its_age_and_is_stale_when_newer_evidence_was_to_be_expected()
    {
        ChecklistQuestion Asked(string today, EvidenceManifest item) => ChecklistGenerator.Generate(
            Sample.Plan(), Sample.Organization, new ChecklistSources(Day(today)) { Evidence = [item] }).Questions.First(q => q.Control == "8.15");
        var collected = Evidence("sign-ins", 0, [], ["8.15"]) with { Source = new EvidenceSource { Graph = new GraphSource("sign-ins", []) } };
        Assert.Equal(new EvidenceFreshness(Day("2026-07-01"), 7, 7, false), Asked("2026-07-08", collected).Freshness);
        Assert.Equal(new EvidenceFreshness(Day("2026-07-01"), 8, 7, true), Asked("2026-07-09", collected).Freshness);
        var monthly = Evidence("log-review", 0, [], ["8.15"]) with { Record = "log-review-record" };
        Assert.Equal((45, false), (Asked("2026-08-15", monthly).Freshness!.ExpectedDays, Asked("2026-08-15", monthly).Freshness!.IsStale));
        Assert.True(Asked("2026-08-16", monthly).Freshness!.IsStale);
        Assert.False(Asked("2027-07-16", Evidence("yearly", 0, [], ["8.15"])).Freshness!.IsStale);
        Assert.Null(Sample.Checklist().Questions[0].Freshness);
    }

    [Fact]
    public void Evidence_that_was_superseded_is_not_attached()
    {
        EvidenceManifest[] evidence = [Evidence("new", 1, [], ["8.15"]) with { Supersedes = "old" }, Evidence("old", 2, [], ["8.15"])];
        Assert.Equal(["new"], ChecklistGenerator.Generate(
            Sample.Plan(), Sample.Organization, new ChecklistSources(Day("2026-07-01")) { Evidence = evidence }).Questions.First(q => q.Control == "8.15").Evidence);
    }

    [Fact]
    public void Records_and_collectors_that_show_a_control_are_attached_without_naming_it()
    {
        var collected = Evidence("rights", 0, [], []) with { Source = new EvidenceSource { Graph = new GraphSource("access-rights", []) } };
        Assert.All(
            ChecklistGenerator.Generate(Sample.Plan(), Sample.Organization, new ChecklistSources(Day("2026-07-01")) { Evidence = [collected] })
                .Questions.Where(q => q.Control == "5.18"),
            q => Assert.Equal(["rights"], q.Evidence));
    }

    [Fact]
    public void Overdue_actions_and_high_risks_are_asked_about_before_the_bank()
    {
        var sources = new ChecklistSources(Day("2026-07-01"))
        {
            OverdueActions =
            [
                new OverdueAction("action-FY2025-003", "sales", "7.5.3", null, "旧版の使用", LocalizedText.Same("実施中"), Day("2026-05-31")),
                new OverdueAction("action-FY2025-004", "elsewhere", "7.5.3", null, "x", LocalizedText.Same("実施中"), Day("2026-05-31")),
            ],
            Focus = new AuditFocus([], [
                new RiskInFocus("R-002", "PCの紛失", "sales", 20, LocalizedText.Same("低減"), ["8.1", "7.9"]),
                new RiskInFocus("R-005", "人手不足", "it", 12, null, [])]),
        };
        var questions = ChecklistGenerator.Generate(Sample.Plan(), Sample.Organization, sources).Questions;
        Assert.Equal(("action-FY2025-003", "7.5.3", "sales"), (questions[0].Action, questions[0].Clause, questions[0].Department));
        Assert.Contains("2026", questions[0].Text.Ja, StringComparison.Ordinal);
        Assert.Equal(("R-002", "7.9", AuditMethod.Interview), (questions[1].Risk, questions[1].Control, questions[1].Method)); // the first in the order of the standard
        Assert.Contains("A.8.1, A.7.9", questions[1].Text.Ja, StringComparison.Ordinal);
        var ofIt = questions.First(q => q.Department == "it");
        Assert.Equal(("R-005", "8.3"), (ofIt.Risk, ofIt.Clause));
        Assert.Contains("未決定", ofIt.Text.Ja, StringComparison.Ordinal);
        Assert.DoesNotContain(questions, q => q.Action == "action-FY2025-004");
    }

    [Fact]
    public void Controls_that_the_statement_of_applicability_excludes_are_left_out_unless_named()
    {
        AuditPlan Plan(AuditRequest request) => AuditPlanning.Plan(request, Sample.Organization, Day("2026-07-01"), ["7.11", "8.30"]).Value.Plan;
        var all = Plan(new AuditRequest());
        Assert.Equal((91, "7.11, 8.30"), (all.Controls.Count, string.Join(", ", all.ExcludedControls)));
        Assert.Equal(["7.11"], Plan(new AuditRequest(Controls: ["A.7"])).ExcludedControls);
        Assert.Equal(["7.11"], Plan(new AuditRequest(Controls: ["A.7.11"])).Controls);
    }

    private static EvidenceManifest Evidence(string id, int day, string[] clauses, string[] controls) => new()
    {
        Id = id,
        FiscalYear = "FY2026",
        Type = EvidenceType.Operation,
        Title = LocalizedText.Same(id),
        Clauses = clauses,
        Controls = controls,
        Period = new Period(Sample.Now, Sample.Now),
        Source = new EvidenceSource { Upload = new UploadSource("ito", id) },
        Completeness = Completeness.Complete,
        Files = [],
        CreatedAt = Sample.Now.AddDays(day),
        CreatedBy = "ito",
        Producer = "0.1.0",
    };
}
