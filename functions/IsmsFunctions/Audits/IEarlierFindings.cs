using Isms.Audits;

namespace IsmsFunctions.Audits;

/// <summary>Knows what others than internal audits found; register it in the capability's services.</summary>
public interface IEarlierFindings
{
    /// <summary>What the next internal audit has to follow up (clause 9.2.2).</summary>
    Task<IReadOnlyList<ExternalFinding>> ToFollowUpAsync(CancellationToken cancellationToken);
}
