using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Isms.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Evidence;

/// <summary>The ledger's head: what all entries up to now come to.</summary>
/// <param name="Size">How many entries there are.</param>
/// <param name="Root">The Merkle root over them, lower-case hex.</param>
/// <param name="At">When the last one was appended; null while there is none.</param>
public sealed record LedgerHead(long Size, string Root, DateTimeOffset? At);

/// <summary>Shows that an item stands in the ledger under a head (RFC 6962, 2.1.1).</summary>
/// <param name="Id">The item.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ manifest.json), lower-case hex.</param>
/// <param name="Path">The sibling hashes from the leaf to the root, lower-case hex.</param>
/// <param name="Head">The head it is proven against.</param>
public sealed record LedgerProof(string Id, long Index, string LeafHash, IReadOnlyList<string> Path, LedgerHead Head);

/// <summary>An entry of the ledger.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Id">The item.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ manifest.json), lower-case hex.</param>
/// <param name="At">When it was appended.</param>
public sealed record LedgerEntry(long Index, string Id, string LeafHash, DateTimeOffset At);

/// <summary>
/// The append-only ledger over all manifests, in Table storage. An entry's leaf, its place by item, and the new head are one transaction under the head's
/// ETag: writers in parallel queue up, and a crash leaves either all of it or nothing.
/// </summary>
public sealed class Ledger(StorageAccounts storage, TimeProvider clock) : IDisposable
{
    /// <summary>The table.</summary>
    public const string TableName = "Ledger";

    private const string Partition = "ledger";
    private const string HeadRow = "head";
    private readonly TableClient table = storage.Tables.GetTableClient(TableName);

    // Writers of this process take turns, which spares them most collisions; between processes the ETag decides.
    private readonly SemaphoreSlim turn = new(1, 1);
    private Head? known;

    /// <summary>Creates the table if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Appends an item's manifest, unless the item is in the ledger already; returns its place.</summary>
    /// <exception cref="InvalidDataException">The item is in the ledger with another manifest: somebody rewrote one of them.</exception>
    public async Task<long> AppendAsync(string id, byte[] leafHash, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var head = known ?? await ReadHeadAsync(cancellationToken);
                if (await TryAppendAsync(head, id, leafHash, cancellationToken))
                {
                    return head.Frontier.Size;
                }

                known = null;
                if (await FindAsync(id, cancellationToken) is { } entry)
                {
                    return entry.LeafHash == Convert.ToHexStringLower(leafHash)
                        ? entry.Index
                        : throw new InvalidDataException($"The ledger holds '{id}' with another manifest than its folder does.");
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The present head.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public async Task<LedgerHead> HeadAsync(CancellationToken cancellationToken) => View(await ReadHeadAsync(cancellationToken));

    /// <summary>Proves that an item is in the ledger; null when it is not.</summary>
    /// <remarks>Reads every leaf hash, a thousand a request: fine for the sizes a year brings, and nothing but the leaves has to be trusted.</remarks>
    public async Task<LedgerProof?> ProveAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } entry)
        {
            return null;
        }

