using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Isms.Evidence;
using Isms.Sealing;

namespace Isms.Packs;

/// <summary>Something in a pack that is not as it was signed.</summary>
/// <param name="Where">The member, or the part of the zip file, at fault.</param>
/// <param name="What">What is wrong with it.</param>
public sealed record PackFault(string Where, string What);

/// <summary>
/// Checks a pack as <c>scripts/verify-pack.sh</c> does – signature, hashes, nothing added, proofs, heads, the files of each item – and a zip file byte for byte: since its
/// layout follows from its members, there is one and only one file that is right.
/// </summary>
public static partial class PackCheck
{
    private static readonly string[] Required =
        [PackFiles.Verify, PackFiles.Readme, PackFiles.Index, PackFiles.Sums, PackFiles.Signature, PackFiles.PublicKey, PackFiles.Heads, PackFiles.Proofs];

    /// <summary>Checks the members of a pack, by name.</summary>
    /// <param name="members">The content of each member.</param>
    /// <param name="keyId">The id of the key that signed, as it was told another way; null to take the pack's own.</param>
    public static IReadOnlyList<PackFault> Check(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, string? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        var faults = new List<PackFault>();
        faults.AddRange(Required.Where(r => !members.ContainsKey(r)).Select(r => new PackFault(r, "is missing")));
        faults.AddRange(members.Keys.Where(n => !PackNames.IsSafe(n)).Select(n => new PackFault(n, "leads out of the pack's folder")));
        if (faults.Count > 0)
        {
            return faults;
        }

        CheckSignature(members, keyId, faults);
        var listed = CheckSums(members, faults);
        var heads = CheckHeads(members, faults);
        CheckProofs(members, listed, heads, faults);
        return faults;
    }

    /// <summary>Checks a zip file: its members, and every byte around them.</summary>
    public static IReadOnlyList<PackFault> CheckZip(ReadOnlyMemory<byte> zip, string? keyId = null)
    {
        var (members, order, faults) = ZipReading.Read(zip);
        if (faults.Count > 0)
        {
            return faults;
        }

        var inside = Check(members, keyId);
        if (inside.Count > 0)
        {
            return inside;
        }

        var at = DateTimeOffset.Parse(LastHead().Match(Encoding.UTF8.GetString(members[PackFiles.Heads].Span)).Groups[1].Value, CultureInfo.InvariantCulture);
        return ZipReading.Compare(zip, [.. order.Select(name => MemberOf(name, members[name]))], at);
    }

