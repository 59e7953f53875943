using System.Globalization;
using Isms.Catalogues;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Draws the findings from the answers.</summary>
public static class Findings
{
    /// <summary>The findings, most urgent first, then by grade, then in the order of the checklist; their ids count up in that order.</summary>
    /// <param name="checklist">The checklist.</param>
    /// <param name="answers">The answers that count, by question.</param>
    public static IReadOnlyList<Finding> From(Checklist checklist, IReadOnlyDictionary<string, GivenAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(answers);
        var drawn =
            from question in checklist.Questions
            let given = answers.GetValueOrDefault(question.Id)
            where given is not null && given.Answer.Result is not (AnswerResult.Conforming or AnswerResult.NotApplicable)
            select Draw(question, given);
        return [.. drawn
            .OrderBy(f => f.Urgency).ThenBy(f => f.Grade) // both enums run from grave to slight; OrderBy keeps the checklist's order within
            .Select((f, index) => f with { Id = string.Create(CultureInfo.InvariantCulture, $"f-{index + 1:00}") })];
    }

    /// <summary>How soon a finding of this grade has to be dealt with unless its auditor says otherwise.</summary>
    public static Urgency UsualUrgencyOf(AnswerResult grade) => grade switch
    {
        AnswerResult.MajorNonconformity => Urgency.Immediate,
        AnswerResult.MinorNonconformity => Urgency.High,
        AnswerResult.Observation => Urgency.Normal,
        _ => Urgency.Low,
    };

    private static Finding Draw(ChecklistQuestion question, GivenAnswer given)
    {
        var answer = given.Answer;
        Requirement? demanding = question.Clause is { } c ? Standard.FindClause(c) : Standard.FindControl(question.Control!);
        return new Finding
        {
            Id = "",
            Question = question.Id,
            Grade = answer.Result,
            Urgency = answer.Urgency ?? UsualUrgencyOf(answer.Result),
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
