using Isms.Organizations;
using Isms.Rules;

namespace Isms.Audits;

/// <summary>Which answers are accepted.</summary>
public static class AnswerRules
{
    /// <summary>The first rule that an answer breaks, or null.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="checklist">Its checklist.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="by">The person id of who answers.</param>
    /// <param name="organization">For departments.</param>
    /// <param name="path">The place of the answer in the input, such as <c>answers[0]</c>.</param>
    public static Refusal? FirstBrokenRule(Audit audit, Checklist checklist, AnswerDraft answer, string by, Organization organization, string path)
    {
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(answer);
        if ((AuditRules.CommandIsPossible(audit, AuditRules.Answer) ?? AuditRules.ActsAsAuditorOf(audit, by)) is { } refusal)
        {
            return refusal;
        }

        return checklist.Find(answer.Question) is { } question
            ? AuditIndependence.AuditorIsIndependentOf(question.Department, by, path, organization)
                ?? ANonconformityHasRequirementFactAndEvidence(answer, path)
                ?? AFindingSaysWhatWasFound(answer, path)
            : Refusal.Of(RefusalKind.InvalidInput, "unknown-question", path + ".question", answer.Question, answer.Question, audit.Id);
    }

    private static Refusal? ANonconformityHasRequirementFactAndEvidence(AnswerDraft answer, string path)
    {
        if (answer.Result is not (AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity))
        {
            return null;
        }

        string?[] missing =
        [
            string.IsNullOrWhiteSpace(answer.Requirement) ? "requirement" : null,
            string.IsNullOrWhiteSpace(answer.Fact) ? "fact" : null,
            answer.Evidence is null or [] ? "evidence" : null,
        ];
        string[] absent = [.. missing.OfType<string>()];
        return absent is []
            ? null
            : Refusal.Of(RefusalKind.RuleBroken, "nonconformity-not-founded", $"{path}.{absent[0]}", null, answer.Question, string.Join(", ", absent)) with
            {
                Missing = absent,
            };
    }

    private static Refusal? AFindingSaysWhatWasFound(AnswerDraft answer, string path) =>
        answer.Result != AnswerResult.Conforming && string.IsNullOrWhiteSpace(answer.Note) && string.IsNullOrWhiteSpace(answer.Fact)
            ? Refusal.Of(RefusalKind.RuleBroken, "answer-without-note", path + ".note", null, answer.Question) with { Missing = ["note"] }
            : null;
}
