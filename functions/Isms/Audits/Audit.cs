using Isms.Text;

namespace Isms.Audits;

/// <summary>Where an internal audit stands (clause 9.2).</summary>
public enum AuditStage
{
    /// <summary>The plan and the checklist are being drawn up (計画中).</summary>
    Planning,

    /// <summary>The plan waits for the ISMS manager's approval (計画承認待ち).</summary>
    PlanApproval,

    /// <summary>The auditees know the dates (通知済み).</summary>
    Notified,

    /// <summary>The auditors work the checklist (実地監査).</summary>
    Fieldwork,

    /// <summary>The report is being written from the answers (報告書作成).</summary>
    Reporting,

    /// <summary>The report waits for approval (報告承認待ち).</summary>
    ReportApproval,

    /// <summary>The corrective actions are being followed up (フォローアップ).</summary>
    FollowingUp,

    /// <summary>All is done (完了).</summary>
    Closed,

    /// <summary>It was called off, with a reason (中止).</summary>
    Cancelled,
}

/// <summary>An internal audit: its state row, and the record of every decision on it.</summary>
public sealed record Audit
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>audit-FY2026-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year whose audit it is.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>Where it stands.</summary>
    public AuditStage Stage { get; init; }

    /// <summary>Counts the stages it entered, so that a workflow notices having left a stage and come back.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>Scope, dates and auditors.</summary>
    public required AuditPlan Plan { get; init; }

    /// <summary>Who asked for it; <c>system</c> when the year did.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Who approved the plan.</summary>
    public AuditApproval? PlanApproval { get; init; }

    /// <summary>What the auditors handed in last.</summary>
    public AuditSubmission? Submission { get; init; }

    /// <summary>Who approved the report.</summary>
    public AuditApproval? ReportApproval { get; init; }

    /// <summary>The findings, most urgent first; filled when the report is written.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How the questions were answered, by result; filled when the report is written.</summary>
    public AnswerCounts? Counts { get; init; }

    /// <summary>The corrective actions that its nonconformities started.</summary>
    public IReadOnlyList<StartedAction> Actions { get; init; } = [];

    /// <summary>Every decision, oldest first.</summary>
    public IReadOnlyList<AuditDecision> Log { get; init; } = [];

    /// <summary>Whether nothing more happens to it.</summary>
    public bool Ended => Stage is AuditStage.Closed or AuditStage.Cancelled;
}

/// <summary>The plan of an audit (clause 9.2.2): what is audited against what, when, and by whom.</summary>
public sealed record AuditPlan
{
    /// <summary>Ids of the departments in scope, in the order of the organisation's settings.</summary>
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>Clauses in scope, at the lowest level.</summary>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <summary>Annex A controls in scope.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Controls that were left out since the statement of applicability excludes them.</summary>
    public IReadOnlyList<string> ExcludedControls { get; init; } = [];

    /// <summary>What the audit is to find out.</summary>
    public required LocalizedText Objective { get; init; }

    /// <summary>What it audits against.</summary>
    public required LocalizedText Criteria { get; init; }

    /// <summary>The first day of fieldwork.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of fieldwork.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The lead auditor's person id.</summary>
    public required string LeadAuditor { get; init; }

    /// <summary>Person ids of all auditors, the lead included.</summary>
    public required IReadOnlyList<string> Auditors { get; init; }

    /// <summary>Which auditor audits which department.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>The auditor of a department: of a clause or control in it, where somebody has been given that part of it.</summary>
    public string AuditorOf(string department, string? clause = null, string? control = null) =>
        (Assignments.FirstOrDefault(a => a.Department == department && a.IsGivenFor(clause, control))
            ?? Assignments.First(a => a.Department == department && a.Requirements is null or [])).Auditor;
}

/// <summary>A department, or a part of its questions, and its auditor.</summary>
/// <param name="Department">The department's id.</param>
/// <param name="Auditor">The auditor's person id, who works in another department.</param>
/// <param name="Requirements">
/// Clauses (<c>7.5</c>), controls (<c>A.5.18</c>) and headings (<c>9</c>, <c>A.8</c>) that it is limited to; everything that nobody else was given, when left out.
/// </param>
public sealed record Assignment(string Department, string Auditor, IReadOnlyList<string>? Requirements = null)
{
    /// <summary>Whether it names the clause or control.</summary>
    public bool IsGivenFor(string? clause, string? control)
    {
        var number = clause ?? (control is null ? null : "A." + control);
        return number is not null && Requirements?.Any(r => r == number || number.StartsWith(r + ".", StringComparison.Ordinal)) == true;
    }
}

/// <summary>An approval.</summary>
/// <param name="By">The person id of who approved.</param>
/// <param name="At">When.</param>
/// <param name="Comment">What they remarked.</param>
public sealed record AuditApproval(string By, DateTimeOffset At, string? Comment);

/// <summary>The answers as they were handed in.</summary>
/// <param name="By">The person id of the auditor who handed them in.</param>
/// <param name="At">When.</param>
/// <param name="Round">Counts the submissions, from 1: a returned report is submitted again.</param>
/// <param name="Answers">
/// Which version of each answer counts, by question: an answer changed at the same instant is either in the report or not, but never half.
/// </param>
public sealed record AuditSubmission(string By, DateTimeOffset At, int Round, IReadOnlyDictionary<string, int> Answers);

/// <summary>A corrective action that a finding started.</summary>
/// <param name="Finding">The finding's id.</param>
/// <param name="Action">The corrective action's id.</param>
/// <param name="Closed">Whether it is closed.</param>
public sealed record StartedAction(string Finding, string Action, bool Closed);

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event, such as <c>approve-plan</c>.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">What they remarked.</param>
public sealed record AuditDecision(string What, string By, DateTimeOffset At, AuditStage Stage, string? Comment);
