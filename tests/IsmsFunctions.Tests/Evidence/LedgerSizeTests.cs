using System.Globalization;
using Azure.Data.Tables;
using Isms.Evidence;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Tests.Evidence;

/// <summary>What the ledger costs when it is large: nothing that is asked of it every day may grow with it.</summary>
public sealed class LedgerSizeTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(200_000)]
    public async Task An_append_is_one_request_and_a_proof_a_handful_whatever_the_size(int size)
    {
        using var bench = await EvidenceBench.StartAsync();
        var leaves = await SeedAsync(bench, size, size / 3);
        bench.Restart();
        bench.ResetCounts();

        Assert.Equal(size, await bench.Ledger.AppendAsync("next", LeafOf(size), default));
        Assert.Equal(2, bench.Requests); // the head, and the transaction
        await bench.Ledger.AppendAsync("after", LeafOf(size + 1), default);
        Assert.Equal(3, bench.Requests);

        bench.ResetCounts();
        var proof = (await bench.Ledger.ProveAsync(IdOf(size / 3), default))!;
        byte[][] now = [.. leaves, LeafOf(size), LeafOf(size + 1)];
        Assert.Equal(Convert.ToHexStringLower(MerkleTree.Root(now)), proof.Head.Root);
        Assert.True(MerkleTree.Includes(
            Convert.FromHexString(proof.Head.Root), proof.Head.Size, leaves[size / 3], proof.Index, [.. proof.Path.Select(Convert.FromHexString)]));
        Assert.True(bench.Requests <= 5, $"{bench.Requests} requests");
    }

    [Fact]
    public async Task Stored_blocks_that_are_missing_or_forged_are_not_believed_and_are_written_anew()
    {
        using var bench = await EvidenceBench.StartAsync();
        const int Size = 700;
        var leaves = await SeedAsync(bench, Size, [.. Enumerable.Range(0, Size)]);
        var table = bench.Storage.Tables.GetTableClient(Ledger.TableName);
        var expected = MerkleTree.InclusionProof(leaves, 300).Select(Convert.ToHexStringLower);

        await table.UpsertEntityAsync(LedgerRows.Block(0, LeafOf(1)), TableUpdateMode.Replace);
        Assert.Equal(expected, (await bench.Ledger.ProveAsync(IdOf(300), default))!.Path);
        await AssertKnownAsync();

        await table.DeleteEntityAsync(LedgerRows.Partition, LedgerRows.BlockKey(1));
        var nodes = await bench.Ledger.ReadNodesAsync([100, 600], default);
        Assert.Equal(MerkleTree.ConsistencyProof(leaves.AsSpan(0, 600), 100), nodes.ConsistencyProof(100, 600));
        Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, 600)), nodes.RootAt(600));
        await AssertKnownAsync();

        async Task AssertKnownAsync()
        {
            bench.ResetCounts();
            Assert.Equal(expected, (await bench.Ledger.ProveAsync(IdOf(300), default))!.Path);
            Assert.Equal(5, bench.Requests);
            for (var block = 0; block < Size / MerkleBlocks.Length; block++)
            {
                var row = (await table.GetEntityAsync<TableEntity>(LedgerRows.Partition, LedgerRows.BlockKey(block))).Value;
                Assert.Equal(Convert.ToHexStringLower(MerkleTree.Root(leaves.AsSpan(block * MerkleBlocks.Length, MerkleBlocks.Length))), row.GetString("Hash"));
            }
        }
    }

    [Fact]
    public async Task Entries_are_found_by_items_whether_they_stand_together_or_not()
    {
        using var bench = await EvidenceBench.StartAsync();
        await SeedAsync(bench, 3_000, [.. Enumerable.Range(0, 3_000)]);
        bench.ResetCounts();
        var together = await bench.Ledger.FindEntriesAsync([.. Enumerable.Range(500, 400).Select(IdOf), "unknown", IdOf(900)], default);
        Assert.Equal(Enumerable.Range(500, 401).Select(n => (long)n), together.Values.Select(e => e.Index).Order());
        Assert.True(bench.Requests <= 4, $"{bench.Requests} requests");

        var apart = await bench.Ledger.FindEntriesAsync([IdOf(2_999), IdOf(7), "unknown", IdOf(1_234)], default);
        Assert.Equal([7L, 1_234L, 2_999L], apart.Values.Select(e => e.Index).Order());
        Assert.All(apart, e => Assert.Equal(e.Key, e.Value.Id));
        Assert.Empty(await bench.Ledger.FindEntriesAsync([], default));
    }

    private static Task<byte[][]> SeedAsync(EvidenceBench bench, int size, int place)
    {
        // Of a large ledger only what a proof leads through.
        int[] blocks = [place / MerkleBlocks.Length, (size - 1) / MerkleBlocks.Length, size / MerkleBlocks.Length];
        return SeedAsync(bench, size, [.. blocks.Distinct().SelectMany(b => Enumerable.Range(b * MerkleBlocks.Length, MerkleBlocks.Length)).Where(p => p < size)]);
    }

    private static async Task<byte[][]> SeedAsync(EvidenceBench bench, int size, IReadOnlyList<int> stored)
    {
        var leaves = new byte[size][];
        var frontier = MerkleFrontier.Empty;
        List<TableEntity> rows = [];
        for (var i = 0; i < size; i++)
        {
            leaves[i] = LeafOf(i);
            if (frontier.CompletedBy(leaves[i], MerkleBlocks.Height) is { } block)
            {
                rows.Add(LedgerRows.Block(i / MerkleBlocks.Length, block));
            }

            frontier = frontier.Append(leaves[i]);
        }

        foreach (var place in stored)
        {
            var hash = Convert.ToHexStringLower(leaves[place]);
            rows.AddRange([LedgerRows.Leaf(place, IdOf(place), hash, bench.Clock.Now), LedgerRows.Place(place, IdOf(place), hash)]);
        }

        rows.Add(LedgerRows.Head(frontier, bench.Clock.Now));
        var table = bench.Storage.Tables.GetTableClient(Ledger.TableName);
        foreach (var some in rows.Chunk(100))
        {
            await table.SubmitTransactionAsync(some.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)));
        }

        return leaves;
    }

    private static string IdOf(int number) => "item-" + number.ToString(CultureInfo.InvariantCulture);

    private static byte[] LeafOf(int number) => MerkleTree.LeafHash(BitConverter.GetBytes(number));
}
