using Isms.Evidence;

namespace Isms.Sealing;

/// <summary>Holds the entries of the ledger against its head and against every head that was signed.</summary>
public static class LedgerCheck
{
    /// <summary>What is not as it should be; nothing, as a rule.</summary>
    /// <param name="leaves">The leaf hashes of all entries, in order.</param>
    /// <param name="root">The root that the ledger's head states for them, lower-case hex.</param>
    /// <param name="signedHeads">The signed heads.</param>
    /// <param name="keys">The keys there have been, by id.</param>
    public static IReadOnlyList<TamperFault> Check(
        byte[][] leaves, string root, IEnumerable<SignedHead> signedHeads, IReadOnlyDictionary<string, SealingKey> keys)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentNullException.ThrowIfNull(signedHeads);
        ArgumentNullException.ThrowIfNull(keys);
        var heads = signedHeads.ToList();
        var roots = RootsAt(leaves, [leaves.Length, .. heads.Select(h => h.Size)]);
        var faults = new List<TamperFault>();
        var found = roots[leaves.Length];
        if (found != root)
        {
            faults.Add(new TamperFault(TamperKind.HeadDiffers, Name(leaves.Length), root, found));
        }

        foreach (var head in heads)
        {
            faults.AddRange(Check(head, roots, leaves.Length, keys));
        }

        return faults;
    }

    private static IEnumerable<TamperFault> Check(
        SignedHead head, Dictionary<long, string> roots, int size, IReadOnlyDictionary<string, SealingKey> keys)
    {
        if (!keys.TryGetValue(head.KeyId, out var key))
        {
            yield return new TamperFault(TamperKind.KeyUnknown, Name(head.Size), head.KeyId);
        }
        else if (!head.IsSignedBy(key))
        {
            yield return new TamperFault(TamperKind.SignatureInvalid, Name(head.Size), head.KeyId);
        }

        if (head.Size > size)
        {
            yield return new TamperFault(TamperKind.LedgerShrank, Name(head.Size), Name(head.Size), Name(size));
        }
        else if (roots[head.Size] is var found && found != head.Root)
        {
            yield return new TamperFault(TamperKind.HistoryDiffers, Name(head.Size), head.Root, found);
        }
    }

    /// <summary>The roots at some sizes, in one walk over the leaves.</summary>
    private static Dictionary<long, string> RootsAt(byte[][] leaves, IEnumerable<long> sizes)
    {
        var asked = sizes.ToHashSet();
        var roots = new Dictionary<long, string>();
        var frontier = MerkleFrontier.Empty;
        for (var size = 0; size <= leaves.Length; size++)
        {
            if (asked.Contains(size))
            {
                roots[size] = Convert.ToHexStringLower(frontier.Root);
            }

            frontier = size < leaves.Length ? frontier.Append(leaves[size]) : frontier;
        }

        return roots;
    }

    private static string Name(long size) => size.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
