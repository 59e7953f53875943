using Isms.ManagementReviews;
using Isms.Year;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;

namespace IsmsFunctions.ManagementReviews.Sources;

/// <summary>Clause 9.3.2 b and d 2, as far as the yearly plan shows them: the review of the context, and how the plan is kept.</summary>
public sealed class PlanInputs(YearStore years, ReviewEvidence evidence, OrganizationStore organizations) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var organization = await organizations.GetAsync(cancellationToken);
        var items = (await years.ItemsAsync(period.FiscalYear, cancellationToken)).Select(i => i.Value).ToList();
        var context = await evidence.OfAsync(period, cancellationToken, "context-register", "legal-register");
        var measured = await evidence.OfAsync(period, cancellationToken, "management-report", "effectiveness-sheet");
        return
        [
            ReviewInputs.OfContext(items, OfficeTime.Of(organization.TimeZone), context),
            ReviewInputs.OfPlan(items, period, organization, measured),
        ];
    }
}
