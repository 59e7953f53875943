using System.Text.Encodings.Web;
using System.Text.Json;
using Isms.Evidence;
using Isms.Sealing;

namespace Isms.Packs;

/// <summary>An item of a pack, with its place in the ledger.</summary>
/// <param name="Item">Its manifest.</param>
/// <param name="Index">Its place in the ledger, from 0.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ manifest.json), lower-case hex.</param>
/// <param name="DisposedBy">The record of the approved disposal that removed its files; null for an item that has them.</param>
public sealed record PackedItem(EvidenceManifest Item, long Index, string LeafHash, string? DisposedBy = null);

/// <summary>
/// <c>ledger/heads.json</c> and <c>ledger/proofs.json</c>. Valid JSON, and one thing a line with its members in a fixed order, so that a shell script reads them with
/// nothing but a regular expression.
/// </summary>
public static class LedgerPages
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The signed heads up to that of the pack, and the keys that signed them.</summary>
    /// <param name="heads">The heads, the smallest first; the last is that of the pack.</param>
    /// <param name="keys">The keys by id.</param>
    /// <param name="tokens">The tokens of a time-stamping authority (RFC 3161), Base64, by the size of the head.</param>
    public static IEnumerable<string> Heads(
        IReadOnlyList<SignedHead> heads, IReadOnlyDictionary<string, SealingKey> keys, IReadOnlyDictionary<long, string> tokens)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(tokens);
        var used = heads.Select(h => h.KeyId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(keys.ContainsKey).Select(id => keys[id]).ToList();
        yield return "{\"keys\":[";
        foreach (var line in Listed(used.Select(k => Line(new { id = k.Id, publicKey = k.PublicKey }))))
        {
            yield return line;
        }

        yield return "],\"heads\":[";
        foreach (var line in Listed(heads.Select(h => Line(new { size = h.Size, root = h.Root, at = h.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), keyId = h.KeyId, signature = h.Signature, timeStamp = tokens.GetValueOrDefault(h.Size) }))))
        {
            yield return line;
        }

        yield return "]}";
    }

    /// <summary>The proofs: that the pack's head continues each one signed before, and of each item under it. Items are taken one by one, as they come.</summary>
    public static async IAsyncEnumerable<string> ProofsAsync(IReadOnlyList<SignedHead> heads, MerkleLevels ledger, IAsyncEnumerable<PackedItem> items)
    {
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(items);
        yield return $"{{\"size\":{ledger.Size},\"root\":\"{Convert.ToHexStringLower(ledger.Root)}\",\"consistency\":[";
        foreach (var line in Listed(heads.Where(h => h.Size < ledger.Size).Select(h => Line(new { from = h.Size, path = Hex(ledger.ConsistencyProof((int)h.Size)) }))))
        {
            yield return line;
        }

        yield return "],\"items\":[";
        string? before = null;
        await foreach (var item in items)
        {
            if (before is not null)
            {
                yield return before + ",";
            }

            before = Line(new
            {
                index = item.Index,
                leafHash = item.LeafHash,
                manifest = PackNames.ManifestOf(item.Item),
                disposedBy = item.DisposedBy,
                path = Hex(ledger.InclusionProof((int)item.Index)),
            });
        }

        if (before is not null)
        {
            yield return before;
        }

        yield return "]}";
    }

    private static string Line(object value) => JsonSerializer.Serialize(value, Options);

    private static IEnumerable<string> Hex(IReadOnlyList<byte[]> hashes) => hashes.Select(Convert.ToHexStringLower);

    /// <summary>All but the last with a comma behind.</summary>
    private static IEnumerable<string> Listed(IEnumerable<string> lines)
    {
        string? before = null;
        foreach (var line in lines)
        {
            if (before is not null)
            {
                yield return before + ",";
            }

            before = line;
        }

        if (before is not null)
        {
            yield return before;
        }
    }
}
