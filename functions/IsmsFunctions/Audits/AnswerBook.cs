using Isms.Audits;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Audits;

/// <summary>Takes auditors' answers: all of a request, or none of it.</summary>
public sealed class AnswerBook(AuditStore audits, OrganizationStore organizations, IEvidenceStore evidence)
{
    /// <summary>Writes the answers down.</summary>
    /// <param name="auditId">The audit.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="unlisted">Whether the request was one answer rather than a list of them; decides how fields are named.</param>
    /// <param name="command">Who answers.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    /// <exception cref="RefusedException">
    /// An answer breaks a rule, and none was stored; or the audit was submitted at the same instant, and the report has been written without them.
    /// </exception>
    public async Task<AnswersTaken> WriteAsync(
        string auditId, IReadOnlyList<AnswerDraft> answers, bool unlisted, CommandContext command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(command);
        var audit = (await audits.GetAsync(auditId, cancellationToken)).Value;
        var checklist = await audits.ChecklistAsync(auditId, cancellationToken);
        await CheckAsync(audit, checklist, answers, unlisted, command, cancellationToken);
        var written = new List<GivenAnswer>();
        foreach (var answer in answers)
        {
            written.Add(await audits.AnswerAsync(auditId, answer, command.Actor.PersonId, command.At, cancellationToken));
        }

        await CheckThatTheyCountAsync(audit, written, cancellationToken);
        var answered = (await audits.AnswersAsync(auditId, cancellationToken)).Count;
        return new AnswersTaken([.. answers.Select(a => a.Question)], answered, checklist.Questions.Count);
    }

    private async Task CheckAsync(
        Audit audit, Checklist checklist, IReadOnlyList<AnswerDraft> answers, bool unlisted, CommandContext command, CancellationToken cancellationToken)
    {
        // The stage and the person come first: whoever may not answer at all learns nothing about the content.
        if ((AuditRules.CommandIsPossible(audit, AuditRules.Answer) ?? AuditRules.ActsAsAuditorOf(audit, command.Actor.PersonId)) is { } refused)
        {
            throw new RefusedException(refused);
        }

        if (answers.Count == 0)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "answers-missing", "answers"));
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (AuditTeam.AuditorMayStillAnswer(audit, command.Actor.PersonId, organization, OfficeTime.Of(organization.TimeZone).DateAt(command.At)) is { } lapsed)
        {
            throw new RefusedException(lapsed);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < answers.Count; i++)
        {
            var path = unlisted ? "$" : $"answers[{i}]";
            var twice = seen.Add(answers[i].Question)
                ? null
                : Refusal.Of(RefusalKind.InvalidInput, "answers-twice", path + ".question", answers[i].Question, answers[i].Question);
            var broken = twice ?? AnswerRules.FirstBrokenRule(audit, checklist, answers[i], command.Actor.PersonId, organization, path)
                ?? await evidence.FirstUnknownAsync(answers[i].Evidence, path + ".evidence", cancellationToken);
            if (broken is not null)
            {
                throw new RefusedException(broken);
            }
        }
    }

    /// <summary>An answer given while somebody submits is in the report if its version was submitted; if not, its author has to know.</summary>
    private async Task CheckThatTheyCountAsync(Audit before, IReadOnlyList<GivenAnswer> written, CancellationToken cancellationToken)
    {
        var now = (await audits.GetAsync(before.Id, cancellationToken)).Value;
        if (now.Serial == before.Serial || now.Submission is null)
        {
            return;
        }

        if (written.FirstOrDefault(w => w.Version > now.Submission.Answers.GetValueOrDefault(w.Answer.Question)) is { } late)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "audit-submitted-meanwhile", "question", late.Answer.Question) with
            {
                Possible = AuditRules.PossibleIn(now.Stage),
            });
        }
    }
}

/// <summary>What became of answers.</summary>
/// <param name="Questions">The questions that were answered.</param>
/// <param name="Answered">How many questions of the audit have an answer now.</param>
/// <param name="Of">How many there are.</param>
public sealed record AnswersTaken(IReadOnlyList<string> Questions, int Answered, int Of);
