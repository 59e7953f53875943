using Isms.Audits;
using Isms.Certification;
using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Tests.Year;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Certification;

public sealed class CertificationAuditRulesTests
{
    private static readonly Organization Firm = YearSamples.Firm with
    {
        Certification = new()
        {
            Body = new LocalizedText("認証機関", "Body"), CertificateNumber = "IS 1", IssuedOn = Day("2024-12-16"), Grades = [new GradeWord("指摘B", AnswerResult.MinorNonconformity)],
        },
    };

    private static readonly DateTimeOffset Now = YearSamples.Morning("2026-11-20");
    private static readonly ActingPerson By = new("nakamura", Now, Day("2026-11-20"));

    [Fact]
    public void A_nonconformity_leads_to_an_answer_within_the_days_of_the_settings()
    {
        var held = Hold(Finding("軽微な不適合"));
        Assert.Equal(CertificationAuditStage.Held, held.Stage);
        Assert.Equal(Day("2026-12-16"), held.RespondBy); // thirty days after the sixteenth
        Assert.Equal(["respond"], CertificationAuditRules.PossibleFor(CertificationAuditRules.ResultIsRecorded(held, Now)));
        Assert.Equal(Day("2026-12-01"), CertificationAuditRules.AuditIsHeld(Planned(), Result(Finding("minor")) with { RespondBy = Day("2026-12-01") }, By, Firm).Value.RespondBy);
    }

    [Fact]
    public void Without_a_nonconformity_there_is_nothing_to_answer()
    {
        var held = Hold(Finding("観察事項"), Finding("OFI"));
        Assert.Null(held.RespondBy);
        var accepted = CertificationAuditRules.ResultIsRecorded(held, Now);
        Assert.Equal(CertificationAuditStage.Accepted, accepted.Stage);
        Assert.Equal(CertificationAuditStage.Closed, CertificationAuditRules.AuditIsClosedWhenAllIsDone(accepted, Now).Stage);
    }

    [Theory]
    [InlineData("重大な不適合", AnswerResult.MajorNonconformity)]
    [InlineData("Category B", AnswerResult.MinorNonconformity)]
    [InlineData(" 指摘B ", AnswerResult.MinorNonconformity)]
    [InlineData("改善の機会", AnswerResult.Opportunity)]
    public void The_words_of_the_body_are_understood(string word, AnswerResult grade) => Assert.Equal(grade, Hold(Finding(word)).FindingsSoFar()[0].Grade);

    [Fact]
    public void Findings_are_numbered_by_gravity_and_name_what_is_demanded()
    {
        var findings = Hold(Finding("OFI"), Finding("major") with { Clause = null, Control = "A.5.18" }, Finding("minor")).FindingsSoFar();
        Assert.Equal([("f-01", "5.18"), ("f-02", null), ("f-03", null)], findings.Select(f => (f.Id, f.Control)));
        Assert.All(findings, f => Assert.NotEmpty(f.Requirement.Ja));
        Assert.Equal("planning", Hold(Finding("minor") with { Department = null }).FindingsSoFar()[0].Department); // the ISMS manager's
    }

