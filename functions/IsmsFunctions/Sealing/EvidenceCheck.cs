using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Isms.Evidence;
using Isms.Sealing;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Sealing;

/// <summary>Reads items again, from the storage and not from memory, and holds every byte against the ledger.</summary>
public sealed class EvidenceCheck(Ledger ledger, EvidenceIndex index, EvidenceBlobs blobs, IDisposedItems disposed, LedgerSeal seal, TimeProvider clock)
{
    /// <summary>An item stands in the ledger before it is listed. Who was interrupted in between lists it when the workflow runs its turn again.</summary>
    private static readonly TimeSpan LongestRecording = TimeSpan.FromDays(1);

    /// <summary>Checks the whole ledger and a sample of its items.</summary>
    /// <param name="count">How many items.</param>
    /// <param name="seed">What chooses them.</param>
    /// <param name="cancellationToken">Cancels between files.</param>
    public async Task<CheckResult> RunAsync(int count, string seed, CancellationToken cancellationToken)
    {
        var faults = new List<TamperFault>(await seal.CheckAsync(cancellationToken));
        var size = faults.Exists(f => f.Kind == TamperKind.HeadUnreadable) ? 0 : (await ledger.HeadAsync(cancellationToken)).Size;
        var entries = await ledger.ReadEntriesAsync(CheckSample.Of(size, count, seed), cancellationToken);
        foreach (var entry in entries)
        {
            faults.AddRange((await CheckAsync(entry, cancellationToken)).Select(fault => fault with { Entry = entry.Index }));
        }

        return new CheckResult(size, [.. entries.Select(e => e.Id)], faults);
    }

    /// <summary>What is there that no entry of the ledger accounts for: rows of the index, and folders of files.</summary>
    public async Task<IReadOnlyList<TamperFault>> FindUnknownAsync(CancellationToken cancellationToken)
    {
        // What others record meanwhile comes to the storage before it comes to the ledger: so the ledger is read last.
        var now = clock.GetUtcNow();
        var begun = new HashSet<string>(StringComparer.Ordinal);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in index.ListRowsAsync(cancellationToken))
        {
            if (row.IsRecorded)
            {
                listed.Add(row.Id);
            }
            else if (now - row.CreatedAt < LongestRecording)
            {
                begun.Add(row.Id);
            }
        }

        var folders = await blobs.ListFoldersAsync(cancellationToken).ToListAsync(cancellationToken);
        HashSet<string> known;
        try
        {
            var size = (await ledger.HeadAsync(cancellationToken)).Size;
            known = await ledger.ListEntriesAsync(size, cancellationToken).Select(e => e.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return []; // The check of the ledger says so; whether something belongs to no entry cannot be told.
        }

        listed.ExceptWith(known);
        return
        [
            .. listed.Count == 0 ? [] : await FindRowsAsync(listed, cancellationToken),
            .. folders.Where(f => f[(f.LastIndexOf('/') + 1)..] is var id && !known.Contains(id) && !begun.Contains(id)).Select(f => new TamperFault(TamperKind.FileUnknown, f)),
        ];
    }

    /// <summary>Checks the items at some places of the ledger.</summary>
    /// <param name="from">The first place.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Cancels between items.</param>
    public async Task<IReadOnlyList<TamperFault>> CheckAsync(long from, int count, CancellationToken cancellationToken)
    {
        var faults = new List<TamperFault>();
        await foreach (var entry in ledger.ReadEntriesAsync(from, from + count, cancellationToken))
        {
            faults.AddRange((await CheckAsync(entry, cancellationToken)).Select(fault => fault with { Entry = entry.Index }));
        }

        return faults;
    }

    /// <summary>
    /// Lists items anew, from their manifests as the ledger knows them: for lists that were added after they were recorded, and rows that got lost. What somebody put
    /// into a list beside them stays, for the check to find.
    /// </summary>
    /// <param name="from">The first place in the ledger.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Cancels between items; doing it again writes the same.</param>
    public async Task RelistAsync(long from, int count, CancellationToken cancellationToken)
    {
        var items = new List<ListedItem>();
        await foreach (var entry in ledger.ReadEntriesAsync(from, from + count, cancellationToken))
        {
            if (await index.FindRowAsync(entry.Id, cancellationToken) is { IsRecorded: true } row && await ReadManifestAsync(row.Folder, cancellationToken) is { } manifest
                && Convert.ToHexStringLower(MerkleTree.LeafHash(manifest.Span)) == entry.LeafHash)
            {
                items.Add(new ListedItem(JsonSerializer.Deserialize<EvidenceManifest>(manifest.Span, Json.Options)!, manifest, entry.Index));
            }
        }

        await index.AddAsync(items, cancellationToken);
    }

