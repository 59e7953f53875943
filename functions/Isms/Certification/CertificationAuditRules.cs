using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.Certification;

/// <summary>
/// What may happen to an audit of the certification body, and what comes of it. Each method returns the audit after the decision, or the refusal; what the workflow
/// does by itself returns the same audit when there is nothing (more) to do.
/// </summary>
public static class CertificationAuditRules
{
    /// <summary>Enters the result.</summary>
    public const string Hold = "held";

    /// <summary>Sends the corrective action plan to the body.</summary>
    public const string Respond = "respond";

    /// <summary>Notes that the body accepts it.</summary>
    public const string Accept = "accept";

    /// <summary>Notes that the body wants it improved.</summary>
    public const string Return = "return";

    /// <summary>Calls the audit off.</summary>
    public const string Cancel = "cancel";

    private const string System = "system";

    /// <summary>All commands that people give.</summary>
    public static IReadOnlyList<string> Commands { get; } = [Hold, Respond, Accept, Return, Cancel];

    /// <summary>The commands that are possible now.</summary>
    public static IReadOnlyList<string> PossibleFor(CertificationAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Stage switch
        {
            CertificationAuditStage.Planned => [Hold, Cancel],
            CertificationAuditStage.Responding => IsAnswered(audit) ? [Respond, Accept, Return] : [Respond],
            _ => [],
        };
    }

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(CertificationAuditStage stage) => Texts.Get("certification.stage." + stage);

    /// <summary>Whether the present request of the body has been answered.</summary>
    public static bool IsAnswered(CertificationAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Log.LastOrDefault(d => d.What is Respond or Return)?.What == Respond;
    }

    /// <summary>A command is refused where it is not possible, and the refusal lists what is; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(CertificationAudit audit, string command)
    {
        var possible = PossibleFor(audit);
        return possible.Contains(command)
            ? null
            : Refusal.Of(
                RefusalKind.IllegalState, "certification-command-not-possible", null, audit.Stage.ToString(), audit.Title, NameOf(audit.Stage),
                Texts.Get("certification.command." + command)) with
            { Possible = possible };
    }

