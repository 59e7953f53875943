using Isms.Objectives;
using Isms.Text;

namespace Isms.Year;

/// <summary>How far the items of a PDCA phase came.</summary>
public sealed record PhaseProgress(PlanPhase Phase, YearProgress Progress);

/// <summary>What internal and external audits of the year found.</summary>
public sealed record AuditFigures(int Held, int MajorNonconformities, int MinorNonconformities, int Observations);

/// <summary>What became of the year's nonconformities.</summary>
public sealed record ActionFigures(int Raised, int Closed, int Open, int Reopened);

/// <summary>A requirement of the standard that the year's plan should have shown, and did not.</summary>
/// <param name="Clauses">The clauses.</param>
/// <param name="Controls">The controls of Annex A.</param>
/// <param name="Title">The duty that would have shown them.</param>
public sealed record UnshownRequirement(IReadOnlyList<string> Clauses, IReadOnlyList<string> Controls, LocalizedText Title);

/// <summary>What a manager has to know of a year that has ended.</summary>
public sealed record YearSummary
{
    /// <summary>The figures of all items.</summary>
    public required YearProgress Progress { get; init; }

    /// <summary>The figures of each phase that has items.</summary>
    public required IReadOnlyList<PhaseProgress> Phases { get; init; }

    /// <summary>The items carried over or waived, those carried over first.</summary>
    public required IReadOnlyList<PlanItem> Unsettled { get; init; }

    /// <summary>The duties of which nothing was done, so that their clauses have no evidence of this year.</summary>
    public required IReadOnlyList<UnshownRequirement> Unshown { get; init; }

    /// <summary>What audits found.</summary>
    public required AuditFigures Audits { get; init; }

    /// <summary>What became of nonconformities.</summary>
    public required ActionFigures Actions { get; init; }

    /// <summary>What became of the year's objectives; null where there were none.</summary>
    public ObjectiveFigures? Objectives { get; init; }

    /// <summary>The on-time share of the year before, in percent; null where there was none.</summary>
    public double? OnTimePercentBefore { get; init; }

    /// <summary>Sums a year up.</summary>
    /// <param name="year">The year.</param>
    /// <param name="items">Its items.</param>
    /// <param name="before">The items of the year before.</param>
    /// <param name="audits">What audits found.</param>
    /// <param name="actions">What became of nonconformities.</param>
    /// <param name="office">The organisation's time.</param>
    /// <param name="objectives">What became of the objectives; null where there were none.</param>
    public static YearSummary Of(
        ManagementYear year,
        IReadOnlyList<PlanItem> items,
        IReadOnlyList<PlanItem> before,
        AuditFigures audits,
        ActionFigures actions,
        OfficeTime office,
        ObjectiveFigures? objectives = null)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(before);
        var dayAfter = year.ToFiscalYear().End.AddDays(1);
        return new YearSummary
        {
            Progress = YearProgress.Of(items, office, dayAfter),
            Phases =
            [
                .. items.GroupBy(i => i.Phase).OrderBy(g => g.Key == PlanPhase.None ? int.MaxValue : (int)g.Key)
                    .Select(g => new PhaseProgress(g.Key, YearProgress.Of([.. g], office, dayAfter))),
            ],
            Unsettled = [.. items.Where(i => i.State == PlanItemState.CarriedOver), .. items.Where(i => i.State == PlanItemState.Waived)],
            Unshown = [.. UnshownBy(year, items)],
            Audits = audits,
            Actions = actions,
            Objectives = objectives,
            OnTimePercentBefore = before.Count == 0 ? null : YearProgress.Of(before, office, dayAfter).OnTimePercent,
        };
    }

    private static IEnumerable<UnshownRequirement> UnshownBy(ManagementYear year, IReadOnlyList<PlanItem> items)
    {
        var planned = PlanChanges.Apply(PlanCatalogue.Standard, year.Changes, year.FiscalYear).Duties;
        var dropped = PlanCatalogue.Standard.Duties.Where(d => !planned.Any(p => p.Id == d.Id));
        var done = items.Where(i => i.State is PlanItemState.Done or PlanItemState.Approved).Select(i => i.Duty).ToHashSet();
        var undone = planned.Where(d => items.Any(i => i.Duty == d.Id) && !done.Contains(d.Id));
        var shown = items.Where(i => done.Contains(i.Duty)).ToList();
        return dropped.Concat(undone)
            .Select(d => new UnshownRequirement(
                [.. d.Clauses.Where(c => !shown.Any(i => i.Clauses.Contains(c)))], [.. d.Controls.Where(c => !shown.Any(i => i.Controls.Contains(c)))], d.Title))
            .Where(u => u.Clauses.Count + u.Controls.Count > 0);
    }
}
