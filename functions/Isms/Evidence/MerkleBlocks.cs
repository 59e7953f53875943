namespace Isms.Evidence;

/// <summary>
/// A <see cref="MerkleTree"/> of which the roots of whole blocks of 256 leaves are known, and the leaves of a few blocks only: a proof then takes as much reading for a
/// hundred thousand leaves as for a thousand.
/// </summary>
/// <param name="roots">The roots of the blocks that are complete, in order.</param>
/// <param name="leaves">The leaf hashes of the blocks that a proof leads through, and of the incomplete one at the end, by number.</param>
public sealed class MerkleBlocks(IReadOnlyList<byte[]> roots, IReadOnlyDictionary<long, byte[][]> leaves) : MerkleNodes
{
    /// <summary>How many levels of the tree a block has above its leaves.</summary>
    public const int Height = 8;

    /// <summary>How many leaves a complete block has.</summary>
    public const int Length = 1 << Height;

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">The leaves of a block that is needed were not given.</exception>
    protected override byte[] RootOf(long start, long count)
    {
        if (count > Length)
        {
            var split = Split(count);
            return MerkleTree.NodeHash(RootOf(start, split), RootOf(start + split, count - split));
        }

        // A part of this length begins at a multiple of it, so it lies in one block.
        var (block, place) = Math.DivRem(start, Length);
        return count == Length && block < roots.Count ? roots[(int)block] : MerkleTree.Root(leaves[block].AsSpan((int)place, (int)count));
    }
}
