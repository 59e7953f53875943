using Isms.Audits;
using Isms.Certification;
using IsmsFunctions.Audits;

namespace IsmsFunctions.Certification;

/// <summary>What the certification body found, for the next internal audit.</summary>
public sealed class FindingsOfTheBody(CertificationStore audits) : IEarlierFindings
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ExternalFinding>> ToFollowUpAsync(CancellationToken cancellationToken) =>
        [.. (await audits.AllAsync(cancellationToken)).SelectMany(CertificationFindings.ToFollowUp)];
}
