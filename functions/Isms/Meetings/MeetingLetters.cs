using System.Globalization;
using Isms.Audits;
using Isms.Deadlines;
using Isms.ManagementReviews;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>Whom a meeting writes to, and what.</summary>
public static class MeetingLetters
{
    /// <summary>What is written when the meeting enters its present stage; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(Meeting meeting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        return meeting.Stage switch
        {
            MeetingStage.InputsReady => [.. Write("inputs-ready", meeting, organization, Office(organization)), .. RequestsForInputs(meeting, organization)],
            MeetingStage.Scheduled => Write(
                meeting.Log.Count(e => e.What == MeetingRules.Schedule) > 1 ? "rescheduled" : "invitation", meeting, organization, MeetingPlanning.InviteesOf(meeting, organization)),
            MeetingStage.Held when meeting.Submission is not null => Write("returned", meeting, organization, [meeting.Submission.By]),
            MeetingStage.Approval => Write("approve", meeting, organization, Approvers(meeting, organization)),
            MeetingStage.FollowingUp =>
            [
                .. Write("minutes", meeting, organization, meeting.Minutes!.Attendees.Concat(meeting.Minutes.Absentees)).Select(l => l with { Delivery = Delivery.Digest }),
                .. meeting.Decisions.SelectMany(d => Write("decision", meeting, organization, [d.Owner], d)),
            ],
            MeetingStage.Closed when meeting.Decisions.Count > 0 => Write("closed", meeting, organization, Office(organization)),
            MeetingStage.Cancelled => Write("cancelled", meeting, organization, meeting.Appointment is null ? Office(organization) : MeetingPlanning.InviteesOf(meeting, organization)),
            _ => [],
        };
    }

    /// <summary>What is written when the papers are given out.</summary>
    public static IReadOnlyList<Letter> OnIssue(Meeting meeting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return [.. Write("papers", meeting, organization, MeetingPlanning.InviteesOf(meeting, organization)).Select(l => l with { Delivery = Delivery.Digest })];
    }

    /// <summary>What is written at a moment around the present stage's deadline.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, Meeting meeting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var recipients = Escalated(moment, organization) ?? meeting.Stage switch
        {
            // The papers, two days before, are a committee's reminder.
            MeetingStage.Scheduled when moment.Kind == DeadlineKind.Upcoming && meeting.Kind == MeetingKind.Committee => [],
            MeetingStage.Scheduled when moment.Kind == DeadlineKind.Upcoming => MeetingPlanning.InviteesOf(meeting, organization),
            MeetingStage.Approval => Approvers(meeting, organization),
            _ => People(organization, Role.Secretariat),
        };
        return Timed(moment, moment.Key, Write($"step.{moment.Kind}", meeting, organization, recipients, null, moment.Days));
    }

    /// <summary>What is written at a moment around a decision's due date.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, Decision decision, Meeting meeting, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(organization);
        var letters = Write($"decision.{moment.Kind}", meeting, organization, Escalated(moment, organization) ?? [decision.Owner], decision, moment.Days);

        // The due date is part of the key: a decision that is extended is reminded of anew.
        return Timed(moment, string.Create(CultureInfo.InvariantCulture, $"{decision.Id}.{decision.Due:yyyyMMdd}.{moment.Key}"), letters);
    }

    private static IReadOnlyList<Letter> Timed(DeadlineMoment moment, string key, IReadOnlyList<Letter> letters) =>
        [.. letters.Select(l => l with { Key = key, Delivery = moment.Delivery })];

    private static IEnumerable<string>? Escalated(DeadlineMoment moment, Organization organization) => moment.Kind switch
    {
        DeadlineKind.EscalatedToManager => People(organization, Role.IsmsManager),
        DeadlineKind.EscalatedToTopManagement => People(organization, Role.TopManagement),
        _ => null,
    };

    /// <summary>Whoever should provide missing inputs is asked for all of theirs in one letter.</summary>
    private static IEnumerable<Letter> RequestsForInputs(Meeting meeting, Organization organization)
    {
        var missing = MissingOf(meeting);
        return missing.GroupBy(ReviewCoverage.ProviderOf).SelectMany(g => Write(
            "missing-inputs." + g.Key.ToString().ToLowerInvariant(), "missing-inputs", meeting, organization, People(organization, g.Key), null, 0, [.. g]));
    }

    private static IReadOnlyList<Letter> Write(
        string key, Meeting meeting, Organization organization, IEnumerable<string> recipients, Decision? decision = null, int days = 0) =>
        Write(decision is null ? key : $"{key}.{decision.Id}", key, meeting, organization, recipients, decision, days, MissingOf(meeting));

    private static IReadOnlyList<Letter> Write(
        string key, string text, Meeting meeting, Organization organization, IEnumerable<string> recipients, Decision? decision, int days, IReadOnlyList<ReviewTopic> missing)
    {
        var names = new AuditNames(organization);
        var appointment = meeting.Appointment ?? MeetingPlanning.Propose(meeting, organization, meeting.Due);
        object?[] arguments =
        [
            MeetingRules.NameOf(meeting), meeting.Id, MeetingTexts.When(appointment), appointment.Place is { } place ? LocalizedText.Same(place) : Texts.Get("meeting.no-place"), days,
            meeting.Log[^1].Comment ?? "", meeting.Minutes?.HeldOn, meeting.Decisions.Count,
            missing.Count == 0 ? Texts.Get("document.none") : Texts.Join(missing.Select(ReviewCoverage.NameOf)),
            decision?.What, decision?.Due, decision is null ? null : names.Person(decision.Owner), Points(meeting), DayOf(meeting),
            Texts.Get("meeting.step." + meeting.Stage),
        ];
        var facts = decision is null
            ? Texts.Get("meeting-letter.facts", arguments)
            : Texts.Get("meeting-letter.decision-facts", arguments);
        return Letter.ToEach(
            key, Texts.Get($"meeting-letter.{text}.subject", arguments), Texts.Get($"meeting-letter.{text}.body", arguments), facts, recipients, organization);
    }

    private static IReadOnlyList<ReviewTopic> MissingOf(Meeting meeting) =>
        meeting is { Kind: MeetingKind.ManagementReview, Material: { } material } ? ReviewCoverage.Missing(material.Inputs, meeting.Contributions) : [];

    /// <summary>The agenda, a line a point.</summary>
    private static LocalizedText Points(Meeting meeting)
    {
        var material = meeting.Issued?.Material ?? meeting.Material;
        return material is null
            ? Texts.Get("document.none")
            : MeetingPoints.Lines([.. MeetingPoints.Of(meeting.Kind, material, meeting.Contributions).Select(p => Texts.Get("meeting-letter.point", p.Title))]);
    }

    /// <summary>The day that the stage's letters speak of: the one it was held on, else the one that is set or proposed.</summary>
    private static DateOnly? DayOf(Meeting meeting) => meeting.Minutes?.HeldOn ?? meeting.Appointment?.Date;

    private static IEnumerable<string> Approvers(Meeting meeting, Organization organization)
    {
        var approvers = People(organization, Quorum.RoleOf(meeting.Kind)).Where(p => p != meeting.Submission?.By).ToList();
        return approvers.Count > 0 ? approvers : People(organization, Role.TopManagement);
    }

    private static IEnumerable<string> Office(Organization organization) => People(organization, Role.Secretariat).Concat(People(organization, Role.IsmsManager));

    private static IEnumerable<string> People(Organization organization, Role role) => organization.InRole(role).Select(p => p.Id);
}
