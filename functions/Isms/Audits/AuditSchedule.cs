using Isms.Deadlines;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Audits;

/// <summary>Which moments matter to an audit, in each of its stages.</summary>
public static class AuditSchedule
{
    private const int DaysToApproveThePlan = 7;
    private const int DaysToApproveTheReport = 14;

    /// <summary>By when the present stage should be over; null where nobody is waited for.</summary>
    public static Deadline? DeadlineOf(Audit audit, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(office);
        var since = office.DateAt(audit.StageSince);
        return audit.Stage switch
        {
            AuditStage.PlanApproval => new Deadline(since.AddDays(DaysToApproveThePlan)) { DaysBefore = [3], TopManagementAfter = 7 },
            AuditStage.Fieldwork => new Deadline(audit.Plan.To > since ? audit.Plan.To : since.AddDays(3)) { DaysBefore = [1], ManagerAfter = 7 },
            AuditStage.ReportApproval => new Deadline(since.AddDays(DaysToApproveTheReport)) { DaysBefore = [7], TopManagementAfter = 0 },
            _ => null,
        };
    }

    /// <summary>Whether the first day of fieldwork has come for an audit whose auditees are notified.</summary>
    public static bool FieldworkIsDue(Audit audit, OfficeTime office, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(office);
        return audit.Stage == AuditStage.Notified && now >= office.MorningOf(audit.Plan.From);
    }

    /// <summary>
    /// The next morning on which an auditor's part, or qualification, changes by itself, until fieldwork is over; null when none does.
    /// </summary>
    /// <param name="audit">The audit.</param>
    /// <param name="organization">The settings as they were written, with every handover.</param>
    /// <param name="office">The organisation's office time.</param>
    /// <param name="after">Until when such days have been dealt with.</param>
    public static DateTimeOffset? NextTeamChange(Audit audit, Organization organization, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(office);
        if (audit.Stage is not (AuditStage.PlanApproval or AuditStage.Notified or AuditStage.Fieldwork))
        {
            return null;
        }

        var lapses = audit.Plan.Auditors.Select(organization.FindPerson).Select(p => p?.AuditorQualifiedUntil?.AddDays(1)).OfType<DateOnly>();
        return organization.ChangeDays().Concat(lapses)
            .Select(office.MorningOf)
            .Where(moment => moment > after && (audit.Stage == AuditStage.Fieldwork || moment <= office.MorningOf(audit.Plan.To)))
            .Select(moment => (DateTimeOffset?)moment)
            .Min();
    }

    /// <summary>The next moment at which something happens of itself; null when the audit only waits for people or for its actions.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="office">Its organisation's office time.</param>
    /// <param name="after">Until when reminders have been dealt with.</param>
    public static DateTimeOffset? NextMoment(Audit audit, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Stage switch
        {
            AuditStage.Notified => office.MorningOf(audit.Plan.From),
            AuditStage.FollowingUp when AuditRules.AllActionsAreClosed(audit) => audit.StageSince,
            _ => DeadlineOf(audit, office)?.NextAfter(after, office)?.At,
        };
    }
}
