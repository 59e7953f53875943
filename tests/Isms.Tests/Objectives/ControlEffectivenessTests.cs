using Isms.Catalogues;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Objectives;
using Isms.Registers;

namespace Isms.Tests.Objectives;

public sealed class ControlEffectivenessTests
{
    private static readonly Measure Exceptions = new("x", new("逸脱", "Exceptions"), new("件", "items"), TargetDirection.AtMost, ["9.1"], ["5.18"]) { CountsExceptions = true };

    [Fact]
    public void A_control_that_is_shown_and_has_nothing_against_it_is_effective() => Assert.Equal(ControlJudgement.Effective, Judge(Row()).Proposed);

    [Fact]
    public void Each_doubt_lowers_the_judgement()
    {
        (StatementRow Row, ControlFigure[] Figures, CorrectiveAction[] Actions, EffectivenessDoubt Doubt, ControlJudgement Judgement)[] cases =
        [
            (Row(ControlImplementation.Unknown), [], [], EffectivenessDoubt.NotImplemented, ControlJudgement.NotShown),
            (Row(ControlImplementation.NotImplemented), [], [], EffectivenessDoubt.NotImplemented, ControlJudgement.NotShown),
            (Row(ControlImplementation.Partly), [], [], EffectivenessDoubt.PartlyImplemented, ControlJudgement.Partly),
            (Row() with { Evidence = [] }, [], [], EffectivenessDoubt.NoEvidence, ControlJudgement.NotShown),
            (Row(daysOld: 400), [], [], EffectivenessDoubt.EvidenceTooOld, ControlJudgement.NotShown),
            (Row(gaps: true), [], [], EffectivenessDoubt.EvidenceIncomplete, ControlJudgement.Partly),
            (Row(), [new(Exceptions, MeasuredValue.Count(2))], [], EffectivenessDoubt.Exceptions, ControlJudgement.Partly),
            (Row(), [], [Action("5.18", ActionStage.Implementing)], EffectivenessDoubt.OpenNonconformity, ControlJudgement.Partly),
        ];
        foreach (var (row, figures, actions, doubt, judgement) in cases)
        {
            var control = Assert.Single(ControlEffectiveness.Of([row], actions, figures, [], KpiPlay.Now));
            Assert.Equal([doubt], control.Doubts);
            Assert.Equal(judgement, control.Proposed);
        }
    }

    [Fact]
    public void What_concerns_other_controls_or_is_closed_raises_no_doubt()
    {
        var control = Assert.Single(ControlEffectiveness.Of(
            [Row()], [Action("5.15", ActionStage.Implementing), Action("5.18", ActionStage.Closed)], [new(Exceptions with { Controls = ["8.2"] }, MeasuredValue.Count(2)), new(Exceptions with { CountsExceptions = false }, MeasuredValue.Count(2))], [], KpiPlay.Now));
        Assert.Empty(control.Doubts);
    }

    [Fact]
    public void A_missed_objective_that_is_measured_by_the_control_raises_a_doubt()
    {
        var missed = new ObjectiveYear(KpiPlay.Percent("O-0001", "x"), [10, null, null, null], null);
        var control = Assert.Single(ControlEffectiveness.Of([Row()], [], [new(Exceptions, MeasuredValue.Count(0))], [missed], KpiPlay.Now));
        Assert.Equal([EffectivenessDoubt.TargetMissed], control.Doubts);
    }

    [Fact]
    public void Controls_that_do_not_apply_are_left_out() =>
        Assert.Empty(ControlEffectiveness.Of([Row() with { Decision = Row().Decision with { Applicable = false } }, Row() with { Decision = Row().Decision with { Applicable = null } }], [], [], [], KpiPlay.Now));

    [Fact]
    public void Judging_otherwise_than_proposed_needs_a_reason()
    {
        var (control, review) = (Judge(Row(gaps: true)), new EffectivenessReview { FiscalYear = "FY2026" });
        Assert.Equal("judgement-without-reason", review.Judge(control, ControlJudgement.Effective, null, "ito", KpiPlay.Now).Refusal!.Code);
        Assert.Null(review.Judge(control, ControlJudgement.Partly, null, "ito", KpiPlay.Now).Refusal);
        var judged = review.Judge(control, ControlJudgement.Effective, "欠落は後日補完した", "ito", KpiPlay.Now).Value;
        Assert.Equal(ControlJudgement.Effective, judged.Of(control).Judgement);
        Assert.Equal(ControlJudgement.Partly, review.Of(control).Judgement);
    }

    private static ControlEffectiveness Judge(StatementRow row) => Assert.Single(ControlEffectiveness.Of([row], [], [], [], KpiPlay.Now));

    private static StatementRow Row(ControlImplementation implementation = ControlImplementation.Implemented, int daysOld = 10, bool gaps = false)
    {
        var at = KpiPlay.Now.AddDays(-daysOld);
        var shown = new EvidenceManifest
        {
            Id = "e-1", FiscalYear = "FY2026", Type = EvidenceType.Operation, Title = new("棚卸し", "Review"), Period = new Period(at, at), Source = new EvidenceSource(),
            Completeness = gaps ? Completeness.Partial([new Gap("users", "throttled-out", "")]) : Completeness.Complete, Files = [], CreatedAt = at, CreatedBy = "system", Producer = "test",
        };
        return new StatementRow(Standard.FindControl("5.18")!, null, new ControlDecision("5.18", true, ["risk"], "", implementation, "ito", "手順"), [shown], []);
    }

    private static CorrectiveAction Action(string control, ActionStage stage) => new()
    {
        Id = "action-FY2026-001", FiscalYear = "FY2026", Stage = stage, StageSince = KpiPlay.Now, Source = new ActionSource(ActionOrigin.Manual),
        Nonconformity = new Nonconformity("it", new("要求", "Requirement"), "事実", [], Control: control), Owner = "ito", RaisedBy = "ito", RaisedAt = KpiPlay.Now,
    };
}
