using System.Text.Json.Serialization;
using Isms.CorrectiveActions;
using Isms.Registers;
using Isms.Rules;
using Isms.Text;

namespace Isms.Objectives;

/// <summary>Whether a control works, as far as can be shown (clause 9.1).</summary>
public enum ControlJudgement
{
    /// <summary>Nothing shows it.</summary>
    NotShown,

    /// <summary>Something shows it, and something speaks against it.</summary>
    Partly,

    /// <summary>It is shown, and nothing speaks against it.</summary>
    Effective,
}

/// <summary>What speaks against a control being effective.</summary>
public enum EffectivenessDoubt
{
    /// <summary>The statement of applicability does not say that it is implemented.</summary>
    NotImplemented,

    /// <summary>It is implemented in part.</summary>
    PartlyImplemented,

    /// <summary>There is no evidence of this year or the one before.</summary>
    NoEvidence,

    /// <summary>The newest evidence is more than a year old.</summary>
    EvidenceTooOld,

    /// <summary>The newest evidence of a kind has gaps.</summary>
    EvidenceIncomplete,

    /// <summary>A nonconformity about it is not closed.</summary>
    OpenNonconformity,

    /// <summary>A figure counts things that should not be.</summary>
    Exceptions,

    /// <summary>An objective that is measured by it is missed.</summary>
    TargetMissed,
}

/// <summary>A figure that tells how a control works.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Value">What it came to over the year.</param>
public sealed record ControlFigure(Measure Measure, MeasuredValue Value);

/// <summary>An applicable control with what shows that it works, and what speaks against it.</summary>
public sealed record ControlEffectiveness
{
    private const int DaysFresh = 366;

    /// <summary>Its row of the statement of applicability.</summary>
    public required StatementRow Row { get; init; }

    /// <summary>Days since the newest evidence; null where there is none.</summary>
    public int? EvidenceAgeDays { get; init; }

    /// <summary>Corrective actions about it that are not closed.</summary>
    public required IReadOnlyList<CorrectiveAction> OpenActions { get; init; }

    /// <summary>Figures about it.</summary>
    public required IReadOnlyList<ControlFigure> Figures { get; init; }

    /// <summary>Objectives that are measured by those figures.</summary>
    public required IReadOnlyList<ObjectiveYear> Objectives { get; init; }

    /// <summary>What speaks against it.</summary>
    public IReadOnlyList<EffectivenessDoubt> Doubts { get; init; } = [];

    /// <summary>The judgement that follows from it.</summary>
    public ControlJudgement Proposed =>
        Doubts.Any(d => d is EffectivenessDoubt.NotImplemented or EffectivenessDoubt.NoEvidence or EffectivenessDoubt.EvidenceTooOld) ? ControlJudgement.NotShown
        : Doubts.Count > 0 ? ControlJudgement.Partly
        : ControlJudgement.Effective;

    /// <summary>Puts together what is known of the applicable controls, in the order of the standard.</summary>
    /// <param name="statement">The statement of applicability.</param>
    /// <param name="actions">Corrective actions.</param>
    /// <param name="figures">Figures over the year.</param>
    /// <param name="objectives">The year's objectives.</param>
    /// <param name="at">The moment of the judgement.</param>
    public static IReadOnlyList<ControlEffectiveness> Of(
        IEnumerable<StatementRow> statement,
        IReadOnlyList<CorrectiveAction> actions,
        IReadOnlyList<ControlFigure> figures,
        IReadOnlyList<ObjectiveYear> objectives,
        DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return [.. statement.Where(r => r.Decision.Applicable == true).Select(row =>
        {
            var own = figures.Where(f => f.Measure.Controls.Contains(row.Control.Id)).ToList();
            var control = new ControlEffectiveness
            {
                Row = row,
                EvidenceAgeDays = row.Evidence.Count == 0 ? null : (int)(at - row.Evidence.Max(e => e.CreatedAt)).TotalDays,
                OpenActions = [.. actions.Where(a => a.Stage != ActionStage.Closed && a.Nonconformity.Control == row.Control.Id)],
                Figures = own,
                Objectives = [.. objectives.Where(o => own.Any(f => f.Measure.Id == o.Objective.Measure))],
            };
            return control with { Doubts = [.. DoubtsOf(control)] };
        })];
    }

