using Isms.Audits;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Audits;

/// <summary>An audit as lists and answers to commands show it.</summary>
public record AuditSummary(
    string Id,
    string FiscalYear,
    AuditStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly? Due,
    bool Overdue,
    DateOnly From,
    DateOnly To,
    string LeadAuditor,
    IReadOnlyList<string> Departments,
    AnswerCounts? Counts,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of an audit at a moment.</summary>
    public static AuditSummary Of(Audit audit, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var deadline = AuditSchedule.DeadlineOf(audit, office);
        return new AuditSummary(
            audit.Id, audit.FiscalYear, audit.Stage, AuditRules.NameOf(audit.Stage), audit.StageSince, deadline?.Due,
            deadline?.IsOverdue(office.DateAt(now)) ?? false, audit.Plan.From, audit.Plan.To, audit.Plan.LeadAuditor, audit.Plan.Departments, audit.Counts,
            AuditRules.PossibleIn(audit.Stage));
    }
}

/// <summary>Everything about an audit.</summary>
public sealed record AuditDetails : AuditSummary
{
    private AuditDetails(AuditSummary summary)
        : base(summary)
    {
    }

    public required AuditPlan Plan { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public AuditApproval? PlanApproval { get; init; }

    public AuditApproval? ReportApproval { get; init; }

    public required int Answered { get; init; }

    public required int Questions { get; init; }

    public required IReadOnlyList<AnsweredQuestion> Checklist { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<StartedAction> Actions { get; init; }

    public required IReadOnlyList<AuditDecision> Log { get; init; }

    /// <summary>The details of an audit at a moment.</summary>
    public static AuditDetails Of(
        Audit audit, Checklist checklist, IReadOnlyDictionary<string, AnswerSheet> answers, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(answers);
        var questions = checklist.Questions.Select(q => new AnsweredQuestion(
            q.Id, q.Department, audit.Plan.AuditorOf(q.Department, q.Clause, q.Control), q.Clause, q.Control, q.Method, q.Text, q.AskFor, q.Evidence, q.FollowsUp,
            q.Action, q.Risk, q.Freshness, answers.GetValueOrDefault(q.Id)?.Latest)).ToList();
        return new AuditDetails(AuditSummary.Of(audit, organization, now))
        {
            Plan = audit.Plan,
            RequestedBy = audit.RequestedBy,
            RequestedAt = audit.RequestedAt,
            PlanApproval = audit.PlanApproval,
            ReportApproval = audit.ReportApproval,
            Answered = questions.Count(q => q.Answer is not null),
            Questions = questions.Count,
            Checklist = questions,
            Findings = audit.Findings,
            Actions = audit.Actions,
            Log = audit.Log,
        };
    }
}

/// <summary>A question of the checklist with its newest answer.</summary>
public sealed record AnsweredQuestion(
    string Id,
    string Department,
    string Auditor,
    string? Clause,
    string? Control,
    AuditMethod Method,
    LocalizedText Text,
    LocalizedText AskFor,
    IReadOnlyList<string> Evidence,
    string? FollowsUp,
    string? Action,
    string? Risk,
    EvidenceFreshness? Freshness,
    GivenAnswer? Answer);