    [Theory]
    [InlineData("certification-grade-unknown")]
    [InlineData("certification-fact-missing")]
    [InlineData("unknown-department")]
    [InlineData("unknown-clauses")]
    [InlineData("unknown-controls")]
    public void A_finding_that_cannot_be_meant_is_refused_with_its_place(string code)
    {
        var wrong = code switch
        {
            "certification-grade-unknown" => Finding("すごく悪い"),
            "certification-fact-missing" => Finding("minor") with { Fact = " " },
            "unknown-department" => Finding("minor") with { Department = "nowhere" },
            "unknown-clauses" => Finding("minor") with { Clause = "11.1" },
            _ => Finding("minor") with { Control = "A.9.9" },
        };
        var refusal = CertificationAuditRules.AuditIsHeld(Planned(), Result(Finding("minor"), wrong), By, Firm).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.StartsWith("findings[1]", refusal!.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_is_entered_once_and_after_the_audit()
    {
        Assert.Equal("certification-held-dates", Refused(Result() with { From = Day("2026-11-21") }));
        Assert.Equal("certification-held-dates", Refused(Result() with { To = Day("2026-11-15") }));
        Assert.Equal("certification-respond-by", Refused(Result() with { RespondBy = Day("2026-11-15") }));
        Assert.Equal("certification-command-not-possible", CertificationAuditRules.AuditIsHeld(Hold(), Result(), By, Firm).Refusal?.Code);
        static string? Refused(EnterCertificationResult result) => CertificationAuditRules.AuditIsHeld(Planned(), result, By, Firm).Refusal?.Code;
    }

    [Fact]
    public void The_plan_is_sent_once_every_nonconformity_has_cause_and_steps_and_again_when_it_comes_back()
    {
        var responding = CertificationAuditRules.ResultIsRecorded(Hold(Finding("minor"), Finding("minor")), Now);
        var incomplete = CertificationAuditRules.PlanIsSent(responding, [Action("f-01"), Action("f-02", planned: false)], new(), By).Refusal!;
        Assert.Equal(("certification-plan-incomplete", "f-02"), (incomplete.Code, Assert.Single(incomplete.Missing)));
        Assert.Equal("certification-command-not-possible", CertificationAuditRules.PlanIsAccepted(responding, null, By).Refusal?.Code);

        var sent = CertificationAuditRules.PlanIsSent(responding, [Action("f-01"), Action("f-02")], new("よろしくお願いします"), By).Value;
        Assert.Equal(["様式を改める"], sent.Responses[0].Findings[1].Steps.Select(s => s.What));
        Assert.Null(CertificationSchedule.DeadlineOf(sent)); // it is the body's turn
        var returned = CertificationAuditRules.PlanIsReturned(sent, new("原因が不明確", Day("2026-12-25")), By).Value;
        Assert.Equal(["respond"], CertificationAuditRules.PossibleFor(returned));
        Assert.Equal(Day("2026-12-25"), CertificationSchedule.DeadlineOf(returned)!.Due);

        var again = CertificationAuditRules.PlanIsSent(returned, [Action("f-01"), Action("f-02")], new(), By).Value;
        var accepted = CertificationAuditRules.PlanIsAccepted(again, "受理", By).Value;
        Assert.Equal((CertificationAuditStage.Accepted, 2), (accepted.Stage, accepted.Responses.Count));
    }

    [Fact]
    public void It_is_closed_when_all_its_actions_are()
    {
        var accepted = CertificationAuditRules.ActionIsStarted(CertificationAuditRules.ResultIsRecorded(Hold(), Now), "f-01", "action-FY2026-001");
        Assert.Same(accepted, CertificationAuditRules.ActionIsStarted(accepted, "f-01", "action-FY2026-001"));
        Assert.Same(accepted, CertificationAuditRules.AuditIsClosedWhenAllIsDone(accepted, Now));
        var done = CertificationAuditRules.ActionIsClosed(accepted, "action-FY2026-001");
        Assert.Equal(CertificationAuditStage.Closed, CertificationAuditRules.AuditIsClosedWhenAllIsDone(done, Now).Stage);
    }

    [Fact]
    public void Milestones_are_told_of_a_week_before_and_a_missing_result_is_asked_for()
    {
        var audit = Planned();
        var office = YearSamples.Tokyo;
        Assert.Equal(office.MorningOf(Day("2026-09-10")), CertificationSchedule.NextMoment(audit, office, YearSamples.Morning("2026-09-01")));
        Assert.Equal(
            [MilestoneKind.Apply, MilestoneKind.Rehearse],
            CertificationSchedule.MilestonesBetween(audit, YearSamples.Morning("2026-09-01"), YearSamples.Morning("2026-09-25"), office).Select(m => m.Kind));
        Assert.Equal(office.MorningOf(Day("2026-11-17")), CertificationSchedule.NextMoment(audit, office, YearSamples.Morning("2026-11-01")));
        Assert.Equal(Day("2026-11-23"), CertificationSchedule.DeadlineOf(audit)!.Due);
    }

    [Fact]
    public void The_bodys_deadline_shortens_the_steps_of_the_corrective_action()
    {
        var nonconformity = new Nonconformity("sales", LocalizedText.Same("x"), "y", [], RespondBy: Day("2026-11-25"));
        Assert.Equal(Day("2026-11-25"), ActionSchedule.CorrectionDue(nonconformity, Day("2026-11-20")));
        Assert.Equal(Day("2026-11-17"), ActionSchedule.CorrectionDue(nonconformity, Day("2026-11-10")));
        Assert.Equal(Day("2026-11-25"), ActionSchedule.RootCauseDue(nonconformity, Day("2026-11-20")));
        Assert.Equal(Day("2026-12-10"), ActionSchedule.RootCauseDue(nonconformity, Day("2026-11-26")));
    }

    [Fact]
    public void Observations_of_the_body_enter_the_next_internal_audit_of_the_department()
    {
        var held = Hold(Finding("観察事項") with { Clause = "7.3" }, Finding("minor") with { Clause = "7.4" });
        var external = CertificationFindings.ToFollowUp(held).Append(new ExternalFinding("x/f-01", held.Title, held.To, true, "sales", "8.1", null, "範囲外")).ToList();
        var plan = Audits.Sample.Plan() with { Departments = ["sales"], Clauses = ["7.3", "7.4"], Controls = [] };
        var followed = ChecklistGenerator.Generate(plan, Audits.Sample.Organization, new ChecklistSources(plan.From) { External = external }).Questions.Where(q => q.FollowsUp is not null).ToList();
        Assert.Equal([$"{held.Id}/f-02", $"{held.Id}/f-01"], followed.Select(q => q.FollowsUp).OrderBy(f => f == $"{held.Id}/f-01"));
        Assert.Contains("定期審査(第2回)の不適合", followed.Single(q => q.FollowsUp == $"{held.Id}/f-01").Text.Ja, StringComparison.Ordinal);

        var later = Audits.Sample.Audit() with { Stage = AuditStage.Closed, Plan = plan with { To = Day("2026-12-20") } };
        Assert.DoesNotContain(ChecklistGenerator.Generate(plan, Audits.Sample.Organization, new ChecklistSources(plan.From) { Earlier = [later], External = external }).Questions, q => q.FollowsUp?.StartsWith(held.Id, StringComparison.Ordinal) == true);
    }

    private static CertificationAudit Planned() =>
        CertificationAuditStarting.OfTrack(
            CertificationTrack.Of(Firm.Certification, WorkingDays.Of(Firm), Day("2026-12-31")).Find("2024-surveillance-2")!, Firm, null, "system", YearSamples.Morning("2026-09-01"));

    private static CertificationAudit Hold(params CertificationFindingDraft[] findings) => CertificationAuditRules.AuditIsHeld(Planned(), Result(findings), By, Firm).Value;

    private static EnterCertificationResult Result(params CertificationFindingDraft[] findings) =>
        new(Day("2026-11-16"), CertificationResult.Recommended, Findings: findings);

    private static CertificationFindingDraft Finding(string wording) => new(wording, "教育の記録に実施日がない。", Department: "sales", Clause: "7.2");

    private static CorrectiveAction Action(string finding, bool planned = true) => new()
    {
        Id = "action-" + finding,
        FiscalYear = "FY2026",
        StageSince = Now,
        Source = new ActionSource(ActionOrigin.ExternalAudit, "certification-2024-surveillance-2", finding),
        Nonconformity = new Nonconformity("sales", LocalizedText.Same("x"), "y", []),
        Owner = "suzuki",
        RaisedBy = "nakamura",
        RaisedAt = Now,
        Rounds =
        [
            new ActionRound(
                1, new RootCause(["欄がない"], new ElsewhereCheck(["development"], "なし"), "suzuki", Now),
                planned ? new ActionPlan([new PlanStep("様式を改める", "suzuki", Day("2026-12-10"))], 30, "suzuki", Now) : null),
        ],
    };
}
