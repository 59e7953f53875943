using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>Pulls the files of a snapshot that are not there yet.</summary>
internal sealed class SnapshotPull(
    EvidencePull pull, EvidenceBlobs blobs, EvidenceRecording item, bool final, Patience patience, IReadOnlyCollection<string> present)
{
    public Patience Patience => patience;

    public bool Has(string file) => present.Contains(EvidencePull.PathOf(file));

    public async Task<PullOutcome> PullAsync(string file, string path, Action<ReadOnlySpan<byte>>? eachRow, CancellationToken cancellationToken) => Has(file)
        ? PullOutcome.Done
        : await pull.PullAsync(
            item, file, new GraphCollection("v1.0", path, PacingScope.Directory), final, patience, null, eachRow, cancellationToken);

    /// <summary>Pulls a collection, and then collections below each of its rows.</summary>
    public async Task<PullOutcome> PullWithChildrenAsync(
        string file, string path, IReadOnlyList<(string File, string PathFormat)> children, CancellationToken cancellationToken)
    {
        var parents = new List<string>();
        var outcome = await PullAsync(file, path, row => parents.Add(RowFields.TextOf(row, "id"u8) ?? ""), cancellationToken);
        if (Has(file))
        {
            await using var stream = await blobs.OpenAsync(item.Folder, EvidencePull.PathOf(file), cancellationToken) ?? throw new FileNotFoundException(file);
            await RowLines.ReadAsync(stream, row => parents.Add(RowFields.TextOf(row.Span, "id"u8) ?? ""), cancellationToken);
        }

        foreach (var (child, pathFormat) in children.Where(c => !Has(c.File)))
        {
            if (outcome.ResumeAt is not null)
            {
                return outcome;
            }

            outcome = await pull.PullBelowAsync(item, child, parents, pathFormat, final, patience, cancellationToken);
        }

        return outcome;
    }
}
