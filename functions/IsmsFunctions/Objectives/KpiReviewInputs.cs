using Isms.Evidence;
using Isms.ManagementReviews;
using Isms.Objectives;
using Isms.Reports;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Objectives;

/// <summary>Objectives (clause 9.3.2 d 4) and measurement results (d 2) for management reviews.</summary>
public sealed class KpiReviewInputs(ObjectiveRegister register, KpiStore store, IEvidenceStore evidence, OrganizationStore organizations) : IReviewInputSource
{
    private const int PageSize = 50;
    private static readonly string[] Sheets = [KpiSheets.Record, EffectivenessDesk.Record];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        return [await ObjectivesAsync(period, cancellationToken), await MeasurementAsync(period, cancellationToken)];
    }

    private async Task<ReviewInput> ObjectivesAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        var objectives = (await register.ReadAsync(period.FiscalYear, cancellationToken)).Select(o => o.Year).ToList();
        var sheets = (await store.ListAsync(period.FiscalYear, cancellationToken)).Select(m => m.Value.Evidence).OfType<string>();
        var input = new ReviewInput { Topic = ReviewTopic.Objectives, Title = Texts.Get("kpi-review.objectives") };
        if (objectives.Count == 0)
        {
            return input with { Gap = Texts.Get("kpi-review.none", period.FiscalYear) };
        }

        return input with
        {
            Sentences =
            [
                .. objectives.Where(o => o.Newest is not null).Select(o => Texts.Get(
                    "kpi-review.line", o.Objective.Id, o.Objective.Name, KpiTexts.Value(o.Newest, o.Objective.Unit), KpiTexts.Target(o.Objective), KpiTexts.NameOf(o.Achievement))),
            ],
            Figures = [new ReportFigure(Texts.Get("kpi-report.objectives"), KpiTexts.Figures(ObjectiveFigures.Of(objectives.Select(o => o.Achievement))))],
            Evidence = [.. sheets],
            Gap = objectives.All(o => o.Newest is null) ? Texts.Get("kpi-review.not-measured", period.FiscalYear) : null,
        };
    }

    private async Task<ReviewInput> MeasurementAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var found = new List<EvidenceManifest>();
        foreach (var record in Sheets)
        {
            var query = new EvidenceQuery(Record: record, From: office.StartOf(period.From), To: office.StartOf(period.Until.AddDays(1)));
            found.AddRange((await evidence.ListAsync(query, PageSize, null, cancellationToken)).Items);
        }

        var superseded = found.Select(e => e.Supersedes).OfType<string>().ToHashSet(StringComparer.Ordinal);
        found.RemoveAll(e => superseded.Contains(e.Id));
        return new ReviewInput
        {
            Topic = ReviewTopic.Measurement,
            Title = Texts.Get("kpi-review.measurement"),
            Sentences = [.. found.Select(e => Texts.Get("kpi-review.sheet", e.Title))],
            Evidence = [.. found.Select(e => e.Id)],
            Gap = found.Count == 0 ? Texts.Get("kpi-review.no-sheet") : null,
        };
    }
}