    private static PackMember MemberOf(string name, ReadOnlyMemory<byte> content) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span)), Crc32.Hex(content.Span));

    private static void CheckSignature(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, string? keyId, List<PackFault> faults)
    {
        using var key = KeyOf(Encoding.ASCII.GetString(members[PackFiles.PublicKey].Span));
        if (key is null || (keyId is not null && SealingKey.IdOf(key.ExportSubjectPublicKeyInfo()) != keyId))
        {
            faults.Add(new PackFault(PackFiles.PublicKey, "is not the key that was told"));
        }
        else if (!key.VerifyData(members[PackFiles.Sums].Span, members[PackFiles.Signature].Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            faults.Add(new PackFault(PackFiles.Sums, $"is not what was signed ({PackFiles.Signature}, {PackFiles.PublicKey})"));
        }
    }

    private static Dictionary<string, string> CheckSums(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, List<PackFault> faults)
    {
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = Encoding.UTF8.GetString(members[PackFiles.Sums].Span);
        foreach (var line in text.Split('\n')[..^1])
        {
            if (SumLine().Match(line) is not { Success: true } match || !listed.TryAdd(match.Groups[2].Value, match.Groups[1].Value))
            {
                faults.Add(new PackFault(PackFiles.Sums, "has a malformed or doubled line: " + line));
            }
        }

        foreach (var (name, hash) in listed)
        {
            if (!members.TryGetValue(name, out var content))
            {
                faults.Add(new PackFault(name, "is missing"));
            }
            else if (Convert.ToHexStringLower(SHA256.HashData(content.Span)) != hash)
            {
                faults.Add(new PackFault(name, "is not as listed"));
            }
        }

        faults.AddRange(members.Keys.Where(n => !listed.ContainsKey(n) && n is not (PackFiles.Sums or PackFiles.Signature)).Select(n => new PackFault(n, "is not listed")));
        return listed;
    }

    private static List<SignedHead> CheckHeads(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, List<PackFault> faults)
    {
        var heads = new List<SignedHead>();
        try
        {
            using var json = JsonDocument.Parse(members[PackFiles.Heads]);
            var keys = json.RootElement.GetProperty("keys").EnumerateArray()
                .ToDictionary(k => k.GetProperty("id").GetString()!, k => new SealingKey(k.GetProperty("id").GetString()!, k.GetProperty("publicKey").GetString()!, default));
            foreach (var line in json.RootElement.GetProperty("heads").EnumerateArray())
            {
                var head = new SignedHead(
                    line.GetProperty("size").GetInt64(), line.GetProperty("root").GetString()!, line.GetProperty("at").GetDateTimeOffset(),
                    line.GetProperty("keyId").GetString()!, line.GetProperty("signature").GetString()!);
                if (!keys.TryGetValue(head.KeyId, out var key) || !head.IsSignedBy(key) || (heads.Count > 0 && head.Size <= heads[^1].Size))
                {
                    faults.Add(new PackFault(PackFiles.Heads, $"the head at {head.Size} is not what its key signed"));
                }

                heads.Add(head);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            faults.Add(new PackFault(PackFiles.Heads, "cannot be read"));
        }

        return heads;
    }

    private static void CheckProofs(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> members, Dictionary<string, string> listed, List<SignedHead> heads, List<PackFault> faults)
    {
        try
        {
            using var json = JsonDocument.Parse(members[PackFiles.Proofs]);
            var (size, root) = (json.RootElement.GetProperty("size").GetInt64(), Convert.FromHexString(json.RootElement.GetProperty("root").GetString()!));
            if (heads.Count == 0 || heads[^1].Size != size || heads[^1].Root != Convert.ToHexStringLower(root))
            {
                faults.Add(new PackFault(PackFiles.Proofs, "its root is not that of the last signed head"));
            }

            var proofs = json.RootElement.GetProperty("consistency").EnumerateArray().ToDictionary(c => c.GetProperty("from").GetInt64(), PathOf);
            foreach (var head in heads.SkipLast(1))
            {
                if (!proofs.TryGetValue(head.Size, out var path) || !MerkleTree.IsConsistent(Convert.FromHexString(head.Root), head.Size, root, size, path))
                {
                    faults.Add(new PackFault(PackFiles.Heads, $"the ledger does not continue the head at {head.Size}"));
                }
            }

            var proven = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
            {
                var manifest = item.GetProperty("manifest").GetString()!;
                var leaf = members.TryGetValue(manifest, out var content) ? MerkleTree.LeafHash(content.Span) : [];
                if (!proven.Add(manifest) || Convert.ToHexStringLower(leaf) != item.GetProperty("leafHash").GetString()
                    || !MerkleTree.Includes(root, size, leaf, item.GetProperty("index").GetInt64(), PathOf(item)))
                {
                    faults.Add(new PackFault(manifest, "is not what the ledger holds at its place"));
                    continue;
                }

                if (item.GetProperty("disposedBy").ValueKind == JsonValueKind.Null)
                {
                    CheckFiles(manifest, content, listed, faults);
                }
            }

            faults.AddRange(listed.Keys.Where(n => ItemOf().Match(n) is { Success: true } m && !proven.Contains(m.Groups[1].Value + EvidencePaths.Manifest))
                .Select(n => new PackFault(n, "belongs to no item that is proven")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            faults.Add(new PackFault(PackFiles.Proofs, "cannot be read"));
        }
    }

    private static void CheckFiles(string manifest, ReadOnlyMemory<byte> content, Dictionary<string, string> listed, List<PackFault> faults)
    {
        var folder = manifest[..^EvidencePaths.Manifest.Length];
        using var json = JsonDocument.Parse(content);
        var named = json.RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("sha256").GetString()!).Order(StringComparer.Ordinal);
        var found = listed.Where(l => l.Key.StartsWith(folder, StringComparison.Ordinal) && l.Key != manifest).Select(l => l.Value).Order(StringComparer.Ordinal);
        if (!named.SequenceEqual(found))
        {
            faults.Add(new PackFault(folder, "its files are not those that its manifest names"));
        }
    }

    private static IReadOnlyList<byte[]> PathOf(JsonElement proof) => [.. proof.GetProperty("path").EnumerateArray().Select(h => Convert.FromHexString(h.GetString()!))];

    private static ECDsa? KeyOf(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    [GeneratedRegex(@"^([0-9a-f]{64})  (.+)$")]
    private static partial Regex SumLine();

    [GeneratedRegex(@"^(evidence/(?:[^/]+/){6})[^\n]+$")]
    private static partial Regex ItemOf();

    [GeneratedRegex("\"at\":\"([^\"]+)\"[^\n]*\n\\]\\}\n\\z")]
    private static partial Regex LastHead();
}
