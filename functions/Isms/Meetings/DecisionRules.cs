using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using static Isms.Meetings.MeetingConditions;

namespace Isms.Meetings;

/// <summary>What may happen to the decisions of a meeting whose minutes are approved. With the last one settled the meeting is closed.</summary>
public static class DecisionRules
{
    /// <summary>A status's name.</summary>
    public static LocalizedText NameOf(DecisionStatus status) => Texts.Get("meeting.decision-status." + status);

    /// <summary>A kind's name.</summary>
    public static LocalizedText NameOf(DecisionKind kind) => Texts.Get("meeting.decision-kind." + kind);

    /// <summary>A decision was carried out, says its owner or the secretariat; what top management decided in a review is shown by evidence.</summary>
    public static Outcome<Meeting> DecisionIsCompleted(Meeting meeting, string decision, CompleteDecision command, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((MeetingRules.CommandIsPossible(meeting, MeetingRules.Complete) ?? IsOpen(meeting, decision) ?? IsTheOwners(meeting, decision, by)
            ?? IsSaid(command.Note, "note") ?? CompletionIsShown(meeting, command)) is { } refusal)
        {
            return refusal;
        }

        var owner = Find(meeting, decision)!.Owner;
        var entry = new DecisionEntry("complete", by.Person, by.At, command.Note, null, owner == by.Person ? null : owner);
        return Settle(meeting, decision, DecisionStatus.Done, entry, command.Evidence ?? []);
    }

    /// <summary>The corrective action that a decision started is closed: the decision is carried out.</summary>
    public static Meeting ItsActionIsClosed(Meeting meeting, string action, IReadOnlyList<string> evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        var decision = meeting.Decisions.FirstOrDefault(d => d.Started == action && d.Status == DecisionStatus.Open);
        return decision is null ? meeting : Settle(meeting, decision.Id, DecisionStatus.Done, new DecisionEntry("complete", MeetingRules.System, at, action), evidence);
    }

    /// <summary>A decision gets another due date from those who approve the meeting's minutes.</summary>
    public static Outcome<Meeting> DecisionIsExtended(Meeting meeting, string decision, ExtendDecision command, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (MeetingRules.CommandIsPossible(meeting, MeetingRules.Extend) ?? IsOpen(meeting, decision) ?? ApproverHoldsTheRole(meeting, by)
            ?? IsSaid(command.Reason, "reason") ?? DueIsAhead(command.Due, by)) is { } refusal
            ? refusal
            : With(meeting, decision, d => d with
            {
                Due = command.Due,
                FirstDue = d.FirstDue ?? d.Due,
                Log = [.. d.Log, new DecisionEntry("extend", by.Person, by.At, command.Reason, command.Due)],
            });
    }

    /// <summary>A decision is given up by those who approve the meeting's minutes, with a reason.</summary>
    public static Outcome<Meeting> DecisionIsWithdrawn(Meeting meeting, string decision, string? reason, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(by);
        return (MeetingRules.CommandIsPossible(meeting, MeetingRules.Withdraw) ?? IsOpen(meeting, decision) ?? ApproverHoldsTheRole(meeting, by)
            ?? IsSaid(reason, "reason")) is { } refusal
            ? refusal
            : Settle(meeting, decision, DecisionStatus.Withdrawn, new DecisionEntry("withdraw", by.Person, by.At, reason), []);
    }

    /// <summary>A decision has started a corrective action or an entry.</summary>
    public static Meeting WorkIsStarted(Meeting meeting, string decision, string started)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return Find(meeting, decision) is { Started: null } ? With(meeting, decision, d => d with { Started = started }) : meeting;
    }

    /// <summary>Closes a meeting whose minutes are approved and whose decisions, if any, are settled.</summary>
    public static Meeting MeetingIsClosedWhenDecisionsAreSettled(Meeting meeting, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return meeting is { Stage: MeetingStage.FollowingUp, AllDecisionsAreSettled: true }
            ? MeetingRules.Enter(meeting, MeetingStage.Closed, "close", MeetingRules.System, at)
            : meeting;
    }

    private static Meeting Settle(Meeting meeting, string decision, DecisionStatus status, DecisionEntry entry, IReadOnlyList<string> evidence) =>
        MeetingIsClosedWhenDecisionsAreSettled(
            With(meeting, decision, d => d with { Status = status, Evidence = evidence, Log = [.. d.Log, entry] }), entry.At);

    private static Meeting With(Meeting meeting, string decision, Func<Decision, Decision> change) =>
        meeting with { Decisions = [.. meeting.Decisions.Select(d => d.Id == decision ? change(d) : d)] };

    private static Decision? Find(Meeting meeting, string decision) => meeting.Decisions.FirstOrDefault(d => d.Id == decision);

    private static Refusal? IsOpen(Meeting meeting, string decision) => Find(meeting, decision) switch
    {
        null => Refusal.Of(RefusalKind.NotFound, "unknown-decision", "decision", decision, decision, meeting.Id, string.Join(", ", meeting.Decisions.Select(d => d.Id))),
        { Status: DecisionStatus.Open } => null,
        var settled => Refusal.Of(RefusalKind.IllegalState, "meeting-decision-settled", "decision", decision, decision, NameOf(settled.Status)),
    };

    private static Refusal? IsTheOwners(Meeting meeting, string decision, MeetingActor by)
    {
        var owner = Find(meeting, decision)!.Owner;
        return owner == by.Person || by.Acting.Is(Role.Secretariat)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "not-the-owner-of-this-decision", null, by.Person, decision, by.Organization.FindPerson(owner)?.Name ?? LocalizedText.Same(owner));
    }

    private static Refusal? CompletionIsShown(Meeting meeting, CompleteDecision command) =>
        meeting.Kind == MeetingKind.ManagementReview && command.Evidence is not { Count: > 0 }
            ? Refusal.Of(RefusalKind.RuleBroken, "review-decision-without-evidence", "evidence") with { Missing = ["evidence"] }
            : null;

    private static Refusal? DueIsAhead(DateOnly due, MeetingActor by) =>
        due < by.Today ? Refusal.Of(RefusalKind.RuleBroken, "meeting-decision-due-before-it", "due", null, due, by.Today) : null;
}
