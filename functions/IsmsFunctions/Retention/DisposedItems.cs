using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Retention;

/// <inheritdoc cref="IDisposedItems"/>
public sealed class DisposedItems(RetentionStore store, EvidenceIndex index, EvidenceBlobs blobs, Ledger ledger) : IDisposedItems
{
    /// <inheritdoc/>
    public async Task<string?> FindRecordAsync(string item, CancellationToken cancellationToken)
    {
        if (await store.FindTombstoneAsync(item, cancellationToken) is not { } tombstone || await index.FindRowAsync(tombstone.Record, cancellationToken) is not { } row)
        {
            return null;
        }

        try
        {
            var manifest = await blobs.ReadManifestAsync(row.Folder, cancellationToken);
            if (await ledger.HashOfAsync(tombstone.Record, cancellationToken) != Convert.ToHexStringLower(MerkleTree.LeafHash(manifest.Span)))
            {
                return null;
            }

            var file = JsonSerializer.Deserialize<EvidenceManifest>(manifest.Span, Json.Options)!.Files.Single(f => f.Path == DisposalActivities.DataFile);
            await using var stream = await blobs.OpenAsync(row.Folder, file.Path, cancellationToken);
            var data = stream is null ? null : await BinaryData.FromStreamAsync(stream, cancellationToken);
            return data is not null && Convert.ToHexStringLower(SHA256.HashData(data)) == file.Sha256
                && JsonSerializer.Deserialize<DisposalData>(data, Json.Options)!.Items.Any(i => i.Id == item)
                    ? tombstone.Record
                    : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken) =>
        await store.TombstonesAsync(cancellationToken).ToDictionaryAsync(t => t.Id, t => t.Value.Record, StringComparer.Ordinal, cancellationToken: cancellationToken);
}
