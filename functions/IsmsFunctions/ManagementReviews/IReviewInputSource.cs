using Isms.ManagementReviews;

namespace IsmsFunctions.ManagementReviews;

/// <summary>Adds inputs of a capability to management reviews (clause 9.3.2); register it in the capability's services.</summary>
public interface IReviewInputSource
{
    /// <summary>
    /// What the capability has to say about the period; empty where it keeps nothing that concerns any topic. Asked whenever the inputs are compiled, so it reads
    /// and changes nothing.
    /// </summary>
    /// <param name="period">The time that the review looks back on.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken);
}