    /// <summary>Checks one item: its index row, its manifest, each of its files, and that nothing lies beside them.</summary>
    public async Task<IReadOnlyList<TamperFault>> CheckAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (await index.FindRowAsync(entry.Id, cancellationToken) is not { } row || (!row.IsRecorded && clock.GetUtcNow() - entry.At > LongestRecording))
        {
            return [new TamperFault(TamperKind.IndexRowMissing, entry.Id)];
        }

        if (await ReadManifestAsync(row.Folder, cancellationToken) is not { } manifest)
        {
            return [new TamperFault(TamperKind.ManifestMissing, entry.Id)];
        }

        var hash = Convert.ToHexStringLower(MerkleTree.LeafHash(manifest.Span));
        if (hash != entry.LeafHash)
        {
            // What a forged manifest says about files proves nothing.
            return [new TamperFault(TamperKind.ManifestDiffers, entry.Id, entry.LeafHash, hash)];
        }

        var item = JsonSerializer.Deserialize<EvidenceManifest>(manifest.Span, Json.Options)!;
        var faults = new List<TamperFault>();
        if (!row.IsRecorded && await index.IsListedAsync(item, cancellationToken))
        {
            faults.Add(new TamperFault(TamperKind.IndexRowDiffers, item.Id));
        }

        if (!await ledger.IsPlacedAsync(entry, cancellationToken))
        {
            faults.Add(new TamperFault(TamperKind.PlaceDiffers, item.Id, entry.LeafHash));
        }

        foreach (var faulty in row.IsRecorded ? await index.CheckAsync(item, manifest, entry.Index, cancellationToken) : [])
        {
            var where = faulty.List.StartsWith("id", StringComparison.Ordinal) ? item.Id : $"{item.Id} ({faulty.List})";
            faults.Add(new TamperFault(faulty.IsMissing ? TamperKind.IndexRowMissing : TamperKind.IndexRowDiffers, where));
        }

        foreach (var file in item.Files)
        {
            if (await CheckAsync(row.Folder, item.Id, file, cancellationToken) is { } fault)
            {
                faults.Add(fault);
            }
        }

        var known = item.Files.Select(f => f.Path).Append(EvidencePaths.Manifest).ToHashSet(StringComparer.Ordinal);
        await foreach (var path in blobs.ListAsync(row.Folder, cancellationToken))
        {
            if (!known.Contains(path))
            {
                faults.Add(new TamperFault(TamperKind.FileUnknown, $"{item.Id}/{path}"));
            }
        }

        return faults;
    }

    private async Task<IReadOnlyList<TamperFault>> FindRowsAsync(HashSet<string> unknown, CancellationToken cancellationToken) =>
        await index.ListRowsAsync(cancellationToken)
            .Where(row => row.IsRecorded && unknown.Contains(row.Id))
            .Select(row => new TamperFault(TamperKind.IndexRowUnknown, row.Key))
            .ToListAsync(cancellationToken);

    private async Task<TamperFault?> CheckAsync(string folder, string item, EvidenceFile file, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenAsync(folder, file.Path, cancellationToken);
        if (stream is null)
        {
            return await disposed.FindRecordAsync(item, cancellationToken) is null ? new TamperFault(TamperKind.FileMissing, $"{item}/{file.Path}", file.Sha256) : null;
        }

        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        return found == file.Sha256 ? null : new TamperFault(TamperKind.FileDiffers, $"{item}/{file.Path}", file.Sha256, found);
    }

    private async Task<ReadOnlyMemory<byte>?> ReadManifestAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.ReadManifestAsync(folder, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}

/// <summary>What a check found.</summary>
/// <param name="LedgerSize">How many entries of the ledger were held against its heads.</param>
/// <param name="Items">The items that were read again.</param>
/// <param name="Faults">What is not as it was recorded; none, as a rule.</param>
public sealed record CheckResult(long LedgerSize, IReadOnlyList<string> Items, IReadOnlyList<TamperFault> Faults);
