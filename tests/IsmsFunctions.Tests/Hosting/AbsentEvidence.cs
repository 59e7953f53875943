using Isms.Evidence;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>An evidence store that can be away: then nothing can be recorded.</summary>
internal sealed class AbsentEvidence(IEvidenceStore inner) : IEvidenceStore
{
    public bool IsAway { get; set; }

    /// <summary>How often something was to be recorded in vain.</summary>
    public int Failures { get; private set; }

    public Task<EvidenceManifest> RecordAsync(EvidenceDraft draft, IReadOnlyList<EvidenceContent> files, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            Failures++;
            throw new HttpRequestException("storage is away");
        }

        return inner.RecordAsync(draft, files, cancellationToken);
    }

    public Task<EvidenceManifest?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<EvidencePage> ListAsync(EvidenceQuery query, int top, string? continuationToken, CancellationToken cancellationToken) =>
        inner.ListAsync(query, top, continuationToken, cancellationToken);

    public Task<Stream?> OpenAsync(EvidenceManifest item, string path, CancellationToken cancellationToken) => inner.OpenAsync(item, path, cancellationToken);
}
