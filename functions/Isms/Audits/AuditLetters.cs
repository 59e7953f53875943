using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Asks the lead auditor and the secretariat for another auditor where people have changed; once for the same state of things.</summary>
    public static IReadOnlyList<Letter> OnViolations(Audit audit, IReadOnlyList<TeamViolation> violations, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(violations);
        ArgumentNullException.ThrowIfNull(organization);
        if (violations.Count == 0)
        {
            return [];
        }

        var points = new LocalizedText(string.Join('\n', violations.Select(v => " ・" + v.What.Ja)), string.Join('\n', violations.Select(v => "  - " + v.What.En)));
        var others = organization.InRole(Role.InternalAuditor).Where(p => p.AuditorQualifiedUntil >= audit.Plan.To && violations.All(v => v.Auditor != p.Id)).Select(p => p.Name).ToList();
        var candidates = others.Count > 0 ? Texts.Join(others) : Texts.Get("document.none");
        var state = string.Join(' ', violations.Select(v => $"{v.Kind}.{v.Auditor}.{v.Department}"));
        var key = "team-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..12];
        return Letter.ToEach(
            key, Texts.Get("audit-letter.team.subject", audit.Id), Texts.Get("audit-letter.team.body", audit.Id, points, candidates), points,
            [audit.Plan.LeadAuditor, .. People(organization, Role.Secretariat)], organization);
    }

    /// <summary>Tells an auditor who takes over during fieldwork, and one who has left the team.</summary>
    /// <param name="before">The audit before.</param>
    /// <param name="after">The audit with its new team.</param>
    /// <param name="organization">For names.</param>
    public static IReadOnlyList<Letter> OnReassignment(Audit before, Audit after, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(organization);
        if (after.PlanApproval is null)
        {
            return []; // nobody has been told anything yet
        }

        string Numbered(string key) => string.Create(CultureInfo.InvariantCulture, $"{key}-{after.Log.Count}");
        var joined = after.Stage == AuditStage.Fieldwork ? after.Plan.Auditors.Except(after.Plan.Auditors.Where(a => Same(before.Plan, after.Plan, a))) : [];
        return
        [
            .. Write("assigned", after, organization, joined).Select(l => l with { Key = Numbered(l.Key) }),
            .. Write("released", after, organization, before.Plan.Auditors.Except(after.Plan.Auditors)).Select(l => l with { Key = Numbered(l.Key) }),
        ];
    }

    private static bool Same(AuditPlan before, AuditPlan after, string auditor) =>
        before.Auditors.Contains(auditor)
        && before.Assignments.Count(a => a.Auditor == auditor) >= after.Assignments.Count(a => a.Auditor == auditor);

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