    private static IEnumerable<EffectivenessDoubt> DoubtsOf(ControlEffectiveness control)
    {
        var implementation = control.Row.Decision.Implementation;
        (bool Holds, EffectivenessDoubt Doubt)[] all =
        [
            (implementation is ControlImplementation.NotImplemented or ControlImplementation.Unknown, EffectivenessDoubt.NotImplemented),
            (implementation == ControlImplementation.Partly, EffectivenessDoubt.PartlyImplemented),
            (control.EvidenceAgeDays is null, EffectivenessDoubt.NoEvidence),
            (control.EvidenceAgeDays > DaysFresh, EffectivenessDoubt.EvidenceTooOld),
            (control.Row.Evidence.Any(e => e.Completeness.Gaps.Count > 0), EffectivenessDoubt.EvidenceIncomplete),
            (control.OpenActions.Count > 0, EffectivenessDoubt.OpenNonconformity),
            (control.Figures.Any(f => f.Measure.CountsExceptions && f.Value.Value > 0), EffectivenessDoubt.Exceptions),
            (control.Objectives.Any(o => o.Achievement == Achievement.NotMet), EffectivenessDoubt.TargetMissed),
        ];
        return all.Where(d => d.Holds).Select(d => d.Doubt);
    }
}

/// <summary>What a person judged of a control.</summary>
/// <param name="Judgement">The judgement.</param>
/// <param name="Reason">Why it differs from what was proposed.</param>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
public sealed record JudgedControl(ControlJudgement Judgement, string? Reason, string By, DateTimeOffset At);

/// <summary>The judgements of a fiscal year's controls: a state row.</summary>
public sealed record EffectivenessReview
{
    private const int LongestReason = 2_000;

    /// <summary>The fiscal year's id.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>What people judged, by control.</summary>
    public IReadOnlyDictionary<string, JudgedControl> Judged { get; init; } = new Dictionary<string, JudgedControl>();

    /// <summary>How many sheets were recorded or begun.</summary>
    public int Round { get; init; }

    /// <summary>Who had the newest sheet recorded.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Its id.</summary>
    [JsonIgnore]
    public string Id => IdOf(FiscalYear);

    /// <summary>The id of a year's review.</summary>
    public static string IdOf(string fiscalYear) => "effectiveness-" + fiscalYear;

    /// <summary>A person confirms what was proposed, or judges otherwise for a reason.</summary>
    public Outcome<EffectivenessReview> Judge(ControlEffectiveness control, ControlJudgement judgement, string? reason, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(control);
        var id = control.Row.Control.Id;
        if (judgement != control.Proposed && string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.Of(RefusalKind.RuleBroken, "judgement-without-reason", "reason", null, id, NameOf(control.Proposed));
        }

        if (reason?.Length > LongestReason)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "kpi-reason-too-long", "reason", null, LongestReason);
        }

        return this with { Judged = new SortedDictionary<string, JudgedControl>(Judged.ToDictionary(), StringComparer.Ordinal) { [id] = new(judgement, reason, by, at) } };
    }

    /// <summary>The sheet is recorded: who has it recorded confirms what nobody judged otherwise.</summary>
    public EffectivenessReview IsRecorded(string by, DateTimeOffset at) => this with { Round = Round + 1, RecordedBy = by, RecordedAt = at };

    /// <summary>The judgement of a control, and whether a person changed what was proposed.</summary>
    public (ControlJudgement Judgement, JudgedControl? By) Of(ControlEffectiveness control)
    {
        ArgumentNullException.ThrowIfNull(control);
        return Judged.GetValueOrDefault(control.Row.Control.Id) is { } judged ? (judged.Judgement, judged) : (control.Proposed, null);
    }

    /// <summary>What a judgement is called.</summary>
    public static LocalizedText NameOf(ControlJudgement judgement) => Texts.Get("effectiveness.judgement." + judgement);

    /// <summary>What a doubt is called.</summary>
    public static LocalizedText NameOf(EffectivenessDoubt doubt) => Texts.Get("effectiveness.doubt." + doubt);
}
