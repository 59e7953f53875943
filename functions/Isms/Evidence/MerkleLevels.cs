using System.Numerics;

namespace Isms.Evidence;

/// <summary>
/// All nodes of a <see cref="MerkleTree"/>, computed once: a proof is then a few look-ups. For whoever needs many of them, such as a pack that proves each of its items.
/// </summary>
public sealed class MerkleLevels
{
    private readonly List<byte[][]> levels;

    /// <summary>The tree over leaf hashes. It keeps twice as many hashes as there are leaves.</summary>
    public MerkleLevels(byte[][] leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        levels = [leaves];
        while (levels[^1].Length > 1)
        {
            var below = levels[^1];
            var above = new byte[(below.Length + 1) / 2][];
            for (var i = 0; i < above.Length; i++)
            {
                // The last node of an odd level has nobody beside it and stands for itself one level up, as the RFC's split has it.
                above[i] = (2 * i) + 1 < below.Length ? MerkleTree.NodeHash(below[2 * i], below[(2 * i) + 1]) : below[2 * i];
            }

            levels.Add(above);
        }
    }

    /// <summary>How many leaves there are.</summary>
    public int Size => levels[0].Length;

    /// <summary>The root, equal to <see cref="MerkleTree.Root"/>.</summary>
    public byte[] Root => Size == 0 ? MerkleTree.EmptyRoot : levels[^1][0];

    /// <summary>The audit path of a leaf, equal to <see cref="MerkleTree.InclusionProof"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public IReadOnlyList<byte[]> InclusionProof(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        var path = new List<byte[]>();
        foreach (var level in levels)
        {
            if ((index ^ 1) < level.Length)
            {
                path.Add(level[index ^ 1]);
            }

            index >>= 1;
        }

        return path;
    }

    /// <summary>What shows that the first leaves are a prefix of all, equal to <see cref="MerkleTree.ConsistencyProof"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is negative or larger than the tree.</exception>
    public IReadOnlyList<byte[]> ConsistencyProof(int earlierSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlierSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlierSize, Size);
        var proof = new List<byte[]>();
        var (start, count, earlier, rootIsKnown) = (0, Size, earlierSize, true);
        while (earlier > 0 && earlier < count)
        {
            var split = 1 << BitOperations.Log2((uint)count - 1);
            if (earlier <= split)
            {
                proof.Add(RootOf(start + split, count - split));
                count = split;
            }
            else
            {
                proof.Add(RootOf(start, split));
                (start, count, earlier, rootIsKnown) = (start + split, count - split, earlier - split, false);
            }
        }

        if (earlierSize > 0 && !rootIsKnown)
        {
            proof.Add(RootOf(start, count));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The root of a part that the RFC's splits lead to: it begins at a multiple of its width, rounded up to a power of two.</summary>
    private byte[] RootOf(int start, int count)
    {
        var level = count == 1 ? 0 : BitOperations.Log2((uint)count - 1) + 1;
        return levels[level][start >> level];
    }
}
