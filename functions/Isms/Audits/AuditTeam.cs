using Isms.Organizations;
using Isms.Rules;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Why an auditor of a running audit may not go on.</summary>
public enum TeamViolationKind
{
    /// <summary>They are no internal auditor any more.</summary>
    RoleLost,

    /// <summary>Their qualification lapses before fieldwork is over.</summary>
    QualificationLapses,

    /// <summary>They have come to work in the department that they audit.</summary>
    OwnDepartment,
}

/// <summary>An assignment that has come to break clause 9.2.2, because people changed after the plan was made.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Auditor">The auditor's person id.</param>
/// <param name="Department">The department, where it is about one.</param>
/// <param name="What">In words: who and why.</param>
public sealed record TeamViolation(TeamViolationKind Kind, string Auditor, string? Department, LocalizedText What);

/// <summary>Wants the questions of an auditor, or of departments, in other hands.</summary>
/// <param name="From">The person id of whose questions they are; left out, the departments say which.</param>
/// <param name="To">The person id of who takes over.</param>
/// <param name="Departments">Ids of the departments; all of the auditor's, when left out – the auditor then leaves the team.</param>
/// <param name="Reason">Why; it goes on record.</param>
public sealed record Reassignment(string? From = null, string? To = null, IReadOnlyList<string>? Departments = null, string? Reason = null);

/// <summary>Watches over the team of an audit while people change (clause 9.2.2 c), and changes it.</summary>
public static class AuditTeam
{
    /// <summary>What has come to be wrong with the team; nothing once fieldwork is over.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="organization">The organisation as of the day.</param>
    /// <param name="today">The local date.</param>
    public static IReadOnlyList<TeamViolation> Violations(Audit audit, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        return audit.Stage is AuditStage.PlanApproval or AuditStage.Notified or AuditStage.Fieldwork
            ? [.. audit.Plan.Auditors.SelectMany(a => ViolationsOf(a, audit, organization, today))]
            : [];
    }

    /// <summary>Refuses answers of an auditor who has lost the role, or whose qualification has lapsed; null for the others.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="organization">The organisation as of the day.</param>
    /// <param name="today">The local date.</param>
    public static Refusal? AuditorMayStillAnswer(Audit audit, string by, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var person = organization.FindPerson(by);
        var name = person?.Name ?? LocalizedText.Same(by);
        return person?.Roles.Contains(Role.InternalAuditor) != true ? Refusal.Of(RefusalKind.NotAllowed, "auditor-lost-the-role", null, by, name, audit.Id)
            : person.AuditorQualifiedUntil is { } until && until >= today ? null
            : Refusal.Of(RefusalKind.NotAllowed, "auditor-no-longer-qualified", null, by, name, Day(person.AuditorQualifiedUntil), audit.Id);
    }

    /// <summary>Puts questions into other hands. While the auditees have been told but fieldwork has not begun, the plan is issued anew.</summary>
    public static Outcome<Audit> IsReassigned(Audit audit, Reassignment wanted, Organization organization, string by, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(organization);
        string[] departments = [.. wanted.Departments ?? audit.Plan.Assignments.Where(a => a.Auditor == wanted.From).Select(a => a.Department).Distinct()];
        var lastDay = audit.Plan.To > today ? audit.Plan.To : today;
        var refusal = AuditRules.CommandIsPossible(audit, AuditRules.Reassign)
            ?? TheRequestIsWhole(audit, wanted)
            ?? AuditPlanning.AuditorIsQualified(wanted.To!, "to", organization, lastDay)
            ?? EveryDepartmentIsInScope(audit, wanted)
            ?? departments.Select(d => AuditIndependence.AuditorIsIndependentOf(d, wanted.To!, "to", organization)).FirstOrDefault(r => r is not null);
        return refusal is not null ? refusal : AuditRules.PlanIsChanged(audit, Changed(audit.Plan, wanted, departments), AuditRules.Reassign, by, at, Remark(wanted, departments));
    }

    private static AuditPlan Changed(AuditPlan plan, Reassignment wanted, string[] departments)
    {
        var leaves = wanted.From is { } from && wanted.Departments is null ? from : null;
        return plan with
        {
            Auditors = [.. plan.Auditors.Where(a => a != leaves).Append(wanted.To!).Distinct(StringComparer.Ordinal)],
            LeadAuditor = plan.LeadAuditor == leaves ? wanted.To! : plan.LeadAuditor,
            Assignments = [.. plan.Assignments.Select(a =>
                departments.Contains(a.Department) && (wanted.From is null || a.Auditor == wanted.From) ? a with { Auditor = wanted.To! } : a)],
        };
    }

    private static string Remark(Reassignment wanted, string[] departments) =>
        $"{wanted.From ?? "*"} → {wanted.To} ({string.Join(", ", departments)}): {wanted.Reason}";

    private static Refusal? TheRequestIsWhole(Audit audit, Reassignment wanted) =>
        string.IsNullOrWhiteSpace(wanted.Reason) ? Refusal.Of(RefusalKind.InvalidInput, "audit-reassign-without-reason", "reason")
        : string.IsNullOrWhiteSpace(wanted.To) ? Refusal.Of(RefusalKind.InvalidInput, "audit-reassign-to-nobody", "to")
        : wanted.From is null && wanted.Departments is null or [] ? Refusal.Of(RefusalKind.InvalidInput, "audit-reassign-of-nothing", "from")
        : wanted.From is { } from && !audit.Plan.Auditors.Contains(from)
            ? Refusal.Of(RefusalKind.InvalidInput, "audit-reassign-from-outsider", "from", from, from, string.Join(", ", audit.Plan.Auditors))
        : null;

    private static Refusal? EveryDepartmentIsInScope(Audit audit, Reassignment wanted)
    {
        var unknown = (wanted.Departments ?? []).Select((id, index) => (id, index)).FirstOrDefault(d => !audit.Plan.Departments.Contains(d.id), (id: "", index: -1));
        return unknown.index < 0
            ? null
            : Refusal.Of(
                RefusalKind.InvalidInput, "unknown-department", $"departments[{unknown.index}]", unknown.id, unknown.id, string.Join(", ", audit.Plan.Departments));
    }

    private static IEnumerable<TeamViolation> ViolationsOf(string auditor, Audit audit, Organization organization, DateOnly today)
    {
        var lastDay = audit.Plan.To > today ? audit.Plan.To : today;
        var person = organization.FindPerson(auditor);
        var name = person?.Name ?? LocalizedText.Same(auditor);
        if (person?.Roles.Contains(Role.InternalAuditor) != true)
        {
            yield return new TeamViolation(TeamViolationKind.RoleLost, auditor, null, Texts.Get("audit-team.RoleLost", name));
            yield break;
        }

        if (person.AuditorQualifiedUntil is not { } until || until < lastDay)
        {
            yield return new TeamViolation(
                TeamViolationKind.QualificationLapses, auditor, null, Texts.Get("audit-team.QualificationLapses", name, Day(person.AuditorQualifiedUntil), audit.Plan.To));
        }

        foreach (var assignment in audit.Plan.Assignments.Where(a => a.Auditor == auditor && a.Department == person.DepartmentId).DistinctBy(a => a.Department))
        {
            var department = organization.FindDepartment(assignment.Department)?.Name ?? LocalizedText.Same(assignment.Department);
            yield return new TeamViolation(
                TeamViolationKind.OwnDepartment, auditor, assignment.Department, Texts.Get("audit-team.OwnDepartment", name, department));
        }
    }

    private static object Day(DateOnly? day) => day is { } known ? known : Texts.Get("document.none");
}
