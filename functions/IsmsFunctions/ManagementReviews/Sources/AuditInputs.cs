using Isms.ManagementReviews;
using IsmsFunctions.Audits;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.ManagementReviews.Sources;

/// <summary>Clause 9.3.2 d 3: the results of internal audits.</summary>
public sealed class AuditInputs(AuditStore audits, ReviewEvidence evidence, OrganizationStore organizations) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        var all = (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value);
        var reports = await evidence.OfAsync(period, cancellationToken, "audit-report");
        return [ReviewInputs.OfAudits(all, period, await organizations.GetAsync(cancellationToken), reports)];
    }
}
