using Isms.Certification;
using Isms.Organizations;

namespace Isms.Year;

/// <summary>A year's plan as it is approved: its duties, when each comes up, what the organisation changed, and what that costs.</summary>
/// <param name="Year">The year.</param>
/// <param name="Catalogue">Its duties.</param>
/// <param name="Items">Its items, in the order of the duties.</param>
/// <param name="Changes">What the organisation changed of the product's catalogue.</param>
/// <param name="Warnings">Which clauses lose their evidence by that.</param>
public sealed record YearPlan(
    FiscalYear Year,
    PlanCatalogue Catalogue,
    IReadOnlyList<PlanItem> Items,
    IReadOnlyList<PlanChange> Changes,
    IReadOnlyList<PlanWarning> Warnings)
{
    /// <summary>The plan of a year.</summary>
    /// <param name="year">The year.</param>
    /// <param name="organization">Whose year it is.</param>
    /// <param name="changes">What the organisation changes; those of other years are left out.</param>
    /// <param name="at">When the plan is made.</param>
    public static YearPlan Of(FiscalYear year, Organization organization, IEnumerable<PlanChange> changes, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(year);
        IReadOnlyList<PlanChange> ofTheYear = [.. changes.Where(c => c.HoldsFor(year.Id))];
        var catalogue = PlanChanges.Apply(PlanCatalogue.Standard, ofTheYear, year.Id);
        return new YearPlan(
            year,
            catalogue,
            [.. YearPlanning.Plan(year, organization, catalogue, at), .. CertificationPlanning.ItemsOf(year, organization, at)],
            ofTheYear,
            PlanWarnings.Of(PlanCatalogue.Standard, ofTheYear, year.Id));
    }
}
