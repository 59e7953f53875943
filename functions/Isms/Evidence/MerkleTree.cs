using System.Numerics;
using System.Security.Cryptography;

namespace Isms.Evidence;

/// <summary>
/// The Merkle tree of RFC 6962, section 2.1: its root commits to every leaf and their order; short proofs show that a leaf is in it, and that an earlier
/// tree is a prefix of a later one. Hashes are SHA-256, 32 bytes.
/// </summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    /// <summary>The root of the tree without leaves.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 ‖ data).</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([LeafPrefix]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[65];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[33..]);
        return SHA256.HashData(input);
    }

    /// <summary>The root over leaf hashes (MTH in the RFC).</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.IsEmpty)
        {
            return EmptyRoot;
        }

        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var split = Split(leaves.Length);
        return NodeHash(Root(leaves[..split]), Root(leaves[split..]));
    }

    /// <summary>The audit path of a leaf (PATH in the RFC): what <see cref="Includes"/> needs beside the leaf's hash.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public static IReadOnlyList<byte[]> InclusionProof(ReadOnlySpan<byte[]> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var path = new List<byte[]>();
        while (leaves.Length > 1)
        {
            var split = Split(leaves.Length);
            var isLeft = index < split;
            path.Add(Root(isLeft ? leaves[split..] : leaves[..split]));
            leaves = isLeft ? leaves[..split] : leaves[split..];
            index = isLeft ? index : index - split;
        }

        path.Reverse();
        return path;
    }

    /// <summary>What shows that the tree over the first <paramref name="earlierSize"/> leaves is a prefix of the tree over all (PROOF in the RFC).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is negative or larger than the tree.</exception>
    public static IReadOnlyList<byte[]> ConsistencyProof(ReadOnlySpan<byte[]> leaves, int earlierSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlierSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlierSize, leaves.Length);
        var proof = new List<byte[]>();
        if (earlierSize == 0 || earlierSize == leaves.Length)
        {
            return proof; // The empty tree is a prefix of any, and any of itself.
        }

        var rootIsKnown = true;
        while (earlierSize < leaves.Length)
        {
            var split = Split(leaves.Length);
            if (earlierSize <= split)
            {
                proof.Add(Root(leaves[split..]));
                leaves = leaves[..split];
            }
            else
            {
                proof.Add(Root(leaves[..split]));
                leaves = leaves[split..];
                earlierSize -= split;
                rootIsKnown = false;
            }
        }

        if (!rootIsKnown)
        {
            proof.Add(Root(leaves));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether the proof shows that the leaf stands at this index of the tree with this size and root.</summary>
    public static bool Includes(ReadOnlySpan<byte> root, long size, ReadOnlySpan<byte> leafHash, long index, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leafHash.ToArray());
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the proof shows that the later tree begins with the earlier one: nothing was removed, changed or put in between.</summary>
    public static bool IsConsistent(
        ReadOnlySpan<byte> earlierRoot, long earlierSize, ReadOnlySpan<byte> laterRoot, long laterSize, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (earlierSize < 0 || earlierSize > laterSize)
        {
            return false;
        }

        if (earlierSize == laterSize)
        {
            return proof.Count == 0 && earlierRoot.SequenceEqual(laterRoot);
        }

        if (earlierSize == 0)
        {
            return proof.Count == 0 && earlierRoot.SequenceEqual(EmptyRoot);
        }

        // A complete earlier tree is itself the first node of the path; the RFC leaves it out because the verifier has it.
        List<byte[]> path = BitOperations.IsPow2(earlierSize) ? [earlierRoot.ToArray(), .. proof] : [.. proof];
        return path.Count > 0 && FollowsConsistently(earlierRoot, earlierSize, laterRoot, laterSize, path);
    }

    private static bool FollowsConsistently(
        ReadOnlySpan<byte> earlierRoot, long earlierSize, ReadOnlySpan<byte> laterRoot, long laterSize, List<byte[]> path)
    {
        var (node, last) = (earlierSize - 1, laterSize - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var (earlier, later) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                earlier = NodeHash(sibling, earlier);
                later = NodeHash(sibling, later);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                later = NodeHash(later, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && earlierRoot.SequenceEqual(earlier) && laterRoot.SequenceEqual(later);
    }

    /// <summary>The largest power of two smaller than <paramref name="count"/>.</summary>
    private static int Split(int count) => 1 << BitOperations.Log2((uint)count - 1);
}
