using System.Globalization;
using Isms.Evidence;
using Isms.Objectives;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Registers;
using IsmsFunctions.Year;

namespace IsmsFunctions.Objectives;

/// <summary>Puts together whether controls are effective, and records it (clause 9.1).</summary>
public sealed class EffectivenessDesk(
    StateStore states, RegisterStore registers, StatementEvidence shown, ActionStore actions, MeasureCatalogue measures, ObjectiveRegister objectives, IEvidenceStore evidence,
    TimeProvider clock)
{
    /// <summary>The record's key.</summary>
    public const string Record = "effectiveness-sheet";

    private const string Kind = "effectiveness";
    private const string Duty = "control-effectiveness";

    /// <summary>What people judged in a year so far.</summary>
    public async Task<EffectivenessReview> ReviewAsync(string fiscalYear, CancellationToken cancellationToken) =>
        (await states.FindAsync<EffectivenessReview>(Kind, EffectivenessReview.IdOf(fiscalYear), cancellationToken))?.Value ?? new EffectivenessReview { FiscalYear = fiscalYear };

    /// <summary>What is known of the applicable controls.</summary>
    public async Task<IReadOnlyList<ControlEffectiveness>> CompileAsync(FiscalYear year, Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var now = clock.GetUtcNow();
        var book = await registers.ReadAsync(cancellationToken);
        var statement = StatementOfApplicability.Of(book.Entries(ControlFields.Register), await shown.ReadAsync(organization, cancellationToken));
        var all = await actions.ListAfterAsync(null, null, cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);
        var period = new MeasurePeriod(year.Id, year.Start, year.End, now);
        var figures = new List<ControlFigure>();
        foreach (var measure in measures.All.Where(m => m.Controls.Count > 0))
        {
            figures.Add(new ControlFigure(measure, await measures.MeasureAsync(measure.Id, period, cancellationToken)));
        }

        return ControlEffectiveness.Of(statement, all, figures, [.. (await objectives.ReadAsync(year.Id, cancellationToken)).Select(o => o.Year)], now);
    }

    /// <summary>Changes what people judged.</summary>
    public async Task<EffectivenessReview> ChangeAsync(
        string fiscalYear, Func<EffectivenessReview, EffectivenessReview> change, string? key, CancellationToken cancellationToken)
    {
        var id = EffectivenessReview.IdOf(fiscalYear);
        await states.TryCreateAsync(Kind, id, new EffectivenessReview { FiscalYear = fiscalYear }, cancellationToken: cancellationToken);
        return (await states.UpdateAsync(Kind, id, change, key, cancellationToken: cancellationToken)).Value;
    }

    /// <summary>Records the sheet of the review's present round: as the record of the year's plan item where there is one.</summary>
    public async Task<EvidenceManifest> RecordAsync(
        FiscalYear year, EffectivenessReview review, IReadOnlyList<ControlEffectiveness> controls, Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(review);
        var office = OfficeTime.Of(organization.TimeZone);
        var document = EffectivenessSheet.Write(review, controls, organization);
        var item = PlanItem.InstanceIdOf(year.Id, Duty);
        var isPlanned = await states.FindAsync<PlanItem>(YearStore.Item, item, cancellationToken) is not null;
        string Step(int round) => string.Create(CultureInfo.InvariantCulture, $"{Record}-{round}");
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(review.Id, Step(review.Round)),
            FiscalYear = year.Id,
            Type = EvidenceType.Operation,
            Title = document.Title,
            Clauses = ["9.1"],
            Period = new Period(office.StartOf(year.Start), review.RecordedAt!.Value),
            Subject = isPlanned ? item : review.Id,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(review.Id, Step(review.Round), review.RecordedBy!) },
            Supersedes = review.Round > 1 ? EvidenceIds.OfStep(review.Id, Step(review.Round - 1)) : null,
            CreatedBy = review.RecordedBy!,
        };
        var data = new { review.FiscalYear, review.RecordedBy, review.RecordedAt, Controls = controls.Select(c => ControlView.Of(c, review)).ToList() };
        return await evidence.RecordAsync(draft, DocumentFiles.Of(Record, document, data), cancellationToken);
    }
}

/// <summary>A control's effectiveness as answers and data show it.</summary>
public sealed record ControlView(
    string Control,
    LocalizedText Title,
    ControlImplementation Implementation,
    IReadOnlyList<ShownBy> Evidence,
    int? EvidenceAgeDays,
    IReadOnlyList<ControlFigureView> Figures,
    IReadOnlyList<ControlObjectiveView> Objectives,
    IReadOnlyList<string> OpenActions,
    IReadOnlyList<EffectivenessDoubt> Doubts,
    ControlJudgement Proposed,
    ControlJudgement Judgement,
    JudgedControl? JudgedBy)
{
    /// <summary>The view.</summary>
    public static ControlView Of(ControlEffectiveness control, EffectivenessReview review)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(review);
        var (judgement, by) = review.Of(control);
        return new ControlView(
            control.Row.Control.Id, control.Row.Control.Title, control.Row.Decision.Implementation,
            [.. control.Row.Evidence.Select(e => new ShownBy(e.Id, e.Title, e.CreatedAt, e.Completeness.Gaps.Count == 0))], control.EvidenceAgeDays,
            [.. control.Figures.Select(f => new ControlFigureView(f.Measure.Id, f.Measure.Title, f.Value.Value, f.Measure.Unit, f.Value.NothingBecause, f.Value.EvidenceIds))],
            [.. control.Objectives.Select(o => new ControlObjectiveView(o.Objective.Id, o.Objective.Name, o.Newest, o.Achievement))],
            [.. control.OpenActions.Select(a => a.Id)], control.Doubts, control.Proposed, judgement, by);
    }
}

/// <summary>An item of evidence that shows a control.</summary>
public sealed record ShownBy(string Id, LocalizedText Title, DateTimeOffset CreatedAt, bool Complete);

/// <summary>A figure about a control.</summary>
public sealed record ControlFigureView(
    string Measure, LocalizedText Title, decimal? Value, LocalizedText Unit, LocalizedText? NothingBecause, IReadOnlyList<string> Evidence);

/// <summary>An objective about a control.</summary>
public sealed record ControlObjectiveView(string Id, string Name, decimal? Value, Achievement Achievement);
