using Isms.Meetings;
using static Isms.Tests.Dates;
using static Isms.Tests.Meetings.SampleMeetings;

namespace Isms.Tests.Meetings;

public sealed class DecisionRulesTests
{
    [Fact]
    public void The_meeting_is_closed_with_its_last_decision()
    {
        var following = In(MeetingStage.FollowingUp);
        var first = DecisionRules.DecisionIsCompleted(following, "d-01", new CompleteDecision("採用した", ["e-1"]), Manager).Value;
        Assert.Equal((MeetingStage.FollowingUp, DecisionStatus.Done), (first.Stage, first.Decisions[0].Status));
        Assert.Equal("meeting-decision-settled", DecisionRules.DecisionIsWithdrawn(first, "d-01", "不要", Top).Refusal!.Code);

        var second = DecisionRules.DecisionIsCompleted(first, "d-02", new CompleteDecision("電子化した", ["e-2"]), Secretariat).Value;

        Assert.Equal(MeetingStage.Closed, second.Stage);
        Assert.Equal("ito", second.Decisions[1].Log[0].OnBehalfOf);
    }

    [Fact]
    public void A_meeting_that_decided_nothing_is_closed_as_its_minutes_are_on_record()
    {
        var following = In(MeetingStage.FollowingUp, Held with { Decisions = [] });
        Assert.Equal(MeetingStage.Closed, DecisionRules.MeetingIsClosedWhenDecisionsAreSettled(following, Monday).Stage);
        var open = In(MeetingStage.FollowingUp);
        Assert.Same(open, DecisionRules.MeetingIsClosedWhenDecisionsAreSettled(open, Monday));
    }

    [Fact]
    public void A_decision_is_its_owners_and_what_a_review_decided_is_shown_by_evidence()
    {
        var following = In(MeetingStage.FollowingUp);
        Assert.Equal("not-the-owner-of-this-decision", DecisionRules.DecisionIsCompleted(following, "d-01", new CompleteDecision("した", ["e"]), By("ito")).Refusal!.Code);
        Assert.Equal("review-decision-without-evidence", DecisionRules.DecisionIsCompleted(following, "d-01", new CompleteDecision("した"), Manager).Refusal!.Code);
        Assert.Equal("unknown-decision", DecisionRules.DecisionIsCompleted(following, "d-09", new CompleteDecision("した", ["e"]), Manager).Refusal!.Code);
        Assert.Equal("meeting-approver-lacks-role", DecisionRules.DecisionIsExtended(following, "d-01", new ExtendDecision(Day("2027-03-31"), "遅延"), Manager).Refusal!.Code);
    }

    [Fact]
    public void An_extended_decision_keeps_its_first_date_and_is_watched_for_the_new_one()
    {
        var extended = DecisionRules.DecisionIsExtended(In(MeetingStage.FollowingUp), "d-01", new ExtendDecision(Day("2027-03-31"), "採用が遅れている"), Top).Value;
        var decision = extended.Decisions[0];
        Assert.Equal((Day("2027-03-31"), Day("2027-01-29")), (decision.Due, decision.FirstDue));
        Assert.Equal(Office.MorningOf(Day("2027-03-24")), MeetingSchedule.DeadlineOf(extended, decision).NextAfter(Office.MorningOf(Day("2027-03-01")), Office)!.At);
        Assert.Equal("meeting-decision-due-before-it", DecisionRules.DecisionIsExtended(extended, "d-01", new ExtendDecision(Day("2026-12-01"), "x"), Top).Refusal!.Code);
    }

    [Fact]
    public void A_decision_that_raised_a_corrective_action_is_done_when_that_is_closed()
    {
        var started = DecisionRules.WorkIsStarted(In(MeetingStage.FollowingUp), "d-02", "action-FY2026-004");
        var done = DecisionRules.ItsActionIsClosed(started, "action-FY2026-004", ["record"], Monday);
        Assert.Equal((DecisionStatus.Done, "system"), (done.Decisions[1].Status, done.Decisions[1].Log[0].By));
        Assert.Same(done, DecisionRules.ItsActionIsClosed(done, "action-FY2026-004", ["record"], Monday));
    }

    [Fact]
    public void Decisions_are_reminded_of_a_week_and_a_day_before_then_weekly_and_escalated()
    {
        var following = In(MeetingStage.FollowingUp);
        var moments = MeetingSchedule.DeadlineOf(following, following.Decisions[0]).Between(Monday, Office.MorningOf(Day("2027-02-20")), Office);
        Assert.Equal(
            ["upcoming-7", "upcoming-1", "overdue-1", "escalatedtomanager-7", "overdue-8", "overdue-15", "escalatedtotopmanagement-21", "overdue-22"], moments.Select(m => m.Key));
        Assert.Equal(Office.MorningOf(Day("2027-01-22")), MeetingSchedule.NextMoment(following, Firm, Monday));
    }

    [Fact]
    public void Papers_are_given_out_five_working_days_before_a_review_and_two_before_a_committee()
    {
        var days = Isms.Year.WorkingDays.Of(Firm);
        Assert.Equal(Office.MorningOf(Day("2026-11-30")), MeetingSchedule.PapersAt(In(MeetingStage.Scheduled), Office, days));
        var committee = MeetingRules.MaterialIsCompiled(Committee(), FullMaterial, MeetingPlanning.Propose(Committee(), Firm, Day("2026-10-01")), Opened);
        Assert.Equal(Office.MorningOf(Day("2026-10-16")), MeetingSchedule.PapersAt(committee, Office, days)); // Friday before a Tuesday
    }
}
