using Isms.Incidents;
using Isms.ManagementReviews;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Incidents;

/// <summary>What management reviews are told about incidents, near misses and drills.</summary>
public sealed class IncidentReviewInputs(IncidentStore incidents, OrganizationStore organizations, TimeProvider clock) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var organization = await organizations.GetAsync(cancellationToken);
        var all = await incidents.AllAsync(cancellationToken);
        return [IncidentFigures.ReviewInputOf(all, period, organization, clock.GetUtcNow(), IncidentRecordActivities.RecordIdOf)];
    }
}