    /// <summary>The dates of the track have changed; what was prepared for the old ones is no news.</summary>
    public static CertificationAudit DatesAreMoved(CertificationAudit audit, TrackAudit? track)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return track is null || audit.Stage != CertificationAuditStage.Planned
            || (audit.From == track.From && audit.To == track.To && audit.Milestones.SequenceEqual(track.Milestones))
                ? audit
                : audit with { From = track.From, To = track.To, Milestones = track.Milestones };
    }

    /// <summary>The audit took place: its result is entered.</summary>
    public static Outcome<CertificationAudit> AuditIsHeld(CertificationAudit audit, EnterCertificationResult command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var to = command.To ?? command.From;
        var findings = CertificationFindings.From(command.Findings, organization);
        if ((CommandIsPossible(audit, Hold) ?? DatesHaveCome(command.From, to, by.Today) ?? TextFits(command.Summary, "summary") ?? findings.Refusal
            ?? AnswerIsDueAfterTheAudit(command.RespondBy, to)) is { } refusal)
        {
            return refusal;
        }

        var isToAnswer = findings.Value.Any(f => f.IsNonconformity);
        var usual = WorkingDays.Of(organization).OnOrBefore(to.AddDays(organization.Certification?.ResponseDays ?? new CertificationSettings { Body = audit.Body }.ResponseDays));
        return Enter(audit, CertificationAuditStage.Held, Hold, by.Person, by.At, null) with
        {
            From = command.From,
            To = to,
            RespondBy = isToAnswer ? command.RespondBy ?? usual : null,
            Outcome = new CertificationOutcome
            {
                Result = command.Result,
                Auditors = command.Auditors ?? [],
                Summary = command.Summary,
                Findings = findings.Value,
                Evidence = command.Evidence ?? [],
                By = by.Person,
                At = by.At,
            },
        };
    }

    /// <summary>The result is on record and every nonconformity has its corrective action: either the body is to be answered, or there is nothing to answer.</summary>
    public static CertificationAudit ResultIsRecorded(CertificationAudit audit, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Stage != CertificationAuditStage.Held ? audit
            : audit.Nonconformities().Any() ? Enter(audit, CertificationAuditStage.Responding, "responding", System, at, null)
            : Enter(audit, CertificationAuditStage.Accepted, "nothing-to-answer", System, at, null);
    }

    /// <summary>The corrective action plan was sent: cause, correction and steps of each nonconformity, as its corrective action says.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="actions">The corrective actions of its nonconformities.</param>
    /// <param name="command">What is said.</param>
    /// <param name="by">Who sent it.</param>
    public static Outcome<CertificationAudit> PlanIsSent(
        CertificationAudit audit, IReadOnlyList<CorrectiveAction> actions, SendCertificationResponse command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(audit, Respond) ?? TextFits(command.Comment, "comment")) is { } refusal)
        {
            return refusal;
        }

        var found = audit.Nonconformities().Select(f => (Finding: f, Action: actions.FirstOrDefault(a => a.Source.Finding == f.Id))).ToList();
        var missing = found.Where(f => f.Action?.Round is not { RootCause: not null, Plan: not null }).Select(f => f.Finding.Id).ToList();
        if (missing.Count > 0)
        {
            return Refusal.Of(RefusalKind.IllegalState, "certification-plan-incomplete", null, null, string.Join(", ", missing)) with
            {
                Missing = missing,
                Possible = PossibleFor(audit),
            };
        }

        var round = audit.Responses.Count + 1;
        var said = found.Select(f => new RespondedFinding(
            f.Finding.Id, f.Action!.Id, f.Action.Correction?.Description ?? "", f.Action.Round.RootCause!.Whys, f.Action.Round.Plan!.Steps)).ToList();
        var response = new CertificationResponse(round, by.Person, by.At, command.Comment, said, command.Evidence ?? []);
        return Enter(audit, CertificationAuditStage.Responding, Respond, by.Person, by.At, command.Comment) with { Responses = [.. audit.Responses, response] };
    }

    /// <summary>The body accepts the plan.</summary>
    public static Outcome<CertificationAudit> PlanIsAccepted(CertificationAudit audit, string? comment, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(audit, Accept) ?? TextFits(comment, "comment")) is { } refusal
            ? refusal
            : Enter(audit, CertificationAuditStage.Accepted, Accept, by.Person, by.At, comment);
    }

    /// <summary>The body wants the plan improved.</summary>
    public static Outcome<CertificationAudit> PlanIsReturned(CertificationAudit audit, ReturnCertificationResponse command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(audit, Return) ?? ReasonIsGiven(command.Comment, "comment")
            ?? (command.RespondBy < by.Today ? Refusal.Of(RefusalKind.RuleBroken, "certification-respond-by", "respondBy", null, command.RespondBy, by.Today) : null)) is { } refusal
            ? refusal
            : Enter(audit, CertificationAuditStage.Responding, Return, by.Person, by.At, command.Comment) with { RespondBy = command.RespondBy };
    }

    /// <summary>The audit does not take place.</summary>
    public static Outcome<CertificationAudit> AuditIsCancelled(CertificationAudit audit, string? reason, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(audit, Cancel) ?? ReasonIsGiven(reason, "reason")) is { } refusal
            ? refusal
            : Enter(audit, CertificationAuditStage.Cancelled, Cancel, by.Person, by.At, reason);
    }

    /// <summary>A nonconformity has started its corrective action.</summary>
    public static CertificationAudit ActionIsStarted(CertificationAudit audit, string finding, string action)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Actions.Any(a => a.Finding == finding) ? audit : audit with { Actions = [.. audit.Actions, new StartedAction(finding, action, false)] };
    }

    /// <summary>One of its corrective actions is closed.</summary>
    public static CertificationAudit ActionIsClosed(CertificationAudit audit, string action)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Actions.Any(a => a.Action == action && !a.Closed)
            ? audit with { Actions = [.. audit.Actions.Select(a => a.Action == action ? a with { Closed = true } : a)] }
            : audit;
    }

    /// <summary>Whether it is accepted, and all its corrective actions are closed.</summary>
    public static bool IsToClose(CertificationAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Stage == CertificationAuditStage.Accepted && audit.Actions.All(a => a.Closed);
    }

    /// <summary>Closes it once it is accepted and all its corrective actions are closed.</summary>
    public static CertificationAudit AuditIsClosedWhenAllIsDone(CertificationAudit audit, DateTimeOffset at) =>
        IsToClose(audit) ? Enter(audit, CertificationAuditStage.Closed, "close", System, at, null) : audit;

    private static Refusal? DatesHaveCome(DateOnly from, DateOnly to, DateOnly today) =>
        to < from || to > today ? Refusal.Of(RefusalKind.RuleBroken, "certification-held-dates", "to", null, from, to, today) : null;

    private static Refusal? AnswerIsDueAfterTheAudit(DateOnly? respondBy, DateOnly to) =>
        respondBy < to ? Refusal.Of(RefusalKind.RuleBroken, "certification-respond-by", "respondBy", null, respondBy, to) : null;

    private static Refusal? ReasonIsGiven(string? reason, string field) =>
        string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalKind.RuleBroken, "reason-missing", field) : TextFits(reason, field);

    private static Refusal? TextFits(string? text, string field) =>
        text?.Length > PlanItemRules.LongestText ? Refusal.Of(RefusalKind.InvalidInput, "text-too-long", field, null, PlanItemRules.LongestText) : null;

    private static CertificationAudit Enter(CertificationAudit audit, CertificationAuditStage stage, string what, string by, DateTimeOffset at, string? comment) =>
        audit with
        {
            Stage = stage,
            Serial = audit.Serial + 1,
            StageSince = at,
            Log = [.. audit.Log, new CertificationDecision(what, by, at, stage, comment)],
        };
}
