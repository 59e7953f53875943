using Isms.Audits;
using Isms.Documents;
using Isms.Text;

namespace Isms.Tests.Audits;

public sealed class FindingUrgencyTests
{
    [Theory]
    [InlineData(AnswerResult.MajorNonconformity, 0, Urgency.Immediate)]
    [InlineData(AnswerResult.MajorNonconformity, 3, Urgency.Immediate)]
    [InlineData(AnswerResult.MinorNonconformity, 0, Urgency.High)]
    [InlineData(AnswerResult.MinorNonconformity, 1, Urgency.Immediate)]
    [InlineData(AnswerResult.Observation, 0, Urgency.Normal)]
    [InlineData(AnswerResult.Observation, 1, Urgency.High)]
    [InlineData(AnswerResult.Observation, 2, Urgency.Immediate)]
    [InlineData(AnswerResult.Opportunity, 2, Urgency.Low)]
    public void Each_reason_raises_the_urgency_of_a_grade_by_a_step(AnswerResult grade, int reasons, Urgency expected) =>
        Assert.Equal(expected, FindingUrgency.Of(grade, null, [.. Enum.GetValues<UrgencyReason>().Take(reasons)]));

    [Fact]
    public void What_the_auditor_says_counts() => Assert.Equal(Urgency.Low, FindingUrgency.Of(AnswerResult.MajorNonconformity, Urgency.Low, [UrgencyReason.Recurs]));

    [Fact]
    public void Recurrence_critical_controls_and_several_departments_are_reasons()
    {
        Assert.Empty(FindingUrgency.ReasonsOf(Question("q-1", "sales", "5.1"), 1));
        Assert.Equal([UrgencyReason.Recurs], FindingUrgency.ReasonsOf(Question("q-1", "sales", "5.1") with { FollowsUp = "audit-FY2025-01/f-01" }, 1));
        Assert.Equal([UrgencyReason.Critical, UrgencyReason.Widespread], FindingUrgency.ReasonsOf(Question("q-1", "sales", "5.34"), 2));
    }

    [Fact]
    public void Findings_are_ordered_by_urgency_then_grade_then_reasons_then_the_checklist()
    {
        var checklist = new Checklist(
        [
            Question("q-1", "sales", "7.7"), Question("q-2", "it", "7.7"), Question("q-3", "sales", "7.1") with { FollowsUp = "a/f" }, Question("q-4", "sales", "7.2"),
            Question("q-5", "sales", "5.34") with { FollowsUp = "a/f" }, Question("q-6", "it", "7.3"),
        ]);
        AnswerResult[] results =
        [
            AnswerResult.MinorNonconformity, AnswerResult.MinorNonconformity, AnswerResult.Observation, AnswerResult.MinorNonconformity, AnswerResult.MinorNonconformity, AnswerResult.MajorNonconformity,
        ];
        var answers = results.Select((r, i) => new AnswerDraft($"q-{i + 1}", r, "n", Requirement: "r", Fact: "f")).ToDictionary(a => a.Question, a => new GivenAnswer(1, "kato", Sample.Now, a));
        var findings = Findings.From(checklist, answers);
        Assert.Equal(["q-6", "q-5", "q-1", "q-2", "q-4", "q-3"], findings.Select(f => f.Question));
        Assert.Equal([UrgencyReason.Widespread], findings[2].UrgencyReasons);
        Assert.Equal(["f-01", "f-02", "f-03", "f-04", "f-05", "f-06"], findings.Select(f => f.Id));
    }

    [Fact]
    public void The_report_has_charts_and_compares_with_the_audit_before()
    {
        var audit = Sample.AuditIn(AuditStage.FollowingUp);
        var checklist = Sample.Checklist();
        var question = checklist.Questions[0].Id;
        var answers = new Dictionary<string, GivenAnswer>
        {
            [question] = new(1, "yamamoto", Sample.Now, new AnswerDraft(question, AnswerResult.MinorNonconformity, Requirement: "r", Fact: "f", Evidence: ["e"])),
        };
        var before = audit with
        {
            Id = "audit-FY2025-01", Plan = audit.Plan with { From = audit.Plan.From.AddYears(-1), To = audit.Plan.To.AddYears(-1) }, Counts = audit.Counts! with { Minor = 3, Observations = 2 },
        };
        Assert.Same(before, AuditReport.PreviousOf(audit, [audit, before, before with { Id = "audit-FY2024-01", Plan = before.Plan with { To = before.Plan.To.AddYears(-1) } }]));
        Assert.Null(AuditReport.PreviousOf(audit, [audit, before with { ReportApproval = null }]));

        var report = AuditReport.Write(audit, checklist, answers, Sample.Organization, before);
        var charts = report.Blocks.OfType<Chart>().ToList();
        Assert.Equal(3, charts.Count);
        Assert.Equal(["audit-FY2025-01", "audit-FY2026-01"], charts[0].Series.Select(s => s.Name.Ja));
        Assert.Equal([0m, 3m, 2m, 0m], charts[0].Series[0].Values);
        Assert.Equal(["営業部"], charts[1].Categories.Select(c => c.Ja));
        Assert.Equal([0m, 1m, 0m, 0m], charts[1].Series.Select(s => s.Values[0]));
        Assert.All(charts, c => Assert.All(c.Series, s => Assert.Equal(c.Categories.Count, s.Values.Count)));
        Assert.Contains(report.Blocks.OfType<Table>().SelectMany(t => t.Rows), r => r.Select(c => c.Ja).SequenceEqual(["軽微な不適合", "3", "1", "−2"]));
        Assert.Contains(report.Blocks.OfType<Facts>().SelectMany(f => f.Items), f => f.Name.En == "Leads of the audited departments" && f.Value.En == "suzuki, ito");

        Assert.Single(AuditReport.Write(audit, checklist, answers, Sample.Organization).Blocks.OfType<Chart>(), c => c.Title.Ja == "区分別の指摘件数");
        var clean = audit with { Findings = [], Counts = AnswerCounts.Of(1, [AnswerResult.Conforming]) };
        Assert.Empty(AuditReport.Write(clean, checklist, new Dictionary<string, GivenAnswer>(), Sample.Organization).Blocks.OfType<Chart>());
    }

    private static ChecklistQuestion Question(string id, string department, string control) =>
        new(id, department, null, control, AuditMethod.Document, LocalizedText.Same("?"), LocalizedText.Same("e"), []);
}
