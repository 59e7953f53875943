using Isms.Audits;
using Isms.Rules;

namespace Isms.Tests.Audits;

public sealed class AnswerTests
{
    private static readonly Checklist Checklist = Sample.Checklist();
    private static readonly Audit Fieldwork = Sample.AuditIn(AuditStage.Fieldwork);
    private static readonly string OfSales = Checklist.Questions.First(q => q.Department == "sales").Id;

    [Fact]
    public void An_auditor_answers_on_another_department() =>
        Assert.Null(Check(new AnswerDraft(OfSales, AnswerResult.Conforming), "yamamoto"));

    [Fact]
    public void An_auditor_cannot_answer_on_their_own_department()
    {
        var refusal = Check(new AnswerDraft(OfSales, AnswerResult.Conforming), "kato")!;
        Assert.Equal("auditor-audits-own-department", refusal.Code);
        Assert.Equal(RefusalKind.RuleBroken, refusal.Kind);
    }

    [Fact]
    public void Somebody_who_is_not_an_auditor_of_this_audit_cannot_answer() =>
        Assert.Equal("not-an-auditor-of-this-audit", Check(new AnswerDraft(OfSales, AnswerResult.Conforming), "lapsed")!.Code);

    [Fact]
    public void An_unknown_question_is_refused_with_its_field() =>
        Assert.Equal("answers[0].question", Check(new AnswerDraft("q-999", AnswerResult.Conforming), "yamamoto")!.Field);

    [Theory]
    [InlineData(AnswerResult.MajorNonconformity)]
    [InlineData(AnswerResult.MinorNonconformity)]
    public void A_nonconformity_needs_requirement_fact_and_evidence(AnswerResult grade)
    {
        Assert.Equal(["requirement", "fact", "evidence"], Check(new AnswerDraft(OfSales, grade, "note"), "yamamoto")!.Missing);
        Assert.Equal(["evidence"], Check(new AnswerDraft(OfSales, grade, Requirement: "r", Fact: "f", Evidence: []), "yamamoto")!.Missing);
        Assert.Null(Check(new AnswerDraft(OfSales, grade, Requirement: "r", Fact: "f", Evidence: ["e"]), "yamamoto"));
    }

    [Theory]
    [InlineData(AnswerResult.Observation)]
    [InlineData(AnswerResult.Opportunity)]
    [InlineData(AnswerResult.NotApplicable)]
    public void Whatever_is_not_conforming_says_what_was_found(AnswerResult result)
    {
        Assert.Equal("answer-without-note", Check(new AnswerDraft(OfSales, result), "yamamoto")!.Code);
        Assert.Null(Check(new AnswerDraft(OfSales, result, "note"), "yamamoto"));
    }

    [Fact]
    public void An_answer_keeps_its_earlier_versions_and_ignores_a_repetition()
    {
        var first = new AnswerDraft(OfSales, AnswerResult.Conforming, Evidence: ["e-1"]);
        var sheet = new AnswerSheet(OfSales, [new GivenAnswer(1, "yamamoto", Sample.Now, first)]);
        Assert.Same(sheet, sheet.With("yamamoto", Sample.Now.AddHours(1), first with { Evidence = ["e-1"] }));
        var changed = sheet.With("yamamoto", Sample.Now.AddHours(1), first with { Note = "n" });
        Assert.Equal([1, 2], changed.Versions.Select(v => v.Version));
        Assert.Equal(3, changed.With("lapsed", Sample.Now, first with { Note = "n" }).Latest.Version);
    }

    [Fact]
    public void Findings_come_most_urgent_first_and_are_numbered_in_that_order()
    {
        var results = new[] { AnswerResult.Observation, AnswerResult.MinorNonconformity, AnswerResult.Conforming, AnswerResult.MajorNonconformity, AnswerResult.NotApplicable, AnswerResult.MinorNonconformity };
        var answers = results.Select((result, index) => (Checklist.Questions[index].Id, result)).ToDictionary(
            a => a.Id, a => new GivenAnswer(1, "yamamoto", Sample.Now, new AnswerDraft(a.Id, a.result, "note", Fact: "fact", Requirement: "r")));
        answers["q-006"] = answers["q-006"] with { Answer = answers["q-006"].Answer with { Urgency = Urgency.Immediate } };
        var findings = Findings.From(Checklist, answers);
        Assert.Equal(["q-004", "q-006", "q-002", "q-001"], findings.Select(f => f.Question));
        Assert.Equal(["f-01", "f-02", "f-03", "f-04"], findings.Select(f => f.Id));
        Assert.Equal(3, findings.Count(f => f.IsNonconformity));
    }

    private static Refusal? Check(AnswerDraft answer, string by) => AnswerRules.FirstBrokenRule(Fieldwork, Checklist, answer, by, Sample.Organization, "answers[0]");
}
