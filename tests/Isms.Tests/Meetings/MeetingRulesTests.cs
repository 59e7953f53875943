using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Meetings.SampleMeetings;

namespace Isms.Tests.Meetings;

public sealed class MeetingRulesTests
{
    /// <summary>The table of design: which command is possible in which stage.</summary>
    private static readonly Dictionary<MeetingStage, string[]> Possible = new()
    {
        [MeetingStage.Preparing] = ["cancel"],
        [MeetingStage.InputsReady] = ["add", "refresh", "schedule", "cancel"],
        [MeetingStage.Scheduled] = ["add", "refresh", "schedule", "hold", "cancel"],
        [MeetingStage.Held] = ["minutes", "submit"],
        [MeetingStage.Approval] = ["approve", "return"],
        [MeetingStage.FollowingUp] = ["complete-decision", "extend-decision", "withdraw-decision"],
        [MeetingStage.Closed] = [],
        [MeetingStage.Cancelled] = [],
    };

    public static TheoryData<MeetingStage, string> EveryStageAndCommand()
    {
        var data = new TheoryData<MeetingStage, string>();
        foreach (var stage in Enum.GetValues<MeetingStage>())
        {
            foreach (var command in MeetingRules.Commands)
            {
                data.Add(stage, command);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStageAndCommand))]
    public void A_command_is_accepted_exactly_in_the_stages_that_permit_it(MeetingStage stage, string command)
    {
        var meeting = In(stage);
        Assert.Equal(stage, meeting.Stage);
        var refusal = Give(command, meeting).Refusal;
        if (Possible[stage].Contains(command))
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Equal("meeting-command-not-possible", refusal!.Code);
            Assert.Equal(RefusalKind.IllegalState, refusal.Kind);
            Assert.Equal(Possible[stage], refusal.Possible);
        }
    }

    [Fact]
    public void A_committee_is_invited_at_once_and_a_review_waits_for_its_date()
    {
        var proposal = MeetingPlanning.Propose(Committee(), Firm, Day("2026-10-01"));
        var committee = MeetingRules.MaterialIsCompiled(Committee(), FullMaterial, proposal, Opened);
        Assert.Equal((MeetingStage.Scheduled, Day("2026-10-20")), (committee.Stage, committee.Appointment!.Date));
        Assert.Equal(["watanabe", "kobayashi", "nakamura", "suzuki", "ito"], MeetingPlanning.InviteesOf(committee, Firm));
        var handedOver = Firm with { People = [.. Firm.People.Select(p => p.Id == "nakamura" ? p with { Roles = [] } : p)] };
        Assert.DoesNotContain("nakamura", MeetingPlanning.InviteesOf(committee, handedOver));
        Assert.Equal(MeetingStage.InputsReady, MeetingRules.MaterialIsCompiled(Review(), FullMaterial, proposal, Opened).Stage);
        Assert.Same(committee, MeetingRules.MaterialIsCompiled(committee, FullMaterial, proposal, Opened));
    }

    [Fact]
    public void The_proposed_date_is_a_working_day_that_leaves_time_for_the_minutes_and_for_those_invited()
    {
        Assert.Equal(Day("2026-12-07"), MeetingPlanning.Propose(Review(), Firm, Day("2026-10-01")).Date);
        Assert.Equal(Day("2026-12-28"), MeetingPlanning.Propose(Review(), Firm, Day("2026-12-22")).Date); // 27 December is a Sunday
    }

    [Theory]
    [InlineData("2026-12-06", "meeting-date-not-possible")] // a Sunday
    [InlineData("2026-10-02", "meeting-date-not-possible")] // past
    [InlineData("2026-12-08", null)]
    public void A_date_is_a_working_day_to_come(string date, string? code) =>
        Assert.Equal(code, MeetingRules.DateIsSet(In(MeetingStage.InputsReady), new SetDate(Day(date)), By("nakamura", "2026-10-05")).Refusal?.Code);

    [Fact]
    public void Who_only_attends_does_not_run_meetings()
    {
        Assert.Equal("meeting-not-yours", MeetingRules.DateIsSet(In(MeetingStage.InputsReady), new SetDate(), By("suzuki", "2026-10-05")).Refusal!.Code);
        Assert.Equal("meeting-not-yours", MinutesRules.MeetingIsHeld(In(MeetingStage.Scheduled), Held, FullMaterial, By("suzuki")).Refusal!.Code);
        Assert.Null(MeetingRules.InputIsAdded(In(MeetingStage.InputsReady), new AddInput(ReviewTopic.Feedback, "苦情はない"), By("suzuki")).Refusal);
    }

    [Fact]
    public void A_review_without_top_management_is_none()
    {
        var scheduled = In(MeetingStage.Scheduled);
        var refusal = MinutesRules.MeetingIsHeld(scheduled, Held with { Attendees = ["watanabe", "nakamura"] }, FullMaterial, Secretariat).Refusal!;
        Assert.Equal(("meeting-without-quorum", "attendees"), (refusal.Code, refusal.Field));
        Assert.Contains("sato", refusal.Remedy.Ja, StringComparison.Ordinal);
        Assert.Equal("meeting-with-one-person", MinutesRules.MeetingIsHeld(scheduled, Held with { Attendees = ["sato", "sato"] }, FullMaterial, Secretariat).Refusal!.Code);
        Assert.Equal("meeting-without-quorum", MeetingRules.DateIsSet(In(MeetingStage.InputsReady), new SetDate(Invitees: ["watanabe", "ito"]), Secretariat).Refusal!.Code);
    }

    [Fact]
    public void A_delegate_of_top_management_makes_the_quorum()
    {
        var represented = Firm with { Delegations = [new Delegation("sato", "suzuki", Day("2026-12-01"), Day("2026-12-31"), Role.TopManagement)] };
        var held = MinutesRules.MeetingIsHeld(
            In(MeetingStage.Scheduled), Held with { Attendees = ["suzuki", "nakamura"] }, FullMaterial, By("nakamura", organization: represented)).Value;
        Assert.Equal("suzuki", held.Minutes!.Chair);
    }

    [Fact]
    public void A_topic_on_which_nobody_said_anything_is_named_and_keeps_the_review_from_being_held()
    {
        var material = Material(without: ReviewTopic.Feedback);
        var scheduled = In(MeetingStage.Scheduled, material: material);
        var refusal = MinutesRules.MeetingIsHeld(scheduled, Held, material, Secretariat).Refusal!;
        Assert.Equal("review-inputs-missing", refusal.Code);
        Assert.Equal(["feedback"], refusal.Missing);
        Assert.Contains("事務局", refusal.Remedy.Ja, StringComparison.Ordinal);

        var said = MeetingRules.InputIsAdded(scheduled, new AddInput(ReviewTopic.Feedback, "顧客からの苦情・意見はなかった。", NothingToReport: true), Secretariat).Value;
        var held = MinutesRules.MeetingIsHeld(said, Held, material, Secretariat).Value;
        Assert.Equal("報告事項なし: 顧客からの苦情・意見はなかった。", held.Minutes!.Points.Single(p => p.Key == "feedback").Draft.Ja);
    }

    [Fact]
    public void A_source_that_has_nothing_to_go_by_leaves_its_topic_missing()
    {
        var gap = FullMaterial with { Inputs = [.. FullMaterial.Inputs.Select(i => i.Topic == ReviewTopic.Risks ? i with { Gap = LocalizedText.Same("empty") } : i)] };
        Assert.Equal([ReviewTopic.Risks], ReviewCoverage.Missing(gap.Inputs, []));
        Assert.Equal(["empty"], ReviewCoverage.ReasonsFor(ReviewTopic.Risks, gap.Inputs).Select(r => r.Ja));
    }

    [Fact]
    public void Papers_stay_as_they_were_given_out_and_the_minutes_say_what_has_changed()
    {
        var issued = MeetingRules.PapersAreIssued(In(MeetingStage.Scheduled), Material(findings: 2), Monday);
        Assert.Same(issued, MeetingRules.PapersAreIssued(issued, Material(findings: 3), Monday));
        Assert.Equal("meeting-papers-given-out", MeetingRules.MaterialIsRefreshed(issued, Material(findings: 3), Secretariat).Refusal!.Code);
        var added = MeetingRules.InputIsAdded(issued, new AddInput(ReviewTopic.Incidents, "誤送信が1件あった。"), Secretariat).Value;

        var held = MinutesRules.MeetingIsHeld(added, Held, Material(findings: 3), Secretariat).Value;

        Assert.Equal("2", held.Issued!.Material.Inputs.Single(i => i.Topic == ReviewTopic.AuditResults).Figures[0].Value.Ja);
        Assert.Empty(held.Issued.Contributions);
        Assert.Equal(2, held.Minutes!.ChangesSincePapers.Count);
        Assert.Contains("findings: 2 → 3", held.Minutes.ChangesSincePapers[0].En, StringComparison.Ordinal);
        Assert.Contains("誤送信が1件あった。", held.Minutes.ChangesSincePapers[1].Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void A_meeting_that_is_put_off_gets_a_new_date_for_a_reason_and_its_papers_anew()
    {
        var issued = MeetingRules.PapersAreIssued(In(MeetingStage.Scheduled), FullMaterial, Monday);
        Assert.Equal("meeting-text-missing", MeetingRules.DateIsSet(issued, new SetDate(Day("2026-12-14")), Secretariat).Refusal!.Code);
        var putOff = MeetingRules.DateIsSet(issued, new SetDate(Day("2026-12-14"), Reason: "社長の出張"), Secretariat).Value;
        Assert.Equal((MeetingStage.Scheduled, Day("2026-12-14")), (putOff.Stage, putOff.Appointment!.Date));
        Assert.NotEqual(issued.Serial, putOff.Serial);
        Assert.False(MeetingRules.IsIssuedForItsDate(putOff));
        Assert.Equal(2, MeetingRules.PapersAreIssued(putOff, FullMaterial, Monday).Issued!.Version);
    }

    [Fact]
    public void Minutes_are_drafted_completed_returned_and_approved_by_somebody_else()
    {
        var held = In(MeetingStage.Held, Held with { Conclusion = null });
        Assert.Equal(ReviewCoverage.Topics.Count, held.Minutes!.Points.Count);
        Assert.Equal(["ito", "kobayashi", "suzuki"], held.Minutes.Absentees.Order(StringComparer.Ordinal));
        Assert.Equal("review-without-conclusion", MinutesRules.MinutesAreSubmitted(held, null, Secretariat).Refusal!.Code);
        Assert.Equal("meeting-point-unknown", MinutesRules.MinutesAreWritten(held, new WriteMinutes(new Dictionary<string, string> { ["weather"] = "晴れ" }), Secretariat).Refusal!.Code);

        var written = MinutesRules.MinutesAreWritten(held, new WriteMinutes(new Dictionary<string, string> { ["risks"] = "受容を確認した。" }, "有効である。", ["sato", "nakamura", "ito"]), Secretariat).Value;
        Assert.Contains("watanabe", written.Minutes!.Absentees);
        var submitted = MinutesRules.MinutesAreSubmitted(written, null, Secretariat).Value;
        Assert.Equal("meeting-approver-lacks-role", MinutesRules.MinutesAreApproved(submitted, null, Manager).Refusal!.Code);
        Assert.Equal("meeting-text-missing", MinutesRules.MinutesAreReturned(submitted, " ", Top).Refusal!.Code);
        var again = MinutesRules.MinutesAreSubmitted(MinutesRules.MinutesAreReturned(submitted, "結論を詳しく", Top).Value, null, Top).Value;
        Assert.Equal("meeting-approved-by-its-author", MinutesRules.MinutesAreApproved(again, null, Top).Refusal!.Code);
    }

    [Theory]
    [InlineData("nobody", "2027-01-29", DecisionKind.Policy, null, null, "unknown-person")]
    [InlineData("ito", "2026-12-01", DecisionKind.Policy, null, null, "meeting-decision-due-before-it")]
    [InlineData("ito", "2027-01-29", DecisionKind.Policy, DecisionFollowUp.Suggestion, null, "meeting-only-improvements-raise")]
    [InlineData("ito", "2027-01-29", DecisionKind.Improvement, DecisionFollowUp.CorrectiveAction, null, "unknown-department")]
    [InlineData("ito", "2027-01-29", DecisionKind.Improvement, DecisionFollowUp.CorrectiveAction, "it", null)]
    public void A_decision_has_an_owner_a_due_date_and_raises_only_improvements(
        string owner, string due, DecisionKind kind, DecisionFollowUp? raises, string? department, string? code)
    {
        var draft = new DecisionDraft(kind, "手順を見直す", owner, Day(due), raises, department);
        Assert.Equal(code, MinutesRules.MeetingIsHeld(In(MeetingStage.Scheduled), Held with { Decisions = [draft] }, FullMaterial, Secretariat).Refusal?.Code);
    }

    [Fact]
    public void A_waived_item_calls_its_meeting_off_unless_it_was_held()
    {
        Assert.Equal(MeetingStage.Cancelled, MeetingRules.ItsItemIsWaived(In(MeetingStage.Scheduled), "今年度は行わない", Monday).Stage);
        var held = In(MeetingStage.Held);
        Assert.Same(held, MeetingRules.ItsItemIsWaived(held, "今年度は行わない", Monday));
    }

    internal static Outcome<Meeting> Give(string command, Meeting meeting) => command switch
    {
        MeetingRules.Add => MeetingRules.InputIsAdded(meeting, new AddInput(ReviewTopic.Feedback, "なし"), Secretariat),
        MeetingRules.Refresh => MeetingRules.MaterialIsRefreshed(meeting, FullMaterial, Secretariat),
        MeetingRules.Schedule => MeetingRules.DateIsSet(meeting, new SetDate(Day("2026-12-14"), Reason: "都合により"), Secretariat),
        MeetingRules.Hold => MinutesRules.MeetingIsHeld(meeting, Held, FullMaterial, Secretariat),
        MeetingRules.Write => MinutesRules.MinutesAreWritten(meeting, new WriteMinutes(Conclusion: "有効である。"), Secretariat),
        MeetingRules.Submit => MinutesRules.MinutesAreSubmitted(meeting, null, Secretariat),
        MeetingRules.Approve => MinutesRules.MinutesAreApproved(meeting, null, Top),
        MeetingRules.Return => MinutesRules.MinutesAreReturned(meeting, "修正してください", Top),
        MeetingRules.Cancel => MeetingRules.MeetingIsCancelled(meeting, "中止", Secretariat),
        MeetingRules.Complete => DecisionRules.DecisionIsCompleted(meeting, "d-01", new CompleteDecision("実施した", ["evidence-1"]), Manager),
        MeetingRules.Extend => DecisionRules.DecisionIsExtended(meeting, "d-01", new ExtendDecision(Day("2027-03-31"), "採用が遅れている"), Top),
        MeetingRules.Withdraw => DecisionRules.DecisionIsWithdrawn(meeting, "d-01", "不要", Top),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };
}
