using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Rules;
using Isms.Tests.Audits;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.CorrectiveActions;

public sealed class ActionRulesTests
{
    private static readonly ActingPerson Owner = By("suzuki", "2026-08-03");
    private static readonly ActingPerson Manager = By("watanabe", "2026-08-03");
    private static readonly ReportRootCause Cause = new(["手順が周知されていない", "改訂時の連絡先が決まっていない"], new ElsewhereCheck(["it"], "問題なし"));
    private static readonly ProposePlan Plan = new([new PlanStep("手順を改訂する", "suzuki", Day("2026-09-30"))]);

    /// <summary>The table of design: which command is possible in which stage.</summary>
    private static readonly Dictionary<ActionStage, string[]> Possible = new()
    {
        [ActionStage.Raised] = [],
        [ActionStage.Correction] = ["correction"],
        [ActionStage.RootCause] = ["root-cause", "plan"],
        [ActionStage.PlanApproval] = ["approve-plan", "return-plan"],
        [ActionStage.Implementing] = ["implemented"],
        [ActionStage.EffectivenessCheck] = ["effectiveness"],
        [ActionStage.Reopened] = [],
        [ActionStage.Closed] = [],
    };

    public static TheoryData<ActionStage, string> EveryStageAndCommand()
    {
        var data = new TheoryData<ActionStage, string>();
        foreach (var stage in Enum.GetValues<ActionStage>())
        {
            foreach (var command in ActionRules.Commands)
            {
                data.Add(stage, command);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStageAndCommand))]
    public void A_command_is_accepted_exactly_in_the_stages_that_permit_it(ActionStage stage, string command)
    {
        var action = In(stage);
        Assert.Equal(stage, action.Stage);
        var refusal = Give(command, action);
        if (Possible[stage].Contains(command))
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Equal("action-command-not-possible", refusal!.Code);
            Assert.Equal(Possible[stage], refusal.Possible);
        }
    }

    [Theory]
    [InlineData("correction")]
    [InlineData("root-cause")]
    [InlineData("plan")]
    [InlineData("implemented")]
    public void Only_the_owner_or_the_secretariat_for_them_reports_a_step(string command)
    {
        var action = In(StageOf(command));
        Assert.Equal("not-the-owner-of-this-action", Give(command, action, By("ito", "2026-08-03"))!.Code);
        Assert.Null(Give(command, action, By("nakamura", "2026-08-03") with { IsSecretariat = true }));
    }

    [Fact]
    public void What_the_secretariat_does_for_the_owner_is_recorded_as_such()
    {
        var done = ActionRules.NonconformityIsCorrected(In(ActionStage.Correction), new ReportCorrection("x"), By("nakamura", "2026-08-03") with { IsSecretariat = true }).Value;
        Assert.Equal(("nakamura", "suzuki"), (done.Log[^1].By, done.Log[^1].OnBehalfOf));
    }

    [Fact]
    public void A_plan_needs_a_cause_first() =>
        Assert.Equal("action-plan-before-cause", ActionRules.PlanIsProposed(Corrected(), Plan, Owner, Sample.Organization).Refusal!.Code);

    [Fact]
    public void The_cause_needs_its_whys_and_a_look_elsewhere()
    {
        Assert.Equal("action-cause-missing", Refused(Cause with { Whys = [] }));
        Assert.Equal("action-cause-missing", Refused(Cause with { Whys = ["a", " "] }));
        Assert.Equal("action-elsewhere-not-checked", Refused(Cause with { Elsewhere = null }));
        Assert.Equal("action-elsewhere-not-checked", Refused(Cause with { Elsewhere = new ElsewhereCheck([], "x") }));
        Assert.Equal("unknown-department", Refused(Cause with { Elsewhere = new ElsewhereCheck(["space"], "x") }));

        static string Refused(ReportRootCause cause) => ActionRules.CauseIsFound(Corrected(), cause, Owner, Sample.Organization).Refusal!.Code;
    }

    [Fact]
    public void A_plan_says_what_who_and_when()
    {
        Assert.Equal("action-plan-without-steps", Refused(new ProposePlan([])).Code);
        Assert.Equal("steps[0].what", Refused(new ProposePlan([new PlanStep("", "suzuki", Day("2026-09-30"))])).Field);
        Assert.Equal("steps[0].responsible", Refused(new ProposePlan([new PlanStep("x", "nobody", Day("2026-09-30"))])).Field);
        Assert.Equal("steps[0].due", Refused(new ProposePlan([new PlanStep("x", "suzuki", Day("2026-08-02"))])).Field);
        Assert.Equal("action-waiting-period", Refused(Plan with { WaitingDays = 1 }).Code);

        static Refusal Refused(ProposePlan plan) => ActionRules.PlanIsProposed(In(ActionStage.RootCause), plan, Owner, Sample.Organization).Refusal!;
    }

    [Fact]
    public void A_plan_is_not_approved_by_its_owner_or_whoever_proposed_it()
    {
        Assert.Equal("action-plan-approved-by-its-author", ActionRules.PlanIsApproved(In(ActionStage.PlanApproval), null, Owner).Refusal!.Code);
        var byManager = ActionRules.PlanIsProposed(In(ActionStage.RootCause), Plan, Manager with { IsSecretariat = true }, Sample.Organization).Value;
        Assert.Equal("action-plan-approved-by-its-author", ActionRules.PlanIsApproved(byManager, null, Manager).Refusal!.Code);
    }

    [Fact]
    public void Implementation_needs_evidence() =>
        Assert.Equal(["evidence"], ActionRules.PlanIsImplemented(In(ActionStage.Implementing), new ReportImplementation("done"), Owner).Refusal!.Missing);

    [Fact]
    public void Effectiveness_is_not_checked_before_the_waiting_period_is_over()
    {
        var action = In(ActionStage.EffectivenessCheck);
        Assert.Equal(Day("2026-09-02"), ActionSchedule.EffectivenessFrom(action, Sample.Office));
        Assert.Equal("action-checked-too-early", Check(action, By("kato", "2026-09-01")).Refusal!.Code);
        Assert.Equal(ActionStage.Closed, Check(action, By("kato", "2026-09-02")).Value.Stage);
    }

    [Fact]
    public void Effectiveness_is_checked_by_somebody_else()
    {
        Assert.Equal("action-checked-by-its-owner", Check(In(ActionStage.EffectivenessCheck), By("suzuki", "2026-10-01")).Refusal!.Code);
        var byDeputy = ActionRules.PlanIsImplemented(
            In(ActionStage.Implementing), new ReportImplementation("done", ["e"]), By("nakamura", "2026-08-03") with { IsSecretariat = true }).Value;
        Assert.Equal("action-checked-by-its-owner", Check(byDeputy, By("nakamura", "2026-10-01")).Refusal!.Code);
    }

    [Fact]
    public void An_ineffective_action_is_reopened_and_starts_a_new_round_from_the_cause()
    {
        var reopened = Check(In(ActionStage.EffectivenessCheck), By("kato", "2026-10-01"), effective: false).Value;
        Assert.Equal(ActionStage.Reopened, reopened.Stage);
        var next = ActionRules.NextRoundBegins(reopened, Sample.Now, Day("2026-10-01"));
        Assert.Equal((ActionStage.RootCause, 2, 1), (next.Stage, next.Round.Number, next.Reopenings));
        Assert.Null(next.Round.RootCause);
        Assert.Equal("再発した", next.Rounds[0].Effectiveness!.Note);
        Assert.Same(next, ActionRules.NextRoundBegins(next, Sample.Now, Day("2026-10-01")));
    }

    [Fact]
    public void Each_step_has_its_due_date()
    {
        Assert.Null(In(ActionStage.Raised).Due);
        Assert.Equal(Day("2026-08-10"), In(ActionStage.Correction).Due);
        Assert.Equal(Day("2026-08-17"), In(ActionStage.RootCause).Due);
        Assert.Equal(Day("2026-08-10"), In(ActionStage.PlanApproval).Due);
        Assert.Equal(Day("2026-09-30"), In(ActionStage.Implementing).Due);
        Assert.Equal(Day("2026-09-16"), In(ActionStage.EffectivenessCheck).Due);
        Assert.Null(In(ActionStage.Closed).Due);
    }

    [Fact]
    public void Overdue_steps_are_escalated()
    {
        var moments = ActionSchedule.DeadlineOf(In(ActionStage.Correction))!.Moments(Sample.Office);
        Assert.Contains(moments, m => m.Kind == Isms.Deadlines.DeadlineKind.EscalatedToManager && m.At == Sample.Office.MorningOf(Day("2026-08-17")));
        Assert.Contains(moments, m => m.Kind == Isms.Deadlines.DeadlineKind.EscalatedToTopManagement && m.At == Sample.Office.MorningOf(Day("2026-08-31")));
        Assert.All(moments.Take(6), m => Assert.NotEmpty(ActionLetters.At(m, In(ActionStage.Correction), Sample.Organization)));
    }

    [Fact]
    public void The_record_of_a_reopened_action_tells_both_rounds_in_both_languages()
    {
        var reopened = Check(In(ActionStage.EffectivenessCheck), By("kato", "2026-10-01"), effective: false).Value;
        var record = ActionRecord.Write(reopened, Sample.Organization);
        Assert.Equal("不適合・是正処置記録", record.Title.Ja);
        Assert.Equal("1", record.Version);
        Assert.Equal(3, record.Approvals.Count);
    }

    private static Outcome<CorrectiveAction> Check(CorrectiveAction action, ActingPerson by, bool effective = true) =>
        ActionRules.EffectivenessIsChecked(action, new ReportEffectiveness(effective, effective ? "再発なし" : "再発した"), by, Sample.Office);

    private static CorrectiveAction Corrected() => ActionRules.NonconformityIsCorrected(In(ActionStage.Correction), new ReportCorrection("回収した"), Owner).Value;

    private static CorrectiveAction In(ActionStage stage)
    {
        var action = ActionRules.IsRaised(
            "action-FY2026-001", FiscalYear.Of(Day("2026-08-03"), 4), new ActionSource(ActionOrigin.Audit, "audit-FY2026-01", "f-01"),
            new Nonconformity("sales", LocalizedText.Same("7.5.3"), "旧版の手順書", ["e"], "7.5.3", null, AnswerResult.MinorNonconformity), "suzuki", "yamamoto", Owner.At);
        Func<CorrectiveAction, CorrectiveAction>[] steps =
        [
            a => ActionRules.OwnerIsTold(a, Owner.At, Owner.Today),
            a => ActionRules.CauseIsFound(ActionRules.NonconformityIsCorrected(a, new ReportCorrection("回収した"), Owner).Value, Cause, Owner, Sample.Organization).Value,
            a => ActionRules.PlanIsProposed(a, Plan, Owner, Sample.Organization).Value,
            a => ActionRules.PlanIsApproved(a, null, Manager).Value,
            a => ActionRules.PlanIsImplemented(a, new ReportImplementation("改訂した", ["e"]), Owner).Value,
            a => Check(a, By("kato", "2026-10-01"), effective: stage != ActionStage.Reopened).Value,
        ];
        foreach (var step in steps.Take(stage == ActionStage.Closed ? 6 : (int)stage))
        {
            action = step(action);
        }

        return action;
    }

    private static ActionStage StageOf(string command) => Possible.First(p => p.Value.Contains(command)).Key;

    private static Refusal? Give(string command, CorrectiveAction action, ActingPerson? by = null) => command switch
    {
        "correction" => ActionRules.NonconformityIsCorrected(action, new ReportCorrection("x"), by ?? Owner).Refusal,
        "root-cause" => ActionRules.CauseIsFound(action, Cause, by ?? Owner, Sample.Organization).Refusal,
        "plan" => ActionRules.PlanIsProposed(action, Plan, by ?? Owner, Sample.Organization).Refusal,
        "approve-plan" => ActionRules.PlanIsApproved(action, null, by ?? Manager).Refusal,
        "return-plan" => ActionRules.PlanIsReturned(action, "理由", by ?? Manager).Refusal,
        "implemented" => ActionRules.PlanIsImplemented(action, new ReportImplementation("x", ["e"]), by ?? Owner).Refusal,
        _ => Check(action, by ?? By("kato", "2026-10-01")).Refusal,
    };

    private static ActingPerson By(string person, string day) => new(person, Sample.Office.MorningOf(Day(day)), Day(day));
}
