using System.Security.Cryptography;
using Azure;
using Isms.Evidence;
using Isms.Packs;
using Isms.Sealing;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Packs;

/// <summary>What came of planning a slice.</summary>
/// <param name="Items">Items in it.</param>
/// <param name="Next">Where the next slice goes on; null after the last one.</param>
/// <param name="Faults">What is not as it was recorded.</param>
public sealed record PlannedSlice(int Items, string? Next, IReadOnlyList<TamperFault> Faults);

/// <summary>
/// Plans a pack slice by slice: lists the items, holds each manifest against the ledger, and writes down the members with all that the zip's layout needs. Files are
/// read only where their checksum was not recorded with them.
/// </summary>
public sealed class PackPlanner(EvidenceStore evidence, EvidenceBlobs blobs, Ledger ledger, IDisposedItems disposedItems, PackBlobs plans)
{
    private const int ItemsInSlice = 500;

    /// <summary>Plans the next slice.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="slice">Its number, from 1.</param>
    /// <param name="after">Where the one before ended.</param>
    /// <param name="cancellationToken">Cancels; doing it again writes the same.</param>
    public async Task<PlannedSlice> PlanAsync(Pack pack, int slice, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var page = await evidence.ListAsync(QueryOf(pack.Scope), ItemsInSlice, after, cancellationToken);
        var entries = await ledger.FindEntriesAsync([.. page.Items.Select(i => i.Id)], cancellationToken);
        var disposed = await disposedItems.ListAsync(cancellationToken);
        var (members, faults, items) = (new List<PackMember>(), new List<TamperFault>(), 0);
        await using var content = plans.Create(pack.Id, PackBlobs.ContentOf(slice));
        foreach (var item in page.Items)
        {
            // What was recorded after the head was signed belongs to a later pack.
            if (entries.TryGetValue(item.Id, out var entry) && entry.Index < pack.Head.Size
                && await AddAsync(item, entry, disposed.ContainsKey(item.Id), members, content, cancellationToken) is var fault)
            {
                items++;
                faults.AddRange(fault is null ? [] : [fault]);
            }
        }

        await content.CompleteAsync(cancellationToken);
        await plans.WriteMembersAsync(pack.Id, slice, members, cancellationToken);
        return new PlannedSlice(items, page.ContinuationToken, faults);
    }

    /// <summary>The query that finds what a scope asks for.</summary>
    public static EvidenceQuery QueryOf(PackScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new EvidenceQuery(scope.FiscalYear, Clause: scope.Clause, Control: scope.Control, From: scope.From, To: scope.To, Subject: scope.Audit);
    }

    private async Task<TamperFault?> AddAsync(
        EvidenceManifest item, LedgerEntry entry, bool isDisposed, List<PackMember> members, PackBlobWriter content, CancellationToken cancellationToken)
    {
        var folder = EvidencePaths.FolderOf(item);
        ReadOnlyMemory<byte> manifest = CanonicalJson.Serialize(item, Json.Options);
        if (HashOf(manifest) != entry.LeafHash)
        {
            // Written by another version, with members that this one does not know: then the bytes that are stored are the ones.
            manifest = await ReadManifestAsync(folder, cancellationToken);
            if (HashOf(manifest) is var found && found != entry.LeafHash)
            {
                return new TamperFault(TamperKind.ManifestDiffers, item.Id, entry.LeafHash, found) { Entry = entry.Index };
            }
        }

        members.Add(new PackMember(
            PackNames.ManifestOf(item), manifest.Length, Convert.ToHexStringLower(SHA256.HashData(manifest.Span)), Crc32.Hex(manifest.Span)));
        await content.WriteAsync(manifest, cancellationToken);
        var names = PackNames.FilesOf(item);
        for (var i = 0; i < item.Files.Count && !isDisposed; i++)
        {
            var file = item.Files[i];
            if ((file.Crc32 ?? await ChecksumAsync(folder, file, cancellationToken)) is not { } crc32)
            {
                return new TamperFault(TamperKind.FileMissing, $"{item.Id}/{file.Path}", file.Sha256) { Entry = entry.Index };
            }

            members.Add(new PackMember(names[i], file.Length, file.Sha256, crc32, $"{folder}/{file.Path}"));
        }

        return null;
    }

    private async Task<ReadOnlyMemory<byte>> ReadManifestAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.ReadManifestAsync(folder, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return default;
        }
    }

    /// <summary>For files of earlier versions. Whether they are what was recorded is found when they are sent.</summary>
    private async Task<string?> ChecksumAsync(string folder, EvidenceFile file, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenAsync(folder, file.Path, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        var crc = new Crc32();
        var buffer = new byte[131_072];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            crc.Append(buffer.AsSpan(0, read));
        }

        return crc.ToString();
    }

    private static string HashOf(ReadOnlyMemory<byte> manifest) => Convert.ToHexStringLower(MerkleTree.LeafHash(manifest.Span));
}
