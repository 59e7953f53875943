using Azure;
using Azure.Data.Tables;
using Isms.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Evidence;

/// <summary>
/// The append-only ledger over all manifests, in Table storage. An entry's leaf, its place by item, and the new head are one transaction under the head's
/// ETag: writers in parallel queue up, and a crash leaves either all of it or nothing.
/// </summary>
public sealed class Ledger(StorageAccounts storage, TimeProvider clock) : IDisposable
{
    /// <summary>The table.</summary>
    public const string TableName = "Ledger";

    // A thousand rows of a range come with one request, and a request finds one row: below ten rows for each that is wanted, the range is less to ask for.
    private const int RowsOfOneLookUp = 10;
    private const int LookUpsAtOnce = 16;
    private readonly TableClient table = storage.Tables.GetTableClient(TableName);

    // Writers of this process take turns, which spares them most collisions; between processes the ETag decides.
    private readonly SemaphoreSlim turn = new(1, 1);
    private Head? known;

    private LedgerNodes Nodes => new(table);

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
    public async Task<LedgerProof?> ProveAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } entry)
        {
            return null;
        }

        var head = await ReadHeadAsync(cancellationToken);
        var nodes = await Nodes.ReadAsync(head.Frontier.Size, head.Frontier.Root, [entry.Index], cancellationToken);
        var path = nodes.InclusionProof(entry.Index, head.Frontier.Size);
        return new LedgerProof(id, entry.Index, entry.LeafHash, [.. path.Select(Convert.ToHexStringLower)], View(head));
    }

    /// <summary>The nodes that lead from the present head to the roots at some sizes.</summary>
    public async Task<MerkleNodes> ReadNodesAsync(IReadOnlyList<long> sizes, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        return await Nodes.ReadAsync(head.Frontier.Size, head.Frontier.Root, [.. sizes.Select(size => size - 1)], cancellationToken);
    }

    /// <summary>The entries at some places; what is missing is left out.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadEntriesAsync(IEnumerable<long> places, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(places);
        var entries = new List<LedgerEntry>();
        foreach (var place in places)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(LedgerRows.Partition, LedgerRows.LeafKey(place), cancellationToken: cancellationToken);
            if (row.HasValue)
            {
                entries.Add(EntryOf(place, row.Value!));
            }
        }

        return entries;
    }

    /// <summary>The entries from one place to another (exclusive), a thousand a request; what is missing is left out.</summary>
    public IAsyncEnumerable<LedgerEntry> ReadEntriesAsync(long from, long to, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(LedgerRows.Between(from, to), cancellationToken: cancellationToken)
            .Select(row => EntryOf(LedgerRows.PlaceOf(row), row));

    /// <summary>
    /// The entries of some items, by id; what is not in the ledger is left out. Items that were listed one after another mostly stand one after another here too: then
    /// their part of the ledger is read, and otherwise each on its own.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, LedgerEntry>> FindEntriesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = new Dictionary<string, LedgerEntry>(StringComparer.Ordinal);
        if (ids.Count == 0)
        {
            return found;
        }

        var ends = await Task.WhenAll(FindAsync(ids[0], cancellationToken), FindAsync(ids[^1], cancellationToken));
        if (ends is [{ } first, { } last] && Math.Abs(last.Index - first.Index) < (long)ids.Count * RowsOfOneLookUp)
        {
            var asked = ids.ToHashSet(StringComparer.Ordinal);
            await foreach (var entry in ReadEntriesAsync(Math.Min(first.Index, last.Index), Math.Max(first.Index, last.Index) + 1, cancellationToken))
            {
                if (asked.Contains(entry.Id))
                {
                    found[entry.Id] = entry;
                }
            }
        }

        foreach (var some in ids.Where(id => !found.ContainsKey(id)).ToList().Chunk(LookUpsAtOnce))
        {
            foreach (var entry in (await Task.WhenAll(some.Select(id => FindEntryAsync(id, cancellationToken)))).OfType<LedgerEntry>())
            {
                found[entry.Id] = entry;
            }
        }

        return found;
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
        return ReadEntriesAsync(0, size, cancellationToken).Select((entry, index) =>
            entry.Index == index ? entry : throw new InvalidDataException($"Entry {index} is missing from the ledger."));
    }

    /// <summary>The hashes of the first <paramref name="size"/> leaves, in order.</summary>
    /// <exception cref="InvalidDataException">A leaf is missing.</exception>
    public Task<byte[][]> ReadLeavesAsync(long size, CancellationToken cancellationToken) => Nodes.ReadLeavesAsync(0, size, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<bool> TryAppendAsync(Head head, string id, byte[] leafHash, CancellationToken cancellationToken)
    {
        var (index, now, hash) = (head.Frontier.Size, clock.GetUtcNow(), Convert.ToHexStringLower(leafHash));
        var frontier = head.Frontier.Append(leafHash);
        var headRow = LedgerRows.Head(frontier, now);
        var (leafRow, idRow) = (LedgerRows.Leaf(index, id, hash, now), LedgerRows.Place(index, id, hash));
        List<TableTransactionAction> writes =
        [
            head.ETag is { } etag
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, headRow, etag)
                : new TableTransactionAction(TableTransactionActionType.Add, headRow),
            new TableTransactionAction(TableTransactionActionType.Add, leafRow),
            new TableTransactionAction(TableTransactionActionType.Add, idRow),
        ];
        if (head.Frontier.CompletedBy(leafHash, MerkleBlocks.Height) is { } block)
        {
            writes.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, LedgerRows.Block(index / MerkleBlocks.Length, block)));
        }

        try
        {
            var responses = await table.SubmitTransactionAsync(writes, cancellationToken);
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
        var row = await table.GetEntityIfExistsAsync<TableEntity>(LedgerRows.Partition, LedgerRows.HeadKey, cancellationToken: cancellationToken);
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
        var row = await table.GetEntityIfExistsAsync<TableEntity>(LedgerRows.Partition, LedgerRows.PlaceKey(id), cancellationToken: cancellationToken);
        return row.HasValue ? (row.Value!.GetInt64("Index")!.Value, row.Value.GetString("Hash")) : null;
    }

    /// <summary>The entry of an item: not what is noted by item, which proves nothing, but the leaf that it names.</summary>
    private async Task<LedgerEntry?> FindEntryAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } place
            && (await ReadEntriesAsync([place.Index], cancellationToken)) is [var entry] && entry.Id == id ? entry : null;

    private static LedgerHead View(Head head) => new(head.Frontier.Size, Convert.ToHexStringLower(head.Frontier.Root), head.At);

    private static LedgerEntry EntryOf(long place, TableEntity row) => new(place, row.GetString("Id"), row.GetString("Hash"), row.GetDateTimeOffset("At")!.Value);

    private sealed record Head(MerkleFrontier Frontier, DateTimeOffset? At, ETag? ETag);
}
