using Isms.Organizations;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>When a meeting could be held, whom it concerns, and what time it looks back on.</summary>
public static class MeetingPlanning
{
    /// <summary>Minutes are written and approved in this many days.</summary>
    private const int DaysForTheMinutesOfAReview = 21;
    private const int DaysForTheMinutesOfACommittee = 10;

    /// <summary>Nobody is invited from one day to the next.</summary>
    private const int DaysOfNotice = 5;

    private const int DaysLookedAhead = 31;

    private static readonly Role[] InACommittee = [Role.IsmsManager, Role.PersonInCharge, Role.Secretariat, Role.DepartmentLead, Role.SystemAdministrator];

    private static readonly Role[] InAReview = [Role.TopManagement, Role.IsmsManager, Role.PersonInCharge, Role.Secretariat, Role.DepartmentLead];

    /// <summary>A working day that leaves time for the minutes before all of it is due, though not without notice.</summary>
    public static Appointment Propose(Meeting meeting, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var days = WorkingDays.Of(organization);
        var wished = days.OnOrBefore(meeting.Due.AddDays(-(meeting.Kind == MeetingKind.ManagementReview ? DaysForTheMinutesOfAReview : DaysForTheMinutesOfACommittee)));
        var earliest = days.OnOrAfter(today.AddDays(DaysOfNotice));
        return new Appointment(wished > earliest ? wished : earliest);
    }

    /// <summary>Who is invited: those whom somebody chose, else those whose roles take part at present, department leads as the settings name them.</summary>
    public static IReadOnlyList<string> InviteesOf(Meeting meeting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        if (meeting.Appointment?.Invitees is { } chosen)
        {
            return chosen;
        }

        var roles = meeting.Kind == MeetingKind.ManagementReview ? InAReview : InACommittee;
        return [.. roles.SelectMany(organization.InRole).Select(p => p.Id).Concat(organization.Departments.Select(d => d.LeadId)).Distinct()];
    }

    /// <summary>What a review looks back on: the time since the review before it, or a year.</summary>
    /// <param name="fiscalYear">Its fiscal year.</param>
    /// <param name="before">The day on which the last review was held; null for none.</param>
    /// <param name="today">The day on which its inputs are compiled.</param>
    public static ManagementReviews.ReviewPeriod ReviewPeriod(string fiscalYear, DateOnly? before, DateOnly today) =>
        new(fiscalYear, before?.AddDays(1) ?? today.AddYears(-1).AddDays(1), today);

    /// <summary>What a committee talks about: the time since the meeting before it, or a month, and the month to come.</summary>
    public static AgendaPeriod AgendaPeriod(string fiscalYear, DateOnly? before, DateOnly today) =>
        new(fiscalYear, before?.AddDays(1) ?? today.AddMonths(-1).AddDays(1), today, today.AddDays(DaysLookedAhead));
}
