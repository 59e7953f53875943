using Isms.Evidence;
using Isms.Objectives;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;

namespace IsmsFunctions.Objectives.Sources;

/// <summary>
/// Counts the plan's items: how many of those that fell due were handed in, and in time. An item that is due later counts once it is handed in, one that was waived
/// does not count.
/// </summary>
public sealed class PlanMeasures(YearStore years, OrganizationStore organizations) : IMeasureSource
{
    private const string OnTime = "plan-on-time";

    private static readonly Dictionary<string, string> Duties = new(StringComparer.Ordinal)
    {
        ["access-reviews-done"] = "access-review",
        ["backup-checks-done"] = "backup-check",
        ["document-reviews-done"] = "document-review",
        ["supplier-evaluations-done"] = "supplier-review",
    };

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } =
    [
        MeasuresOf.Share(OnTime, "9.1"),
        MeasuresOf.Share("access-reviews-done", "9.1", "5.18"),
        MeasuresOf.Share("backup-checks-done", "9.1", "8.13"),
        MeasuresOf.Share("document-reviews-done", "7.5", "5.1"),
        MeasuresOf.Share("supplier-evaluations-done", "9.1", "5.22"),
    ];

    /// <inheritdoc/>
    public async Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var today = office.DateAt(period.AsOf);
        var due = (await years.ItemsAsync(period.FiscalYear, cancellationToken)).Select(i => i.Value)
            .Where(i => measure == OnTime || i.Duty == Duties[measure])
            .Where(i => i.State != PlanItemState.Waived && i.DueOn >= period.From && i.DueOn <= period.Until)
            .Where(i => i.DueOn < today || IsHandedIn(i))
            .ToList();
        var counted = due.Where(i => IsHandedIn(i) && (measure != OnTime || office.DateAt(i.LastSubmission!.At) <= i.DueOn)).ToList();
        var evidence = counted.Where(i => i.State == PlanItemState.Done).Select(i => EvidenceIds.OfStep(i.InstanceId, PlanItemRecords.Completion));
        return MeasuredValue.Share(counted.Count, due.Count, Texts.Get("measure.nothing-due"), evidence);
    }

    private static bool IsHandedIn(PlanItem item) => item.State is PlanItemState.Submitted or PlanItemState.Approved or PlanItemState.Done;
}
