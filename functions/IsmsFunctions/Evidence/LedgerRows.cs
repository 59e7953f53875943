using System.Globalization;
using Azure.Data.Tables;
using Isms.Evidence;

namespace IsmsFunctions.Evidence;

/// <summary>The rows of the ledger and their keys: a leaf for each entry, its place by item, the root of each complete block, and the head.</summary>
internal static class LedgerRows
{
    public const string Partition = "ledger";
    public const string HeadKey = "head";
    private const string LeafPrefix = "leaf~";

    public static TableEntity Head(MerkleFrontier frontier, DateTimeOffset at) => new(Partition, HeadKey)
    {
        ["Size"] = frontier.Size,
        ["Frontier"] = frontier.ToBytes(),
        ["Root"] = Convert.ToHexStringLower(frontier.Root),
        ["At"] = at,
    };

    public static TableEntity Leaf(long index, string id, string hash, DateTimeOffset at) => new(Partition, LeafKey(index)) { ["Id"] = id, ["Hash"] = hash, ["At"] = at };

    public static TableEntity Place(long index, string id, string hash) => new(Partition, PlaceKey(id)) { ["Index"] = index, ["Hash"] = hash };

    public static TableEntity Block(long block, byte[] root) => new(Partition, BlockKey(block)) { ["Hash"] = Convert.ToHexStringLower(root) };

    public static string LeafKey(long index) => LeafPrefix + index.ToString("000000000000", CultureInfo.InvariantCulture);

    public static string PlaceKey(string id) => "id~" + IndexKeys.Escape(id);

    public static string BlockKey(long block) => "block~" + block.ToString("000000000000", CultureInfo.InvariantCulture);

    public static long PlaceOf(TableEntity leaf) => long.Parse(leaf.RowKey.AsSpan(LeafPrefix.Length), CultureInfo.InvariantCulture);

    /// <summary>The filter that finds the leaves from one place to another (exclusive).</summary>
    public static string Between(long from, long to) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {LeafKey(from)} and RowKey lt {LeafKey(to)}");
}
