using System.Text.Json;
using Isms.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.Telemetry;

namespace IsmsFunctions.Evidence;

/// <summary>
/// Records evidence in the order: intent, files, manifest, ledger entry, index rows. Each write is made only if it is absent, so a repetition after a crash
/// between any two of them completes the item; an item that is listed is complete in all of them.
/// </summary>
public sealed class EvidenceStore(EvidenceBlobs blobs, EvidenceIndex index, Ledger ledger, Measurements? measurements = null) : IEvidenceStore
{
    /// <summary>Creates the container and the tables if they are not there.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await blobs.PrepareAsync(cancellationToken);
        await index.PrepareAsync(cancellationToken);
        await ledger.PrepareAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<EvidenceManifest> RecordAsync(EvidenceDraft draft, IReadOnlyList<EvidenceContent> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        MustFitTheIndex(draft);
        var recording = await BeginAsync(draft.Id, draft.FiscalYear, draft.Type, cancellationToken);
        return await CompleteAsync(recording, draft, [], files, cancellationToken);
    }

    /// <summary>Settles the time and folder of an item whose files are streamed by several steps.</summary>
    public Task<EvidenceRecording> BeginAsync(string id, string fiscalYear, EvidenceType type, CancellationToken cancellationToken) =>
        index.BeginAsync(id, fiscalYear, type, cancellationToken);

    /// <summary>Opens a file of a begun item for streamed writing.</summary>
    public EvidenceFileWriter CreateFile(EvidenceRecording recording, string path, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return blobs.Create(recording.Folder, Checked(path), mediaType);
    }

    /// <summary>Stores a small file of a begun item, or adopts the one that is there.</summary>
    public Task<EvidenceFile> AddFileAsync(EvidenceRecording recording, EvidenceContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(content);
        Checked(content.Path);
        return blobs.CreateAsync(recording.Folder, content, cancellationToken);
    }

    /// <summary>Opens a file of a begun item for reading; null when it is not there.</summary>
    public Task<Stream?> OpenAsync(EvidenceRecording recording, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return blobs.OpenAsync(recording.Folder, path, cancellationToken);
    }

    /// <summary>Completes a begun item: the rest of its files, manifest, ledger entry, index rows.</summary>
    /// <param name="recording">What <see cref="BeginAsync"/> returned.</param>
    /// <param name="draft">What the manifest is to say.</param>
    /// <param name="staged">Files that stand in its folder already.</param>
    /// <param name="files">Small files to add.</param>
    /// <param name="cancellationToken">Cancels between writes; a repetition completes the item.</param>
    public async Task<EvidenceManifest> CompleteAsync(
        EvidenceRecording recording, EvidenceDraft draft, IReadOnlyList<EvidenceFile> staged, IReadOnlyList<EvidenceContent> files,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(draft);
        MustFitTheIndex(draft);
        if (recording.IsRecorded && await index.FindAsync(draft.Id, cancellationToken) is { } recorded)
        {
            return recorded;
        }

        // The files do not depend on each other; the manifest depends on them all.
        var added = await Task.WhenAll(files.Select(f => AddFileAsync(recording, f, cancellationToken)));
        var manifest = CanonicalJson.Serialize(ManifestOf(recording, draft, [.. staged, .. added]), Json.Options);
        var stored = await blobs.CreateManifestAsync(recording.Folder, manifest, cancellationToken);
        var item = JsonSerializer.Deserialize<EvidenceManifest>(stored.Span, Json.Options)!;
        var place = await ledger.AppendAsync(item.Id, MerkleTree.LeafHash(stored.Span), cancellationToken);
        await index.AddAsync(item, stored, place, cancellationToken);
        measurements?.Recorded(item);
        return item;
    }

    /// <inheritdoc/>
    public Task<EvidenceManifest?> FindAsync(string id, CancellationToken cancellationToken) => index.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<EvidencePage> ListAsync(EvidenceQuery query, int top, string? continuationToken, CancellationToken cancellationToken) =>
        index.ListAsync(query, top, continuationToken, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(EvidenceManifest item, string path, CancellationToken cancellationToken) =>
        blobs.OpenAsync(EvidencePaths.FolderOf(item), path, cancellationToken);

    private static EvidenceManifest ManifestOf(EvidenceRecording recording, EvidenceDraft draft, IEnumerable<EvidenceFile> files) => new()
    {
        Id = draft.Id,
        FiscalYear = draft.FiscalYear,
        Type = draft.Type,
        Title = draft.Title,
        Clauses = draft.Clauses,
        Controls = draft.Controls,
        Period = new Period(draft.Period.From.ToUniversalTime(), draft.Period.To.ToUniversalTime()),
        Subject = draft.Subject,
        Record = draft.Record,
        Source = draft.Source,
        Completeness = draft.Completeness,
        Files = [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)],
        Supersedes = draft.Supersedes,
        Supplements = draft.Supplements,
        CreatedAt = recording.CreatedAt,
        CreatedBy = draft.CreatedBy,
        Producer = "IsmsFunctions " + HealthHttp.Version,
    };

    /// <summary>All rows of an item are one transaction; what would not fit is told before anything is written.</summary>
    private static void MustFitTheIndex(EvidenceDraft draft)
    {
        if (draft.Clauses.Count > EvidenceRules.MostClausesOrControls || draft.Controls.Count > EvidenceRules.MostClausesOrControls)
        {
            throw new ArgumentException($"'{draft.Id}' names more than {EvidenceRules.MostClausesOrControls} clauses or controls.", nameof(draft));
        }
    }

    private static string Checked(string path) =>
        EvidencePaths.IsFilePath(path) ? path : throw new ArgumentException($"'{path}' cannot be the path of a file of evidence.", nameof(path));
}
