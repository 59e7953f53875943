using Isms.Rules;
using Isms.Text;

namespace Isms.Audits;

/// <summary>
/// What may happen to an audit, and what comes of it. Each method returns the audit after the decision, or the refusal; what a workflow does by itself
/// returns the same audit when there is nothing (more) to do, so that doing it twice is harmless.
/// </summary>
public static class AuditRules
{
    /// <summary>Approves the plan.</summary>
    public const string ApprovePlan = "approve-plan";

    /// <summary>Answers questions.</summary>
    public const string Answer = "answers";

    /// <summary>Hands the answers in.</summary>
    public const string Submit = "submit";

    /// <summary>Approves the report.</summary>
    public const string ApproveReport = "approve-report";

    /// <summary>Returns the report to the auditors.</summary>
    public const string ReturnReport = "return-report";

    /// <summary>Calls the audit off.</summary>
    public const string Cancel = "cancel";

    /// <summary>Puts questions into the hands of another auditor.</summary>
    public const string Reassign = "reassign";

    /// <summary>Moves the days of fieldwork.</summary>
    public const string Reschedule = "reschedule";

    private const string System = "system";

    private static readonly Dictionary<AuditStage, string[]> PossibleCommands = new()
    {
        [AuditStage.Planning] = [Cancel],
        [AuditStage.PlanApproval] = [ApprovePlan, Reassign, Reschedule, Cancel],
        [AuditStage.Notified] = [Reassign, Reschedule, Cancel],
        [AuditStage.Fieldwork] = [Answer, Submit, Reassign, Cancel],
        [AuditStage.Reporting] = [Cancel],
        [AuditStage.ReportApproval] = [ApproveReport, ReturnReport, Cancel],
        [AuditStage.FollowingUp] = [],
        [AuditStage.Closed] = [],
        [AuditStage.Cancelled] = [],
    };

    /// <summary>All commands that people give.</summary>
    public static IReadOnlyList<string> Commands { get; } = [ApprovePlan, Answer, Submit, ApproveReport, ReturnReport, Reassign, Reschedule, Cancel];

    /// <summary>The commands that a stage permits.</summary>
    public static IReadOnlyList<string> PossibleIn(AuditStage stage) => PossibleCommands[stage];

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(AuditStage stage) => Texts.Get("audit.stage." + stage);

    /// <summary>A new audit.</summary>
    public static Audit IsPlanned(string id, PlannedAudit planned, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return new Audit
        {
            Id = id,
            FiscalYear = planned.FiscalYear.Id,
            StageSince = at,
            Plan = planned.Plan,
            RequestedBy = by,
            RequestedAt = at,
            Log = [new AuditDecision("start", by, at, AuditStage.Planning, null)],
        };
    }

    /// <summary>A command is refused where the stage does not permit it, and the refusal lists what is possible; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(Audit audit, string command)
    {
        ArgumentNullException.ThrowIfNull(audit);
        if (PossibleIn(audit.Stage).Contains(command))
        {
            return null;
        }

        var refusal = Refusal.Of(
            RefusalKind.IllegalState, "audit-command-not-possible", null, audit.Stage.ToString(), audit.Id, NameOf(audit.Stage),
            Texts.Get("audit.command." + command));
        return refusal with { Possible = PossibleIn(audit.Stage) };
    }

    /// <summary>The workflow has drawn up the checklist: the plan waits for approval.</summary>
    public static Audit PlanIsWritten(Audit audit, DateTimeOffset at) => When(audit, AuditStage.Planning, AuditStage.PlanApproval, "plan-written", at);

    /// <summary>The plan is approved by somebody who did not ask for the audit.</summary>
    public static Outcome<Audit> PlanIsApproved(Audit audit, string by, DateTimeOffset at, string? comment) =>
        CommandIsPossible(audit, ApprovePlan) is { } refusal ? refusal
        : audit.RequestedBy == by ? Refusal.Of(RefusalKind.RuleBroken, "audit-plan-approved-by-its-author", null, by)
        : Enter(audit, AuditStage.Notified, ApprovePlan, by, at, comment) with { PlanApproval = new AuditApproval(by, at, comment) };

    /// <summary>
    /// Auditors or days of the plan change. Where the auditees have been told already, the stage is entered again: the plan is put on record anew, and everybody
    /// gets a newer entry for their calendar.
    /// </summary>
    internal static Audit PlanIsChanged(Audit audit, AuditPlan plan, string what, string by, DateTimeOffset at, string comment)
    {
        var changed = audit with { Plan = plan };
        return audit.Stage == AuditStage.Notified
            ? Enter(changed, AuditStage.Notified, what, by, at, comment)
            : changed with { Log = [.. audit.Log, new AuditDecision(what, by, at, audit.Stage, comment)] };
    }

    /// <summary>How often the plan has been issued: once with its approval, and again with each change before fieldwork.</summary>
    public static int IssueOfPlan(Audit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return 1 + audit.Log.Count(d => d.Stage == AuditStage.Notified && d.What is (Reassign or Reschedule));
    }

    /// <summary>The first day of fieldwork has come.</summary>
    public static Audit FieldworkBegins(Audit audit, DateTimeOffset at) => When(audit, AuditStage.Notified, AuditStage.Fieldwork, "fieldwork-begins", at);

