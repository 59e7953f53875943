using System.Numerics;

namespace Isms.Evidence;

/// <summary>
/// Proofs of a <see cref="MerkleTree"/> from whatever knows the roots of its parts: all leaves, or a few of them and stored nodes. The splits are those of RFC 6962, so
/// the proofs equal <see cref="MerkleTree.InclusionProof"/> and <see cref="MerkleTree.ConsistencyProof"/>.
/// </summary>
public abstract class MerkleNodes
{
    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    public byte[] RootAt(long size) => size == 0 ? MerkleTree.EmptyRoot : RootOf(0, size);

    /// <summary>The audit path of a leaf in the tree of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public IReadOnlyList<byte[]> InclusionProof(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (start, count) = (0L, size);
        while (count > 1)
        {
            var split = Split(count);
            var isLeft = index - start < split;
            path.Add(isLeft ? RootOf(start + split, count - split) : RootOf(start, split));
            (start, count) = isLeft ? (start, split) : (start + split, count - split);
        }

        path.Reverse();
        return path;
    }

    /// <summary>What shows that the first leaves are a prefix of the tree of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is negative or larger than the tree.</exception>
    public IReadOnlyList<byte[]> ConsistencyProof(long earlierSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlierSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlierSize, size);
        var proof = new List<byte[]>();
        var (start, count, earlier, rootIsKnown) = (0L, size, earlierSize, true);
        while (earlier > 0 && earlier < count)
        {
            var split = Split(count);
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

    /// <summary>The root of a part that the RFC's splits lead to: it begins at a multiple of its length, rounded up to a power of two.</summary>
    protected abstract byte[] RootOf(long start, long count);

    /// <summary>The largest power of two smaller than a count.</summary>
    protected static long Split(long count) => 1L << BitOperations.Log2((ulong)count - 1);
}
