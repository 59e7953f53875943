using Azure.Data.Tables;
using Isms.Evidence;

namespace IsmsFunctions.Evidence;

/// <summary>
/// What the ledger knows of its tree between leaves and root: the root of each block of 256 entries, written with the entry that completes it. They shorten reading and
/// prove nothing: whoever reads them comes to the head's root with them, or reads the leaves instead.
/// </summary>
internal sealed class LedgerNodes(TableClient table)
{
    private const int MostInTransaction = 100;

    /// <summary>The nodes of the tree of this size and root that lead to some leaves.</summary>
    /// <param name="size">The size.</param>
    /// <param name="root">The root.</param>
    /// <param name="places">The leaves.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">A leaf is missing.</exception>
    public async Task<MerkleNodes> ReadAsync(long size, byte[] root, IReadOnlyList<long> places, CancellationToken cancellationToken)
    {
        if (size > MerkleBlocks.Length && await ReadBlocksAsync(size, places, cancellationToken) is { } blocks && blocks.RootAt(size).AsSpan().SequenceEqual(root))
        {
            return blocks;
        }

        var leaves = await ReadLeavesAsync(0, size, cancellationToken);
        var levels = new MerkleLevels(leaves);
        if (size >= MerkleBlocks.Length && levels.Root.AsSpan().SequenceEqual(root))
        {
            await WriteAsync(leaves, cancellationToken);
        }

        return levels;
    }

    /// <summary>The hashes of the leaves from one place to another (exclusive).</summary>
    /// <exception cref="InvalidDataException">One is missing.</exception>
    public async Task<byte[][]> ReadLeavesAsync(long from, long to, CancellationToken cancellationToken)
    {
        var leaves = new byte[to - from][];
        var read = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(LedgerRows.Between(from, to), select: ["RowKey", "Hash"], cancellationToken: cancellationToken))
        {
            if (row.RowKey != LedgerRows.LeafKey(from + read))
            {
                break;
            }

            leaves[read++] = Convert.FromHexString(row.GetString("Hash"));
        }

        return read == leaves.Length ? leaves : throw new InvalidDataException($"Entry {from + read} is missing from the ledger.");
    }

    /// <summary>The blocks, and the leaves of those that the places and the end of the tree lie in; null where a block's root is not there.</summary>
    private async Task<MerkleBlocks?> ReadBlocksAsync(long size, IReadOnlyList<long> places, CancellationToken cancellationToken)
    {
        var complete = size / MerkleBlocks.Length;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {LedgerRows.Partition} and RowKey ge {LedgerRows.BlockKey(0)} and RowKey lt {LedgerRows.BlockKey(complete)}");
        var roots = new List<byte[]>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey", "Hash"], cancellationToken: cancellationToken))
        {
            if (row.RowKey != LedgerRows.BlockKey(roots.Count))
            {
                return null;
            }

            roots.Add(Convert.FromHexString(row.GetString("Hash")));
        }

        if (roots.Count != complete)
        {
            return null;
        }

        var leaves = new Dictionary<long, byte[][]>();
        foreach (var block in places.Append(size - 1).Select(place => place / MerkleBlocks.Length).Distinct())
        {
            var from = block * MerkleBlocks.Length;
            leaves[block] = await ReadLeavesAsync(from, Math.Min(from + MerkleBlocks.Length, size), cancellationToken);
        }

        return new MerkleBlocks(roots, leaves);
    }

    /// <summary>Writes the roots of all complete blocks: of a ledger that was begun before they were kept, or whose rows somebody touched.</summary>
    private async Task WriteAsync(byte[][] leaves, CancellationToken cancellationToken)
    {
        var rows = leaves.Chunk(MerkleBlocks.Length).Where(b => b.Length == MerkleBlocks.Length).Select((b, number) => LedgerRows.Block(number, MerkleTree.Root(b)));
        foreach (var some in rows.Chunk(MostInTransaction))
        {
            await table.SubmitTransactionAsync(some.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), cancellationToken);
        }
    }
}
