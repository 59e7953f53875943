using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Certification;

/// <summary>Whom an audit of the certification body writes to, and what.</summary>
public static class CertificationLetters
{
    /// <summary>What is written when it enters its present stage; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(CertificationAudit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        Role[] managers = [Role.IsmsManager, Role.Secretariat];
        return audit.Stage switch
        {
            CertificationAuditStage.Planned => Write("planned", audit, organization, People(organization, managers)),
            CertificationAuditStage.Held => Write("held", audit, organization, [.. People(organization, [Role.TopManagement, .. managers]), .. LeadsConcerned(audit, organization)]),
            CertificationAuditStage.Responding when audit.Log[^1].What == CertificationAuditRules.Return =>
                Write("returned", audit, organization, [.. People(organization, managers), .. LeadsConcerned(audit, organization)]),
            CertificationAuditStage.Closed => Write("closed", audit, organization, People(organization, [Role.TopManagement, .. managers])),
            CertificationAuditStage.Cancelled => Write("cancelled", audit, organization, People(organization, managers)),
            _ => [],
        };
    }

    /// <summary>What is written when a milestone comes near.</summary>
    public static IReadOnlyList<Letter> At(TrackMilestone milestone, CertificationAudit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(milestone);
        Role[] roles = milestone.Kind == MilestoneKind.Apply ? [Role.Secretariat] : [Role.Secretariat, Role.PersonInCharge];
        var name = Texts.Get("certification.milestone." + milestone.Kind);
        var key = FormattableString.Invariant($"milestone-{milestone.Kind}-{milestone.DueOn:yyyy-MM-dd}").ToLowerInvariant();
        return [.. Write("milestone", audit, organization, People(organization, roles), 0, name, milestone.DueOn).Select(l => l with { Key = key, Delivery = Delivery.Digest })];
    }

    /// <summary>What is written at a moment around the present stage's deadline.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, CertificationAudit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(audit);
        var recipients = moment.Kind switch
        {
            DeadlineKind.EscalatedToManager => People(organization, [Role.IsmsManager]),
            DeadlineKind.EscalatedToTopManagement => People(organization, [Role.TopManagement]),
            _ when audit.Stage == CertificationAuditStage.Responding => [.. People(organization, [Role.Secretariat]), .. LeadsConcerned(audit, organization)],
            _ => People(organization, [Role.Secretariat]),
        };
        var due = CertificationSchedule.DeadlineOf(audit)!.Due;
        return
        [
            .. Write($"{audit.Stage}.{moment.Kind}", audit, organization, recipients, moment.Days, null, due)
                .Select(l => l with { Key = FormattableString.Invariant($"{due:yyyy-MM-dd}-{moment.Key}"), Delivery = moment.Delivery }),
        ];
    }

    private static IReadOnlyList<Letter> Write(
        string key, CertificationAudit audit, Organization organization, IEnumerable<string> recipients, int days = 0, LocalizedText? milestone = null, DateOnly? due = null)
    {
        var findings = audit.FindingsSoFar();
        object?[] arguments =
        [
            audit.Title, audit.From, audit.To, audit.Body, days, audit.Log[^1].Comment ?? "", milestone, (object?)(due ?? audit.RespondBy) ?? "",
            findings.Count(f => f.IsNonconformity), findings.Count(f => !f.IsNonconformity), Milestones(audit), Asked(audit),
        ];
        var facts = Texts.Get("certification-letter.facts", arguments);
        return Letter.ToEach(
            key, Texts.Get($"certification-letter.{key}.subject", arguments), Texts.Get($"certification-letter.{key}.body", arguments), facts, recipients, organization);
    }

    private static LocalizedText Asked(CertificationAudit audit) =>
        audit.RespondBy is { } day ? Texts.Get("certification-letter.asked", day) : Texts.Get("certification-letter.nothing-asked");

    private static LocalizedText Milestones(CertificationAudit audit)
    {
        var lines = audit.Milestones.Select(m => Texts.Get("certification-letter.milestone-line", Texts.Get("certification.milestone." + m.Kind), m.DueOn)).ToList();
        return new LocalizedText(string.Join('\n', lines.Select(l => l.Ja)), string.Join('\n', lines.Select(l => l.En)));
    }

    private static IEnumerable<string> LeadsConcerned(CertificationAudit audit, Organization organization) =>
        audit.Nonconformities().Select(f => organization.FindDepartment(f.Department)).OfType<Department>().Select(d => d.LeadId);

    private static IEnumerable<string> People(Organization organization, IEnumerable<Role> roles) => roles.SelectMany(organization.InRole).Select(p => p.Id);
}
