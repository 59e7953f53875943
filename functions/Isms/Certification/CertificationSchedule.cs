using Isms.Deadlines;
using Isms.Year;

namespace Isms.Certification;

/// <summary>Which moments matter to an audit of the certification body, in each of its stages.</summary>
public static class CertificationSchedule
{
    /// <summary>A result that nobody has entered a week after the audit is one that nobody works on.</summary>
    private const int DaysToEnterTheResult = 7;

    /// <summary>What people are waited for; null where nobody is.</summary>
    public static Deadline? DeadlineOf(CertificationAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audit.Stage switch
        {
            CertificationAuditStage.Planned => new Deadline(audit.To.AddDays(DaysToEnterTheResult)) { DaysBefore = [DaysToEnterTheResult - 1], ManagerAfter = 7 },

            // A missed deadline of the body can cost the certificate: nobody waits a week before telling who decides.
            CertificationAuditStage.Responding when !CertificationAuditRules.IsAnswered(audit) =>
                new Deadline(audit.RespondBy!.Value) { DaysBefore = [14, 7, 3, 1], ManagerAfter = 0, TopManagementAfter = 1 },
            _ => null,
        };
    }

    /// <summary>The milestones that have come after <paramref name="after"/> and until <paramref name="until"/>: they are told of on the morning of a week before.</summary>
    public static IReadOnlyList<TrackMilestone> MilestonesBetween(CertificationAudit audit, DateTimeOffset after, DateTimeOffset until, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(office);
        return audit.Stage == CertificationAuditStage.Planned
            ? [.. audit.Milestones.Where(m => ToldAt(m, office) is var at && at > after && at <= until)]
            : [];
    }

    /// <summary>The next moment at which something happens of itself; null when the audit only waits for people or for its actions.</summary>
    public static DateTimeOffset? NextMoment(CertificationAudit audit, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(office);
        if (CertificationAuditRules.IsToClose(audit))
        {
            return audit.StageSince;
        }

        var milestones = audit.Stage == CertificationAuditStage.Planned ? audit.Milestones.Select(m => ToldAt(m, office)).Where(at => at > after) : [];
        var deadline = DeadlineOf(audit)?.NextAfter(after, office)?.At;
        var all = deadline is { } moment ? milestones.Append(moment) : milestones;
        return all.Select(m => (DateTimeOffset?)m).Min();
    }

    private static DateTimeOffset ToldAt(TrackMilestone milestone, OfficeTime office) => office.MorningOf(milestone.DueOn.AddDays(-7));
}
