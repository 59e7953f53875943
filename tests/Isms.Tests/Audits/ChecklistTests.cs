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
        Assert.Equal(["it"], questions.Where(q => q.Control == "8.2").Select(q => q.Department));
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
        var checklist = ChecklistGenerator.Generate(Sample.Plan(), Sample.Organization, [], evidence);
        Assert.Equal(["sign-ins-5", "sign-ins-4", "sign-ins-3"], checklist.Questions.Single(q => q.Control == "8.16").Evidence);
        Assert.Equal(["report"], checklist.Questions.Single(q => q.Clause == "9.2.2").Evidence); // evidence for the heading 9.2 counts below it
        Assert.Empty(checklist.Questions.Single(q => q.Control == "8.15").Evidence);
    }

    [Fact]
    public void Findings_of_the_last_audit_of_a_department_are_followed_up_first()
    {
        var older = Sample.AuditIn(AuditStage.Closed) with { Id = "audit-FY2025-01", Plan = Sample.Plan() with { To = Day("2025-07-22") } };
        var last = Sample.AuditIn(AuditStage.FollowingUp) with { Findings = [Sample.FindingOf(AnswerResult.Observation, "f-07")] };
        var cancelled = Sample.AuditIn(AuditStage.Cancelled) with { Id = "audit-FY2026-09", Findings = [Sample.FindingOf(AnswerResult.Observation, "f-99")] };
        var followUps = ChecklistGenerator.Generate(Sample.Plan(), Sample.Organization, [older, last, cancelled], []).Questions.Where(q => q.FollowsUp is not null).ToList();
        var question = Assert.Single(followUps);
        Assert.Equal("audit-FY2026-01/f-07", question.FollowsUp);
        Assert.Equal("q-001", question.Id);
        Assert.Contains("旧版の手順書", question.Text.Ja, StringComparison.Ordinal);
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
