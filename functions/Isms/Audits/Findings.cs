using System.Globalization;
using Isms.Catalogues;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Draws the findings from the answers.</summary>
public static class Findings
{
    /// <summary>
    /// The findings, most urgent first, then by grade, then by the number of reasons for their urgency, then in the order of the checklist; their ids count up in that order.
    /// </summary>
    /// <param name="checklist">The checklist.</param>
    /// <param name="answers">The answers that count, by question.</param>
    public static IReadOnlyList<Finding> From(Checklist checklist, IReadOnlyDictionary<string, GivenAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(answers);
        var found = (
            from question in checklist.Questions
            let given = answers.GetValueOrDefault(question.Id)
            where given is not null && given.Answer.Result is not (AnswerResult.Conforming or AnswerResult.NotApplicable)
            select (Question: question, Given: given)).ToList();
        var departments = found
            .Where(f => f.Given.Answer.Result is AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity)
            .GroupBy(f => (f.Question.Clause, f.Question.Control)).ToDictionary(g => g.Key, g => g.Select(f => f.Question.Department).Distinct().Count());
        var drawn = found.Select(f => Draw(f.Question, f.Given, departments.GetValueOrDefault((f.Question.Clause, f.Question.Control))));
        return [.. drawn
            .OrderBy(f => f.Urgency).ThenBy(f => f.Grade).ThenByDescending(f => f.UrgencyReasons.Count) // both enums run from grave to slight; OrderBy keeps the checklist's order within
            .Select((f, index) => f with { Id = string.Create(CultureInfo.InvariantCulture, $"f-{index + 1:00}") })];
    }

    /// <summary>How soon a finding of this grade has to be dealt with unless more is known of it.</summary>
    public static Urgency UsualUrgencyOf(AnswerResult grade) => FindingUrgency.UsualOf(grade);

    private static Finding Draw(ChecklistQuestion question, GivenAnswer given, int departments)
    {
        var answer = given.Answer;
        var reasons = FindingUrgency.ReasonsOf(question, departments);
        Requirement? demanding = question.Clause is { } c ? Standard.FindClause(c) : Standard.FindControl(question.Control!);
        return new Finding
        {
            Id = "",
            Question = question.Id,
            Grade = answer.Result,
            Urgency = FindingUrgency.Of(answer.Result, answer.Urgency, reasons),
            UrgencyReasons = reasons,
            Department = question.Department,
            Clause = question.Clause,
            Control = question.Control,
            Requirement = answer.Requirement is { } stated ? LocalizedText.Same(stated) : demanding?.Title,
            Fact = answer.Fact ?? answer.Note ?? "",
            Evidence = answer.Evidence ?? [],
            Auditor = given.By,
        };
    }
}
