using Isms.Deadlines;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>Which moments matter to a meeting, in each of its stages.</summary>
public static class MeetingSchedule
{
    private const int DaysToSetADate = 14;
    private const int DaysToWriteMinutes = 7;
    private const int DaysToApprove = 7;

    /// <summary>Working days between the papers and the meeting.</summary>
    private const int PaperDaysOfAReview = 5;
    private const int PaperDaysOfACommittee = 2;

    /// <summary>By when the present stage should be over; null where nobody is waited for, or decisions have due dates of their own.</summary>
    public static Deadline? DeadlineOf(Meeting meeting, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(office);
        var since = office.DateAt(meeting.StageSince);
        var isReview = meeting.Kind == MeetingKind.ManagementReview;
        return meeting.Stage switch
        {
            MeetingStage.InputsReady => new Deadline(since.AddDays(DaysToSetADate)) { DaysBefore = [3], ManagerAfter = 7, TopManagementAfter = 21 },
            MeetingStage.Scheduled => new Deadline(meeting.Appointment!.Date) { DaysBefore = isReview ? [7, 1] : [1], ManagerAfter = 7 },
            MeetingStage.Held => new Deadline(since.AddDays(DaysToWriteMinutes)) { DaysBefore = [3], ManagerAfter = 7 },
            MeetingStage.Approval => new Deadline(since.AddDays(DaysToApprove)) { DaysBefore = [3], TopManagementAfter = 14 },
            _ => null,
        };
    }

    /// <summary>The deadline of a decision: reminders a week and a day before it and weekly after it; what a review decided goes back to top management.</summary>
    public static Deadline DeadlineOf(Meeting meeting, Decision decision)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(decision);
        return new Deadline(decision.Due)
        {
            DaysBefore = [7, 1],
            ManagerAfter = 7,
            TopManagementAfter = meeting.Kind == MeetingKind.ManagementReview ? 21 : null,
        };
    }

    /// <summary>The decisions whose due dates are watched: open ones, as soon as the minutes are approved.</summary>
    public static IEnumerable<Decision> WatchedDecisions(Meeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return meeting.Stage == MeetingStage.FollowingUp ? meeting.Decisions.Where(d => d.Status == DecisionStatus.Open) : [];
    }

    /// <summary>The morning on which the papers are given out; null where they have been, or there is no date yet.</summary>
    public static DateTimeOffset? PapersAt(Meeting meeting, OfficeTime office, WorkingDays days)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(office);
        ArgumentNullException.ThrowIfNull(days);
        if (meeting.Stage != MeetingStage.Scheduled || MeetingRules.IsIssuedForItsDate(meeting))
        {
            return null;
        }

        var day = meeting.Appointment!.Date;
        for (var left = meeting.Kind == MeetingKind.ManagementReview ? PaperDaysOfAReview : PaperDaysOfACommittee; left > 0; left--)
        {
            day = days.OnOrBefore(day.AddDays(-1));
        }

        return office.MorningOf(day);
    }

    /// <summary>The next moment at which something happens of itself; null when the meeting only waits for people.</summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="organization">Whose working days and time zone count.</param>
    /// <param name="after">Until when reminders have been dealt with.</param>
    public static DateTimeOffset? NextMoment(Meeting meeting, Organization organization, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        DateTimeOffset?[] moments =
        [
            PapersAt(meeting, office, WorkingDays.Of(organization)),
            DeadlineOf(meeting, office)?.NextAfter(after, office)?.At,
            .. WatchedDecisions(meeting).Select(d => DeadlineOf(meeting, d).NextAfter(after, office)?.At),
        ];
        return moments.Min();
    }
}
