using Isms.Evidence;

namespace Isms.Tests.Evidence;

public sealed class MerkleTreeTests
{
    // The test data of the Certificate Transparency project: inputs, and the root after each of them.
    private static readonly string[] Inputs =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly byte[][] Known = [.. Inputs.Select(i => MerkleTree.LeafHash(Convert.FromHexString(i)))];

    [Fact]
    public void The_empty_tree_has_the_hash_of_nothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(MerkleTree.Root([])));

    [Fact]
    public void Roots_of_the_published_test_data_come_out()
    {
        for (var size = 1; size <= Known.Length; size++)
        {
            Assert.Equal(Roots[size - 1], Hex(MerkleTree.Root(Known.AsSpan(0, size))));
        }
    }

    [Fact]
    public void A_published_inclusion_proof_comes_out()
    {
        Assert.Equal(
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
            MerkleTree.InclusionProof(Known, 5).Select(Hex));
    }

    [Fact]
    public void A_published_consistency_proof_comes_out()
    {
        Assert.Equal(
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
            MerkleTree.ConsistencyProof(Known, 6).Select(Hex));
    }

    [Fact]
    public void Frontier_has_the_trees_root_at_every_size_and_survives_storing()
    {
        var leaves = Leaves(300);
        var frontier = MerkleFrontier.Empty;
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(size, frontier.Size);
            Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, size)), frontier.Root);
            frontier = MerkleFrontier.FromBytes(size, frontier.ToBytes());
            if (size < leaves.Length)
            {
                frontier = frontier.Append(leaves[size]);
            }
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 0)]
    [InlineData(3, 32)]
    [InlineData(4, 64)]
    [InlineData(2, 31)]
    public void A_frontier_that_does_not_fit_its_size_is_refused(long size, int bytes) =>
        Assert.Throws<FormatException>(() => MerkleFrontier.FromBytes(size, new byte[bytes]));

    [Fact]
    public void Every_leaf_of_every_size_is_proven_included_at_its_place_and_nowhere_else()
    {
        var leaves = Leaves(40);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var tree = leaves.AsSpan(0, size);
            var root = MerkleTree.Root(tree);
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleTree.InclusionProof(tree, index);

                Assert.True(MerkleTree.Includes(root, size, leaves[index], index, proof));
                for (var other = 0; other < size; other++)
                {
                    Assert.Equal(other == index, MerkleTree.Includes(root, size, leaves[index], other, proof));
                }
            }
        }
    }

    [Fact]
    public void An_inclusion_proof_with_anything_changed_fails()
    {
        var leaves = Leaves(13);
        var root = MerkleTree.Root(leaves);
        var proof = MerkleTree.InclusionProof(leaves, 7);

        Assert.False(MerkleTree.Includes(Flip(root), 13, leaves[7], 7, proof));
        Assert.False(MerkleTree.Includes(root, 13, Flip(leaves[7]), 7, proof));
        Assert.False(MerkleTree.Includes(root, 13, leaves[7], 13, proof));
        Assert.False(MerkleTree.Includes(root, 13, leaves[7], -1, proof));
        Assert.False(MerkleTree.Includes(root, 13, leaves[7], 7, [.. proof.Skip(1)]));
        Assert.False(MerkleTree.Includes(root, 13, leaves[7], 7, [.. proof, leaves[0]]));
        for (var i = 0; i < proof.Count; i++)
        {
            Assert.False(MerkleTree.Includes(root, 13, leaves[7], 7, [.. proof.Take(i), Flip(proof[i]), .. proof.Skip(i + 1)]));
        }
    }

    [Fact]
    public void Every_earlier_tree_is_proven_a_prefix_of_every_later_one()
    {
        var leaves = Leaves(40);
        for (var later = 0; later <= leaves.Length; later++)
        {
            for (var earlier = 0; earlier <= later; earlier++)
            {
                var proof = MerkleTree.ConsistencyProof(leaves.AsSpan(0, later), earlier);
                var (before, after) = (MerkleTree.Root(leaves.AsSpan(0, earlier)), MerkleTree.Root(leaves.AsSpan(0, later)));

                Assert.True(MerkleTree.IsConsistent(before, earlier, after, later, proof), $"{earlier} of {later}");
                Assert.False(MerkleTree.IsConsistent(Flip(before), earlier, after, later, proof), $"{earlier} of {later}");
                Assert.False(earlier > 0 && MerkleTree.IsConsistent(before, earlier, Flip(after), later, proof), $"{earlier} of {later}");
                Assert.False(MerkleTree.IsConsistent(before, earlier, after, later, [.. proof, leaves[0]]), $"{earlier} of {later}");
            }
        }
    }

    [Fact]
    public void A_rewritten_history_is_not_consistent_with_an_earlier_head()
    {
        var leaves = Leaves(20);
        var before = MerkleTree.Root(leaves.AsSpan(0, 11));
        var rewritten = leaves.ToArray();
        rewritten[4] = Flip(rewritten[4]);

        Assert.False(MerkleTree.IsConsistent(before, 11, MerkleTree.Root(rewritten), 20, MerkleTree.ConsistencyProof(rewritten, 11)));
    }

    [Fact]
    public void Proofs_for_leaves_or_sizes_that_do_not_exist_are_refused()
    {
        var leaves = Leaves(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(leaves, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.InclusionProof(leaves, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyProof(leaves, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ConsistencyProof(leaves, -1));
    }

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(BitConverter.GetBytes(i)))];

    private static byte[] Flip(byte[] hash) => [(byte)(hash[0] ^ 1), .. hash.AsSpan(1)];

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