        var head = await ReadHeadAsync(cancellationToken);
        var leaves = await ReadLeavesAsync(head.Frontier.Size, cancellationToken);
        var path = MerkleTree.InclusionProof(leaves, (int)entry.Index);
        return new LedgerProof(id, entry.Index, entry.LeafHash, [.. path.Select(Convert.ToHexStringLower)], View(head));
    }

    /// <summary>The entries at some places; what is missing is left out.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadEntriesAsync(IEnumerable<long> places, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(places);
        var entries = new List<LedgerEntry>();
        foreach (var place in places)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, LeafRow(place), cancellationToken: cancellationToken);
            if (row.HasValue)
            {
                entries.Add(new LedgerEntry(place, row.Value!.GetString("Id"), row.Value.GetString("Hash"), row.Value.GetDateTimeOffset("At")!.Value));
            }
        }

        return entries;
    }

    /// <summary>Whether the place that the ledger notes for an entry's item is the entry's.</summary>
    public async Task<bool> IsPlacedAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return await FindAsync(entry.Id, cancellationToken) == (entry.Index, entry.LeafHash);
    }

    /// <summary>The hash that the ledger holds for an item; null when it is not in it.</summary>
    public async Task<string?> HashOfAsync(string id, CancellationToken cancellationToken) => (await FindAsync(id, cancellationToken))?.LeafHash;

    /// <summary>The first <paramref name="size"/> entries, in order, a thousand a request.</summary>
    /// <exception cref="InvalidDataException">An entry is missing.</exception>
    public IAsyncEnumerable<LedgerEntry> ListEntriesAsync(long size, CancellationToken cancellationToken)
    {
        var (from, to) = (LeafRow(0), LeafRow(size));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select((row, index) =>
            row.RowKey == LeafRow(index)
                ? new LedgerEntry(index, row.GetString("Id"), row.GetString("Hash"), row.GetDateTimeOffset("At")!.Value)
                : throw new InvalidDataException($"Entry {index} is missing from the ledger."));
    }

    /// <summary>The hashes of the first <paramref name="size"/> leaves, in order.</summary>
    /// <exception cref="InvalidDataException">A leaf is missing.</exception>
    public async Task<byte[][]> ReadLeavesAsync(long size, CancellationToken cancellationToken)
    {
        var leaves = new byte[size][];
        var (from, to) = (LeafRow(0), LeafRow(size));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}");
        var read = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey", "Hash"], cancellationToken: cancellationToken))
        {
            if (row.RowKey != LeafRow(read))
            {
                break;
            }

            leaves[read++] = Convert.FromHexString(row.GetString("Hash"));
        }

        return read == size ? leaves : throw new InvalidDataException($"Entry {read} is missing from the ledger.");
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<bool> TryAppendAsync(Head head, string id, byte[] leafHash, CancellationToken cancellationToken)
    {
        var (index, now, hash) = (head.Frontier.Size, clock.GetUtcNow(), Convert.ToHexStringLower(leafHash));
        var frontier = head.Frontier.Append(leafHash);
        var headRow = new TableEntity(Partition, HeadRow)
        {
            ["Size"] = frontier.Size,
            ["Frontier"] = frontier.ToBytes(),
            ["Root"] = Convert.ToHexStringLower(frontier.Root),
            ["At"] = now,
        };
        var leafRow = new TableEntity(Partition, LeafRow(index)) { ["Id"] = id, ["Hash"] = hash, ["At"] = now };
        var idRow = new TableEntity(Partition, IdRow(id)) { ["Index"] = index, ["Hash"] = hash };
        try
        {
            var responses = await table.SubmitTransactionAsync(
                [
                    head.ETag is { } etag
                        ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, headRow, etag)
                        : new TableTransactionAction(TableTransactionActionType.Add, headRow),
                    new TableTransactionAction(TableTransactionActionType.Add, leafRow),
                    new TableTransactionAction(TableTransactionActionType.Add, idRow),
                ],
                cancellationToken);
            known = responses.Value[0].Headers.ETag is { } changed ? new Head(frontier, now, changed) : null;
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
        catch
        {
            known = null; // Whether it was applied is not known.
            throw;
        }
    }

    private async Task<Head> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, HeadRow, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return new Head(MerkleFrontier.Empty, null, null);
        }

        try
        {
            var frontier = MerkleFrontier.FromBytes(row.Value!.GetInt64("Size")!.Value, row.Value.GetBinary("Frontier"));
            return Convert.ToHexStringLower(frontier.Root) == row.Value.GetString("Root")
                ? new Head(frontier, row.Value.GetDateTimeOffset("At"), row.Value.ETag)
                : throw new InvalidDataException("The ledger's head does not come to its root.");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentNullException)
        {
            throw new InvalidDataException("The ledger's head is not what was written.", e);
        }
    }

    private async Task<(long Index, string LeafHash)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, IdRow(id), cancellationToken: cancellationToken);
        return row.HasValue ? (row.Value!.GetInt64("Index")!.Value, row.Value.GetString("Hash")) : null;
    }

    private static LedgerHead View(Head head) => new(head.Frontier.Size, Convert.ToHexStringLower(head.Frontier.Root), head.At);

    private static string LeafRow(long index) => "leaf~" + index.ToString("000000000000", CultureInfo.InvariantCulture);

    private static string IdRow(string id) => "id~" + IndexKeys.Escape(id);

    private sealed record Head(MerkleFrontier Frontier, DateTimeOffset? At, ETag? ETag);
}
