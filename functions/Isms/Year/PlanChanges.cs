namespace Isms.Year;

/// <summary>Makes a year's duties out of the product's catalogue and what the organisation changes.</summary>
public static class PlanChanges
{
    /// <summary>The catalogue of a fiscal year. The changes have passed <see cref="PlanChangeRules"/>.</summary>
    public static PlanCatalogue Apply(PlanCatalogue catalogue, IEnumerable<PlanChange> changes, string fiscalYear)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Where(c => c.HoldsFor(fiscalYear)).Aggregate(catalogue, Apply);
    }

    private static PlanCatalogue Apply(PlanCatalogue catalogue, PlanChange change) => change.Kind switch
    {
        PlanChangeKind.Add => new PlanCatalogue([.. catalogue.Duties, change.Added! with { ReasonOfChange = change.Reason }]),
        PlanChangeKind.Drop => new PlanCatalogue([.. catalogue.Duties.Where(d => d.Id != change.Duty)]),
        _ => new PlanCatalogue([.. catalogue.Duties.Select(d => d.Id == change.Duty ? Moved(d, change) : d)]),
    };

    private static PlanDuty Moved(PlanDuty duty, PlanChange change) => duty with
    {
        FirstMonth = change.FirstMonth ?? duty.FirstMonth,
        LastMonth = change.LastMonth ?? duty.LastMonth,
        ReasonOfChange = change.Reason,
    };
}
