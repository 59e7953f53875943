using System.Numerics;

namespace Isms.Evidence;

/// <summary>
/// All nodes of a <see cref="MerkleTree"/>, computed once: a proof is then a few look-ups. For whoever needs many of them, such as a pack that proves each of its items.
/// </summary>
public sealed class MerkleLevels : MerkleNodes
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
    public byte[] Root => RootAt(Size);

    /// <summary>The audit path of a leaf, equal to <see cref="MerkleTree.InclusionProof"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public IReadOnlyList<byte[]> InclusionProof(int index) => InclusionProof(index, Size);

    /// <summary>What shows that the first leaves are a prefix of all, equal to <see cref="MerkleTree.ConsistencyProof"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is negative or larger than the tree.</exception>
    public IReadOnlyList<byte[]> ConsistencyProof(int earlierSize) => ConsistencyProof(earlierSize, Size);

    /// <inheritdoc/>
    protected override byte[] RootOf(long start, long count)
    {
        if (start + count < Size && !BitOperations.IsPow2(count))
        {
            // A part that ends before the tree does, as that of an earlier size, is no node of this tree.
            var split = Split(count);
            return MerkleTree.NodeHash(RootOf(start, split), RootOf(start + split, count - split));
        }

        var level = count == 1 ? 0 : BitOperations.Log2((ulong)count - 1) + 1;
        return levels[level][start >> level];
    }
}
