using System.Globalization;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using static Isms.Meetings.MeetingConditions;

namespace Isms.Meetings;

/// <summary>How a meeting becomes minutes, and how these are approved.</summary>
public static class MinutesRules
{
    /// <summary>
    /// The meeting was held. Its minutes are drafted from the papers; what has changed since these were given out is noted. Papers that were not given out by
    /// then are what there is now.
    /// </summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="command">Who attended, and what was said and decided.</param>
    /// <param name="now">What the sources say at present.</param>
    /// <param name="by">Who records it.</param>
    public static Outcome<Meeting> MeetingIsHeld(Meeting meeting, HoldMeeting command, MeetingMaterial now, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(by);
        if ((MeetingRules.CommandIsPossible(meeting, MeetingRules.Hold) ?? LooksAfterMeetings(by)) is { } refusal)
        {
            return refusal;
        }

        var issued = MeetingRules.IsIssuedForItsDate(meeting)
            ? meeting.Issued!
            : new IssuedPapers((meeting.Issued?.Version ?? 0) + 1, meeting.Serial, by.At, now, meeting.Contributions);
        var heldOn = command.Date ?? (meeting.Appointment!.Date < by.Today ? meeting.Appointment.Date : by.Today);
        var points = MeetingPoints.Of(meeting.Kind, issued.Material, meeting.Contributions);
        var attendees = command.Attendees ?? [];
        if ((DayHasCome(heldOn, by) ?? PeopleAreKnown(attendees, "attendees", by.Organization) ?? Quorum.IsPresent(meeting.Kind, attendees, by.Organization)
            ?? ChairIsPresent(command.Chair, attendees) ?? EveryInputIsThere(meeting, now, by.Organization) ?? NotesFit(command.Notes, points)
            ?? IsShort(command.Conclusion, "conclusion") ?? DecisionsAreSound(command.Decisions, heldOn, by.Organization)) is { } broken)
        {
            return broken;
        }

        return MeetingRules.Enter(meeting, MeetingStage.Held, MeetingRules.Hold, by.Person, by.At) with
        {
            Issued = issued,
            Minutes = new MeetingMinutes
            {
                HeldOn = heldOn,
                Chair = command.Chair ?? Quorum.Representing(Quorum.RoleOf(meeting.Kind), attendees, by.Organization)!,
                Secretary = by.Person,
                Place = command.Place ?? meeting.Appointment!.Place,
                Attendees = [.. attendees.Distinct()],
                Absentees = [.. MeetingPlanning.InviteesOf(meeting, by.Organization).Except(attendees)],
                Points = Noted(points, command.Notes),
                Conclusion = command.Conclusion,
                ChangesSincePapers = MaterialChanges.Between(issued, now, meeting.Contributions),
                Next = command.Next,
            },
            Decisions = Numbered(command.Decisions, meeting.FiscalYear),
        };
    }

    /// <summary>The minutes are completed or corrected.</summary>
    public static Outcome<Meeting> MinutesAreWritten(Meeting meeting, WriteMinutes command, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((MeetingRules.CommandIsPossible(meeting, MeetingRules.Write) ?? LooksAfterMeetings(by)) is { } refusal)
        {
            return refusal;
        }

        var minutes = meeting.Minutes!;
        var attendees = command.Attendees ?? minutes.Attendees;
        if (((command.Attendees is null ? null : PeopleAreKnown(attendees, "attendees", by.Organization)) ?? Quorum.IsPresent(meeting.Kind, attendees, by.Organization)
            ?? NotesFit(command.Notes, minutes.Points) ?? IsShort(command.Conclusion, "conclusion")
            ?? DecisionsAreSound(command.Decisions, minutes.HeldOn, by.Organization)) is { } broken)
        {
            return broken;
        }

        return MeetingRules.Note(meeting, MeetingRules.Write, by) with
        {
            Minutes = minutes with
            {
                Attendees = [.. attendees.Distinct()],
                Absentees = [.. minutes.Attendees.Union(minutes.Absentees).Except(attendees)],
                Points = Noted(minutes.Points, command.Notes),
                Conclusion = command.Conclusion ?? minutes.Conclusion,
                Next = command.Next ?? minutes.Next,
            },
            Decisions = command.Decisions is null ? meeting.Decisions : Numbered(command.Decisions, meeting.FiscalYear),
        };
    }

    /// <summary>The minutes are handed in for approval.</summary>
    public static Outcome<Meeting> MinutesAreSubmitted(Meeting meeting, string? comment, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (MeetingRules.CommandIsPossible(meeting, MeetingRules.Submit) ?? LooksAfterMeetings(by) ?? ConclusionIsDrawn(meeting) ?? IsShort(comment, "comment")) is { } refusal
            ? refusal
            : MeetingRules.Enter(meeting, MeetingStage.Approval, MeetingRules.Submit, by.Person, by.At, comment) with
            {
                Submission = new MeetingSignature(by.Person, by.At, comment),
            };
    }

    /// <summary>The minutes are approved by somebody who did not hand them in: those of a review by top management.</summary>
    public static Outcome<Meeting> MinutesAreApproved(Meeting meeting, string? comment, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (MeetingRules.CommandIsPossible(meeting, MeetingRules.Approve) ?? ApproverHoldsTheRole(meeting, by) ?? ApproverDidNotSubmit(meeting, by)
            ?? IsShort(comment, "comment")) is { } refusal
            ? refusal
            : MeetingRules.Enter(meeting, MeetingStage.FollowingUp, MeetingRules.Approve, by.Person, by.At, comment) with
            {
                Approval = new MeetingSignature(by.Person, by.At, comment, by.Acting.InPlaceOf(Role.IsmsManager, Role.TopManagement)),
            };
    }

    /// <summary>The minutes go back, with what is to be corrected.</summary>
    public static Outcome<Meeting> MinutesAreReturned(Meeting meeting, string? comment, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (MeetingRules.CommandIsPossible(meeting, MeetingRules.Return) ?? ApproverHoldsTheRole(meeting, by) ?? IsSaid(comment, "comment")) is { } refusal
            ? refusal
            : MeetingRules.Enter(meeting, MeetingStage.Held, MeetingRules.Return, by.Person, by.At, comment);
    }

    private static Refusal? ChairIsPresent(string? chair, IReadOnlyList<string> attendees) =>
        chair is null || attendees.Contains(chair) ? null : Refusal.Of(RefusalKind.RuleBroken, "meeting-chair-absent", "chair", chair, chair);

    private static IReadOnlyList<MinutesPoint> Noted(IReadOnlyList<MinutesPoint> points, IReadOnlyDictionary<string, string>? notes) =>
        notes is null ? points : [.. points.Select(p => notes.TryGetValue(p.Key, out var text) ? p with { Text = text } : p)];

    private static IReadOnlyList<Decision> Numbered(IReadOnlyList<DecisionDraft>? drafts, string fiscalYear) =>
    [
        .. (drafts ?? []).Select((d, i) => new Decision
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"d-{i + 1:00}"),
            Kind = d.Kind,
            What = d.What,
            Owner = d.Owner,
            Due = d.Due,
            Raises = d.Raises,
            Department = d.Department,
            Item = d.Item is null || d.Item.StartsWith("item-", StringComparison.Ordinal) ? d.Item : PlanItem.InstanceIdOf(fiscalYear, d.Item),
        }),
    ];
}
