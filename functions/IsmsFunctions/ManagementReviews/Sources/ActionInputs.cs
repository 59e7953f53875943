using Isms.ManagementReviews;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.ManagementReviews.Sources;

/// <summary>Clause 9.3.2 d 1: nonconformities and corrective actions.</summary>
public sealed class ActionInputs(ActionStore actions, ReviewEvidence evidence, OrganizationStore organizations) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        var all = await actions.ListAfterAsync(null, null, cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);
        var records = await evidence.OfAsync(period, cancellationToken, "corrective-action-record");
        return [ReviewInputs.OfActions(all, period, await organizations.GetAsync(cancellationToken), records)];
    }
}