    /// <summary>The answers are handed in by one of the auditors, once every question has one.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="checklist">Its checklist.</param>
    /// <param name="answers">The newest version of each answer, by question.</param>
    /// <param name="by">Who hands them in.</param>
    /// <param name="at">When.</param>
    /// <param name="comment">A remark.</param>
    public static Outcome<Audit> ChecklistIsSubmitted(
        Audit audit, Checklist checklist, IReadOnlyDictionary<string, int> answers, string by, DateTimeOffset at, string? comment)
    {
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(answers);
        if ((CommandIsPossible(audit, Submit) ?? ActsAsAuditorOf(audit, by)) is { } refusal)
        {
            return refusal;
        }

        var open = checklist.Questions.Where(q => !answers.ContainsKey(q.Id)).Select(q => q.Id).ToList();
        return open.Count > 0
            ? Refusal.Of(RefusalKind.IllegalState, "audit-questions-unanswered", null, null, open.Count, checklist.Questions.Count) with
            {
                Missing = open,
                Possible = PossibleIn(audit.Stage),
            }
            : Enter(audit, AuditStage.Reporting, Submit, by, at, comment) with
            {
                Submission = new AuditSubmission(by, at, (audit.Submission?.Round ?? 0) + 1, answers),
            };
    }

    /// <summary>The workflow has written the report: it waits for approval.</summary>
    public static Audit ReportIsWritten(Audit audit, IReadOnlyList<Finding> findings, AnswerCounts counts, DateTimeOffset at)
    {
        var written = When(audit, AuditStage.Reporting, AuditStage.ReportApproval, "report-written", at);
        return ReferenceEquals(written, audit) ? audit : written with { Findings = findings, Counts = counts };
    }

    /// <summary>The report is approved by somebody who did not submit it.</summary>
    public static Outcome<Audit> ReportIsApproved(Audit audit, string by, DateTimeOffset at, string? comment) =>
        CommandIsPossible(audit, ApproveReport) is { } refusal ? refusal
        : audit.Submission!.By == by ? Refusal.Of(RefusalKind.RuleBroken, "audit-report-approved-by-its-author", null, by)
        : Enter(audit, AuditStage.FollowingUp, ApproveReport, by, at, comment) with { ReportApproval = new AuditApproval(by, at, comment) };

    /// <summary>The report goes back to the auditors, with what is to be corrected.</summary>
    public static Outcome<Audit> ReportIsReturned(Audit audit, string by, DateTimeOffset at, string? comment) =>
        CommandIsPossible(audit, ReturnReport) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(comment) ? Refusal.Of(RefusalKind.InvalidInput, "audit-return-without-comment", "comment")
        : Enter(audit, AuditStage.Fieldwork, ReturnReport, by, at, comment);

    /// <summary>The audit is called off, with a reason, before its report is approved.</summary>
    public static Outcome<Audit> AuditIsCancelled(Audit audit, string by, DateTimeOffset at, string? reason) =>
        CommandIsPossible(audit, Cancel) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalKind.InvalidInput, "audit-cancel-without-reason", "reason")
        : Enter(audit, AuditStage.Cancelled, Cancel, by, at, reason);

    /// <summary>A finding has started its corrective action.</summary>
    public static Audit ActionIsStarted(Audit audit, string finding, string action)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Actions.Any(a => a.Finding == finding) ? audit : audit with { Actions = [.. audit.Actions, new StartedAction(finding, action, false)] };
    }

    /// <summary>One of its corrective actions is closed.</summary>
    public static Audit ActionIsClosed(Audit audit, string action)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Actions.Any(a => a.Action == action && !a.Closed)
            ? audit with { Actions = [.. audit.Actions.Select(a => a.Action == action ? a with { Closed = true } : a)] }
            : audit;
    }

    /// <summary>Whether every nonconformity has its corrective action, and all of them are closed.</summary>
    public static bool AllActionsAreClosed(Audit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Findings.Where(f => f.IsNonconformity).All(f => audit.Actions.Any(a => a.Finding == f.Id)) && audit.Actions.All(a => a.Closed);
    }

    /// <summary>Closes the audit once all its corrective actions are closed.</summary>
    public static Audit AuditIsClosedWhenAllActionsAre(Audit audit, DateTimeOffset at) =>
        AllActionsAreClosed(audit) ? When(audit, AuditStage.FollowingUp, AuditStage.Closed, "close", at) : audit;

    /// <summary>Refuses people who are not auditors of this audit; null for those who are.</summary>
    public static Refusal? ActsAsAuditorOf(Audit audit, string person)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Plan.Auditors.Contains(person)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "not-an-auditor-of-this-audit", null, person, audit.Id, string.Join(", ", audit.Plan.Auditors));
    }

    private static Audit When(Audit audit, AuditStage from, AuditStage to, string what, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Stage == from ? Enter(audit, to, what, System, at, null) : audit;
    }

    private static Audit Enter(Audit audit, AuditStage stage, string what, string by, DateTimeOffset at, string? comment) => audit with
    {
        Stage = stage,
        Serial = audit.Serial + 1,
        StageSince = at,
        Log = [.. audit.Log, new AuditDecision(what, by, at, stage, comment)],
    };
}
