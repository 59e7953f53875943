using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Whom an audit writes to, and what.</summary>
public static class AuditLetters
{
    /// <summary>What is written when the audit enters its present stage; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(Audit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        return audit.Stage switch
        {
            AuditStage.PlanApproval => Write("approve-plan", audit, organization, Approvers(organization)),
            AuditStage.Notified =>
            [
                .. Write("auditees", audit, organization, LeadsOf(audit, organization)),
                .. Write("auditors", audit, organization, audit.Plan.Auditors),
            ],
            AuditStage.Fieldwork when audit.Submission is null => Write("fieldwork", audit, organization, audit.Plan.Auditors),
            AuditStage.Fieldwork => Write("report-returned", audit, organization, audit.Plan.Auditors),
            AuditStage.ReportApproval => Write("approve-report", audit, organization, Approvers(organization)),
            AuditStage.FollowingUp =>
            [
                .. Write("report", audit, organization, People(organization, Role.TopManagement)),
                .. Write("results", audit, organization, LeadsOf(audit, organization)),
            ],
            AuditStage.Closed => Write("closed", audit, organization, [.. Approvers(organization), .. People(organization, Role.Secretariat)]),
            AuditStage.Cancelled when audit.PlanApproval is null => Write("cancelled", audit, organization, Approvers(organization)),
            AuditStage.Cancelled => Write("cancelled", audit, organization, [.. audit.Plan.Auditors, .. LeadsOf(audit, organization)]),
            _ => [],
        };
    }

    /// <summary>What is written at a moment around the present stage's deadline.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, Audit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var recipients = moment.Kind switch
        {
            DeadlineKind.EscalatedToManager => People(organization, Role.IsmsManager),
            DeadlineKind.EscalatedToTopManagement => People(organization, Role.TopManagement),
            _ => audit.Stage == AuditStage.Fieldwork ? audit.Plan.Auditors : Approvers(organization),
        };
        return [.. Write($"{audit.Stage}.{moment.Kind}", audit, organization, recipients, moment.Days).Select(l => l with { Key = moment.Key, Delivery = moment.Delivery })];
    }

    private static IReadOnlyList<Letter> Write(string key, Audit audit, Organization organization, IEnumerable<string> recipients, int days = 0)
    {
        var departments = Texts.Join(audit.Plan.Departments.Select(d => organization.FindDepartment(d)?.Name ?? LocalizedText.Same(d)));
        var auditors = Texts.Join(audit.Plan.Auditors.Select(a => organization.FindPerson(a)?.Name ?? LocalizedText.Same(a)));
        var comment = audit.Log[^1].Comment ?? "";
        object?[] arguments =
        [
            audit.Id, audit.Plan.From, audit.Plan.To, departments, auditors, days, comment,
            audit.Findings.Count(f => f.IsNonconformity), audit.Findings.Count(f => !f.IsNonconformity),
        ];
        var facts = Texts.Get("audit-letter.facts", audit.Id, audit.FiscalYear, audit.Plan.From, audit.Plan.To, departments, auditors);
        return Letter.ToEach(
            key, Texts.Get($"audit-letter.{key}.subject", arguments), Texts.Get($"audit-letter.{key}.body", arguments), facts, recipients, organization);
    }

    private static IEnumerable<string> LeadsOf(Audit audit, Organization organization) =>
        audit.Plan.Departments.Select(organization.FindDepartment).OfType<Department>().Select(d => d.LeadId);

    private static IEnumerable<string> Approvers(Organization organization) => People(organization, Role.IsmsManager);

    private static IEnumerable<string> People(Organization organization, Role role) => organization.InRole(role).Select(p => p.Id);
}
