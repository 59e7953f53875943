using Isms.ManagementReviews;
using Isms.Meetings;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Meetings;

/// <summary>Clause 9.3.2 a: what earlier reviews decided.</summary>
public sealed class DecisionInputs(MeetingStore meetings, OrganizationStore organizations) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        var reviews = await meetings.AllAsync(MeetingKind.ManagementReview, cancellationToken);
        var recorded = reviews.Where(r => r.Approval is not null && (r.Stage == MeetingStage.FollowingUp || r.Minutes!.HeldOn.AddDays(1) == period.From));
        return [ReviewInputs.OfDecisions(reviews, period, await organizations.GetAsync(cancellationToken), [.. recorded.Select(MeetingRecords.DecisionsOf)])];
    }
}
