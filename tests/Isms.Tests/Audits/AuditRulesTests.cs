using Isms.Audits;
using Isms.Rules;

namespace Isms.Tests.Audits;

public sealed class AuditRulesTests
{
    /// <summary>The table of design: which command is possible in which stage.</summary>
    private static readonly Dictionary<AuditStage, string[]> Possible = new()
    {
        [AuditStage.Planning] = ["cancel"],
        [AuditStage.PlanApproval] = ["approve-plan", "reassign", "reschedule", "cancel"],
        [AuditStage.Notified] = ["reassign", "reschedule", "cancel"],
        [AuditStage.Fieldwork] = ["answers", "submit", "reassign", "cancel"],
        [AuditStage.Reporting] = ["cancel"],
        [AuditStage.ReportApproval] = ["approve-report", "return-report", "cancel"],
        [AuditStage.FollowingUp] = [],
        [AuditStage.Closed] = [],
        [AuditStage.Cancelled] = [],
    };

    public static TheoryData<AuditStage, string> EveryStageAndCommand()
    {
        var data = new TheoryData<AuditStage, string>();
        foreach (var stage in Enum.GetValues<AuditStage>())
        {
            foreach (var command in AuditRules.Commands)
            {
                data.Add(stage, command);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStageAndCommand))]
    public void A_command_is_accepted_exactly_in_the_stages_that_permit_it(AuditStage stage, string command)
    {
        var audit = Sample.AuditIn(stage);
        Assert.Equal(stage, audit.Stage);
        var refusal = Give(command, audit);
        if (Possible[stage].Contains(command))
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Equal("audit-command-not-possible", refusal!.Code);
            Assert.Equal(RefusalKind.IllegalState, refusal.Kind);
            Assert.Equal(Possible[stage], refusal.Possible);
        }
    }

    [Fact]
    public void The_workflows_own_steps_do_nothing_outside_their_stage()
    {
        foreach (var stage in Enum.GetValues<AuditStage>())
        {
            var audit = Sample.AuditIn(stage);
            Assert.Equal(stage == AuditStage.Planning, !ReferenceEquals(audit, AuditRules.PlanIsWritten(audit, Sample.Now)));
            Assert.Equal(stage == AuditStage.Notified, !ReferenceEquals(audit, AuditRules.FieldworkBegins(audit, Sample.Now)));
            Assert.Equal(stage == AuditStage.Reporting, !ReferenceEquals(audit, AuditRules.ReportIsWritten(audit, [], AnswerCounts.Of(0, []), Sample.Now)));
        }
    }

    [Fact]
    public void Whoever_asked_for_the_audit_cannot_approve_its_plan() =>
        Assert.Equal("audit-plan-approved-by-its-author", AuditRules.PlanIsApproved(Sample.AuditIn(AuditStage.PlanApproval), "nakamura", Sample.Now, null).Refusal!.Code);

    [Fact]
    public void Whoever_submitted_the_answers_cannot_approve_the_report() =>
        Assert.Equal("audit-report-approved-by-its-author", AuditRules.ReportIsApproved(Sample.AuditIn(AuditStage.ReportApproval), "kato", Sample.Now, null).Refusal!.Code);

    [Fact]
    public void An_audit_is_submitted_only_when_every_question_is_answered()
    {
        var checklist = Sample.Checklist();
        var answers = checklist.Questions.SkipLast(2).ToDictionary(q => q.Id, _ => 1);
        var refusal = AuditRules.ChecklistIsSubmitted(Sample.AuditIn(AuditStage.Fieldwork), checklist, answers, "kato", Sample.Now, null).Refusal!;
        Assert.Equal("audit-questions-unanswered", refusal.Code);
        Assert.Equal(checklist.Questions.TakeLast(2).Select(q => q.Id), refusal.Missing);
    }

    [Fact]
    public void Only_its_auditors_submit_an_audit()
    {
        var checklist = Sample.Checklist();
        var refusal = AuditRules.ChecklistIsSubmitted(
            Sample.AuditIn(AuditStage.Fieldwork), checklist, checklist.Questions.ToDictionary(q => q.Id, _ => 1), "lapsed", Sample.Now, null).Refusal!;
        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
    }

    [Fact]
    public void A_returned_report_goes_back_to_the_auditors_and_counts_its_rounds()
    {
        var returned = AuditRules.ReportIsReturned(Sample.AuditIn(AuditStage.ReportApproval), "watanabe", Sample.Now, "q-001の根拠を補ってください").Value;
        Assert.Equal(AuditStage.Fieldwork, returned.Stage);
        var checklist = Sample.Checklist();
        var again = AuditRules.ChecklistIsSubmitted(returned, checklist, checklist.Questions.ToDictionary(q => q.Id, _ => 2), "kato", Sample.Now, null).Value;
        Assert.Equal(2, again.Submission!.Round);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Returning_and_cancelling_need_a_reason(string? reason)
    {
        Assert.Equal("audit-return-without-comment", AuditRules.ReportIsReturned(Sample.AuditIn(AuditStage.ReportApproval), "watanabe", Sample.Now, reason).Refusal!.Code);
        Assert.Equal("audit-cancel-without-reason", AuditRules.AuditIsCancelled(Sample.Audit(), "watanabe", Sample.Now, reason).Refusal!.Code);
    }

    [Fact]
    public void An_audit_is_closed_only_when_every_nonconformity_has_a_closed_action()
    {
        var following = Sample.AuditIn(AuditStage.FollowingUp);
        Assert.Same(following, AuditRules.AuditIsClosedWhenAllActionsAre(following, Sample.Now));
        var started = AuditRules.ActionIsStarted(following, "f-01", "action-FY2026-001");
        Assert.Same(started, AuditRules.AuditIsClosedWhenAllActionsAre(started, Sample.Now));
        Assert.Same(started, AuditRules.ActionIsStarted(started, "f-01", "action-FY2026-002"));
        var closed = AuditRules.ActionIsClosed(started, "action-FY2026-001");
        Assert.Equal(AuditStage.Closed, AuditRules.AuditIsClosedWhenAllActionsAre(closed, Sample.Now).Stage);
    }

    [Fact]
    public void Every_decision_is_in_the_log_with_who_and_when()
    {
        var closed = Sample.AuditIn(AuditStage.Closed);
        Assert.Equal(["start", "plan-written", "approve-plan", "fieldwork-begins", "submit", "report-written", "approve-report", "close"], closed.Log.Select(d => d.What));
        Assert.Equal(["nakamura", "system", "watanabe", "system", "kato", "system", "watanabe", "system"], closed.Log.Select(d => d.By));
        Assert.Equal(closed.Log.Count, closed.Serial);
    }

    [Fact]
    public void Every_stage_and_command_has_a_name()
    {
        Assert.All(Enum.GetValues<AuditStage>(), s => Assert.NotEmpty(AuditRules.NameOf(s).Ja));
        Assert.All(AuditRules.Commands, c => Assert.NotEmpty(Isms.Text.Texts.Get("audit.command." + c).En));
    }

    private static Refusal? Give(string command, Audit audit)
    {
        var checklist = Sample.Checklist();
        var all = checklist.Questions.ToDictionary(q => q.Id, _ => 1);
        var question = checklist.Questions.First(q => q.Department == "it");
        return command switch
        {
            "approve-plan" => AuditRules.PlanIsApproved(audit, "watanabe", Sample.Now, null).Refusal,
            "answers" => AnswerRules.FirstBrokenRule(audit, checklist, new AnswerDraft(question.Id, AnswerResult.Conforming), "kato", Sample.Organization, "$"),
            "submit" => AuditRules.ChecklistIsSubmitted(audit, checklist, all, "kato", Sample.Now, null).Refusal,
            "approve-report" => AuditRules.ReportIsApproved(audit, "watanabe", Sample.Now, null).Refusal,
            "return-report" => AuditRules.ReportIsReturned(audit, "watanabe", Sample.Now, "理由").Refusal,
            "reassign" => AuditTeam.IsReassigned(
                audit, new Reassignment("kato", "kato", ["it"], "理由"), Sample.Organization, "nakamura", Sample.Now, new DateOnly(2026, 7, 1)).Refusal,
            "reschedule" => AuditPlanning.IsRescheduled(
                audit, new Rescheduling(new DateOnly(2026, 8, 3), null, "理由"), Sample.Organization, "nakamura", Sample.Now, new DateOnly(2026, 7, 1)).Refusal,
            _ => AuditRules.AuditIsCancelled(audit, "watanabe", Sample.Now, "理由").Refusal,
        };
    }
}
