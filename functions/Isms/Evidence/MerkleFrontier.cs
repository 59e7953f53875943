using System.Numerics;

namespace Isms.Evidence;

/// <summary>
/// The right edge of a Merkle tree: the roots of its complete subtrees, largest first. It is all that is needed to append a leaf and to know the root, and
/// has at most 64 hashes however large the tree.
/// </summary>
public sealed class MerkleFrontier
{
    private const int HashLength = 32;
    private readonly byte[][] peaks;

    private MerkleFrontier(long size, byte[][] peaks) => (Size, this.peaks) = (size, peaks);

    /// <summary>The tree without leaves.</summary>
    public static MerkleFrontier Empty { get; } = new(0, []);

    /// <summary>How many leaves the tree has.</summary>
    public long Size { get; }

    /// <summary>The tree's root, equal to <see cref="MerkleTree.Root"/> over the same leaves.</summary>
    public byte[] Root
    {
        get
        {
            if (peaks.Length == 0)
            {
                return MerkleTree.EmptyRoot;
            }

            var root = peaks[^1];
            for (var i = peaks.Length - 2; i >= 0; i--)
            {
                root = MerkleTree.NodeHash(peaks[i], root);
            }

            return root;
        }
    }

    /// <summary>The tree with one more leaf.</summary>
    public MerkleFrontier Append(ReadOnlySpan<byte> leafHash)
    {
        var merged = leafHash.ToArray();
        var kept = peaks.Length;
        // As many trailing one bits as the size has, so many complete subtrees does the new leaf complete.
        for (var size = Size; (size & 1) == 1; size >>= 1)
        {
            merged = MerkleTree.NodeHash(peaks[--kept], merged);
        }

        return new MerkleFrontier(Size + 1, [.. peaks.AsSpan(0, kept), merged]);
    }

    /// <summary>The root of the complete subtree of this height that one more leaf completes; null when it completes none.</summary>
    public byte[]? CompletedBy(ReadOnlySpan<byte> leafHash, int height)
    {
        if ((Size + 1) % (1L << height) != 0)
        {
            return null;
        }

        // Then the last peaks are of the heights 0, 1, … below this one.
        var merged = leafHash.ToArray();
        for (var i = 1; i <= height; i++)
        {
            merged = MerkleTree.NodeHash(peaks[^i], merged);
        }

        return merged;
    }

    /// <summary>The peaks as one sequence of bytes, to be stored beside the size.</summary>
    public byte[] ToBytes() => [.. peaks.SelectMany(p => p)];

    /// <summary>The frontier that <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes do not belong to a tree of this size.</exception>
    public static MerkleFrontier FromBytes(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != BitOperations.PopCount((ulong)size) * HashLength)
        {
            throw new FormatException($"{bytes.Length} bytes are not the frontier of a tree of {size} leaves.");
        }

        var peaks = new byte[bytes.Length / HashLength][];
        for (var i = 0; i < peaks.Length; i++)
        {
            peaks[i] = bytes.Slice(i * HashLength, HashLength).ToArray();
        }

        return new MerkleFrontier(size, peaks);
    }
}
