using System.Security.Cryptography;
using Isms.Evidence;

namespace Isms.Tests.Evidence;

public sealed class MerkleBlocksTests
{
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, 1_400).Select(i => SHA256.HashData(BitConverter.GetBytes(i)))];

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(768)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(1_333)]
    public void Proofs_from_blocks_are_those_of_the_tree(int size)
    {
        var leaves = Leaves[..size];
        foreach (var place in new[] { 0, 1, 127, 255, 256, 300, 511, 512, 767, 768, 1_023, 1_024, size / 2, size - 1 }.Where(p => p < size).Distinct())
        {
            Assert.Equal(MerkleTree.InclusionProof(leaves, place), BlocksFor(size, place).InclusionProof(place, size));
        }

        foreach (var earlier in new[] { 0, 1, 2, 255, 256, 257, 400, 512, 700, 1_000, 1_024, size - 1, size }.Where(e => e <= size).Distinct())
        {
            var blocks = BlocksFor(size, Math.Max(0, earlier - 1));
            Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, earlier)), blocks.RootAt(earlier));
            Assert.Equal(MerkleTree.ConsistencyProof(leaves, earlier), blocks.ConsistencyProof(earlier, size));
        }
    }

    [Fact]
    public void All_nodes_also_tell_the_roots_and_proofs_of_earlier_sizes()
    {
        var levels = new MerkleLevels(Leaves[..150]);
        for (var size = 1; size <= 150; size++)
        {
            var leaves = Leaves[..size];
            Assert.Equal(MerkleTree.Root(leaves), levels.RootAt(size));
            Assert.Equal(MerkleTree.InclusionProof(leaves, size / 2), levels.InclusionProof(size / 2, size));
            Assert.Equal(MerkleTree.ConsistencyProof(leaves, size / 3), levels.ConsistencyProof(size / 3, size));
        }
    }

    [Fact]
    public void A_frontier_tells_which_block_a_leaf_completes()
    {
        var frontier = MerkleFrontier.Empty;
        for (var i = 0; i < Leaves.Length; i++)
        {
            var expected = (i + 1) % MerkleBlocks.Length == 0 ? MerkleTree.Root(Leaves.AsSpan(i + 1 - MerkleBlocks.Length, MerkleBlocks.Length)) : null;
            Assert.Equal(expected, frontier.CompletedBy(Leaves[i], MerkleBlocks.Height));
            frontier = frontier.Append(Leaves[i]);
        }
    }

    private static MerkleBlocks BlocksFor(int size, int place)
    {
        var blocks = Leaves[..size].Chunk(MerkleBlocks.Length).ToList();
        var roots = blocks.Where(b => b.Length == MerkleBlocks.Length).Select(b => MerkleTree.Root(b)).ToList();
        long[] needed = [place / MerkleBlocks.Length, (size - 1) / MerkleBlocks.Length];
        return new MerkleBlocks(roots, needed.Distinct().ToDictionary(n => n, n => blocks[(int)n]));
    }
}
