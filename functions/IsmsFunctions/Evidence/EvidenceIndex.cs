using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Isms.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Evidence;

/// <summary>What the index knows of an item.</summary>
/// <param name="Folder">The folder of its files.</param>
/// <param name="Manifest">Its manifest; null where it is too large for the row, or not there yet.</param>
/// <param name="IsRecorded">Whether it is listed; while it is being recorded, it is not.</param>
public sealed record IndexedItem(string Folder, ReadOnlyMemory<byte>? Manifest, bool IsRecorded);

/// <summary>A row of the index that is not as it was written.</summary>
/// <param name="List">The list that it stands in, such as <c>clause~9.1</c>.</param>
/// <param name="IsMissing">Whether it is gone.</param>
public sealed record FaultyRow(string List, bool IsMissing);

/// <summary>A row of the index.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Id">The item it speaks of.</param>
/// <param name="IsRecorded">Whether it stands for a recorded item; while one is being recorded, it has no other row.</param>
/// <param name="CreatedAt">When the item was begun, where the row says so.</param>
public sealed record IndexedRow(string Key, string Id, bool IsRecorded, DateTimeOffset? CreatedAt);

/// <summary>An item that is to be listed.</summary>
/// <param name="Item">The item.</param>
/// <param name="Manifest">Its manifest as it is stored.</param>
/// <param name="LedgerIndex">Its place in the ledger.</param>
public sealed record ListedItem(EvidenceManifest Item, ReadOnlyMemory<byte> Manifest, long LedgerIndex);

/// <summary>
/// Finds evidence in Table storage. All rows of an item are one transaction in one partition, so an item is in all of its lists or in none; what is listed is
/// recorded completely, ledger entry included.
/// </summary>
public sealed class EvidenceIndex(StorageAccounts storage, EvidenceBlobs blobs, TimeProvider clock)
{
    /// <summary>The table.</summary>
    public const string TableName = "Evidence";

    private const string Partition = "evidence";

    // Lists repeat small manifests, so that a page is one request; a large one stands in the row by id, the largest in its blob only.
    private const int LargestInLists = 8_192;
    private const int LargestInRow = 60_000;

    // The service takes a hundred rows and 4 MiB in a transaction.
    private const int MostInTransaction = 100;
    private const int LargestTransaction = 2_000_000;
    private const int RowOverhead = 1_000;
    private readonly TableClient table = storage.Tables.GetTableClient(TableName);

    /// <summary>Creates the table if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Settles an item's time and folder, or returns what was settled before.</summary>
    public async Task<EvidenceRecording> BeginAsync(string id, string fiscalYear, EvidenceType type, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var folder = EvidencePaths.FolderOf(fiscalYear, type, now, id);
        var row = new TableEntity(Partition, IndexKeys.OfId(id)) { ["Id"] = id, ["CreatedAt"] = now, ["Folder"] = folder, ["Recorded"] = false };
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return new EvidenceRecording(id, now, folder, IsRecorded: false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var present = (await table.GetEntityAsync<TableEntity>(Partition, IndexKeys.OfId(id), cancellationToken: cancellationToken)).Value;
            return new EvidenceRecording(
                id, present.GetDateTimeOffset("CreatedAt")!.Value, present.GetString("Folder"), present.GetBoolean("Recorded") ?? false);
        }
    }

    /// <summary>Lists an item. Doing it again writes the same rows.</summary>
    public Task AddAsync(EvidenceManifest item, ReadOnlyMemory<byte> manifest, long ledgerIndex, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return AddAsync([new ListedItem(item, manifest, ledgerIndex)], cancellationToken);
    }

    /// <summary>Lists items, as many in a transaction as fit; the rows of an item are never divided.</summary>
    public async Task AddAsync(IEnumerable<ListedItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var (waiting, bytes) = (new List<TableTransactionAction>(), 0);
        foreach (var item in items)
        {
            var rows = RowsOf(item.Item, item.Manifest, item.LedgerIndex).Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)).ToList();
            var more = rows.Count * (Math.Min(item.Manifest.Length, LargestInLists) + RowOverhead);
            if (waiting.Count > 0 && (waiting.Count + rows.Count > MostInTransaction || bytes + more > LargestTransaction))
            {
                await table.SubmitTransactionAsync(waiting, cancellationToken);
                (waiting, bytes) = ([], 0);
            }

            waiting.AddRange(rows);
            bytes += more;
        }

        if (waiting.Count > 0)
        {
            await table.SubmitTransactionAsync(waiting, cancellationToken);
        }
    }

    /// <summary>The rows of an item that are gone or say something else than was recorded, by what list they stand in.</summary>
    /// <param name="item">The item.</param>
    /// <param name="manifest">Its manifest as it is stored.</param>
    /// <param name="ledgerIndex">Its place in the ledger.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<FaultyRow>> CheckAsync(EvidenceManifest item, ReadOnlyMemory<byte> manifest, long ledgerIndex, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var checks = await Task.WhenAll(RowsOf(item, manifest, ledgerIndex).Select(async expected =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, expected.RowKey, cancellationToken: cancellationToken);
            var list = expected.RowKey[..expected.RowKey.LastIndexOf('~')].TrimEnd('~');
            return !row.HasValue ? new FaultyRow(list, IsMissing: true) : IsAsWritten(row.Value!, expected) ? null : new FaultyRow(list, IsMissing: false);
        }));
        return [.. checks.OfType<FaultyRow>()];
    }

    /// <summary>Whether an item stands in the list of all items. Its rows are written together: one that is being recorded has none but that by its id.</summary>
    public async Task<bool> IsListedAsync(EvidenceManifest item, CancellationToken cancellationToken) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(Partition, IndexKeys.OfLists(item).First(), cancellationToken: cancellationToken)).HasValue;

    /// <summary>The items that all rows of the index speak of, a thousand rows a request.</summary>
    public IAsyncEnumerable<IndexedRow> ListRowsAsync(CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["RowKey", "Id", "Recorded", "CreatedAt"], cancellationToken: cancellationToken)
            .Select(row => new IndexedRow(row.RowKey, row.GetString("Id") ?? "", row.GetBoolean("Recorded") ?? true, row.GetDateTimeOffset("CreatedAt")));

    private static IEnumerable<TableEntity> RowsOf(EvidenceManifest item, ReadOnlyMemory<byte> manifest, long ledgerIndex)
    {
        var byId = Row(item, IndexKeys.OfId(item.Id), manifest, LargestInRow);
        byId["CreatedAt"] = item.CreatedAt;
        byId["Folder"] = EvidencePaths.FolderOf(item);
        byId["Recorded"] = true;
        byId["LedgerIndex"] = ledgerIndex;
        return IndexKeys.OfLists(item).Select(key => Row(item, key, manifest, LargestInLists)).Prepend(byId);
    }

    private static bool IsAsWritten(TableEntity found, TableEntity expected) => expected.Keys.Except(["PartitionKey", "RowKey", "Timestamp", "odata.etag"]).All(name =>
        (expected[name], found.TryGetValue(name, out var value) ? value : null) switch
        {
            (byte[] wanted, byte[] there) => wanted.AsSpan().SequenceEqual(there),
            // The storage keeps ten millionths of a second, and not every one keeps all of them.
            (DateTimeOffset wanted, DateTimeOffset there) => (wanted - there).Duration() < TimeSpan.FromMilliseconds(1),
            var (wanted, there) => Equals(wanted, there),
        }) && (expected.ContainsKey("Manifest") || !found.ContainsKey("Manifest"));

    /// <summary>A recorded item, or null.</summary>
    public async Task<EvidenceManifest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, IndexKeys.OfId(id), cancellationToken: cancellationToken);
        if (!row.HasValue || row.Value!.GetBoolean("Recorded") != true)
        {
            return null;
        }

        var manifest = row.Value.GetBinary("Manifest") ?? await blobs.ReadManifestAsync(row.Value.GetString("Folder"), cancellationToken);
        return Parse(manifest);
    }

    /// <summary>Where an item lies, and the manifest that the index shows for it; null when it is not in the index.</summary>
    public async Task<IndexedItem?> FindRowAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, IndexKeys.OfId(id), cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return null;
        }

        // A null array would become an empty manifest instead of none.
        ReadOnlyMemory<byte>? shown = row.Value!.GetBinary("Manifest") is { } manifest ? (ReadOnlyMemory<byte>?)manifest : null;
        return new IndexedItem(row.Value.GetString("Folder"), shown, row.Value.GetBoolean("Recorded") ?? false);
    }

    /// <inheritdoc cref="IEvidenceStore.ListAsync"/>
    public async Task<EvidencePage> ListAsync(EvidenceQuery query, int top, string? continuationToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var after = continuationToken is null ? "" : IndexKeys.FromToken(continuationToken);
        var ranges = IndexKeys.RangesFor(query).Select(range => (
            Start: range.List.Length, Rows: table.QueryAsync<TableEntity>(Filter(query, range, after), Math.Min(top + 1, 1000), cancellationToken: cancellationToken))).ToList();
        var items = new List<EvidenceManifest>();
        var last = after;
        await foreach (var (row, position) in InOrderAsync(ranges, cancellationToken))
        {
            var item = row.GetBinary("Manifest") is { } manifest ? Parse(manifest) : await FindAsync(row.GetString("Id"), cancellationToken);
            if (item is null || !EvidenceRules.Matches(item, query.Clause, query.Control, query.Record, query.Subject, query.From, query.To))
            {
                continue;
            }

            if (items.Count == top)
            {
                return new EvidencePage(items, IndexKeys.ToToken(last));
            }

            items.Add(item);
            last = position;
        }

        return new EvidencePage(items, null);
    }

    /// <summary>The rows of several ranges, each in order, as one in order. All are asked at once.</summary>
    private static async IAsyncEnumerable<(TableEntity Row, string Position)> InOrderAsync(
        List<(int Start, AsyncPageable<TableEntity> Rows)> ranges, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = ranges.Select(r => (r.Start, Rows: r.Rows.GetAsyncEnumerator(cancellationToken))).ToList();
        try
        {
            var hasRow = await Task.WhenAll(open.Select(r => r.Rows.MoveNextAsync().AsTask()));
            while (true)
            {
                var next = -1;
                for (var i = 0; i < open.Count; i++)
                {
                    next = hasRow[i] && (next < 0 || string.CompareOrdinal(Position(i), Position(next)) < 0) ? i : next;
                }

                if (next < 0)
                {
                    yield break;
                }

                yield return (open[next].Rows.Current, Position(next));
                hasRow[next] = await open[next].Rows.MoveNextAsync();
            }
        }
        finally
        {
            foreach (var (_, rows) in open)
            {
                await rows.DisposeAsync();
            }
        }

        string Position(int range) => open[range].Rows.Current.RowKey[open[range].Start..];
    }

    private static string Filter(EvidenceQuery query, KeyRange range, string after)
    {
        var from = range.List + (string.CompareOrdinal(after, range.From) > 0 ? after : range.From);
        List<string> terms = [TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {range.List + range.To}")];
        if (query.FiscalYear is { } year)
        {
            terms.Add(TableClient.CreateQueryFilter($"FiscalYear eq {year}"));
        }

        if (query.Type is { } type)
        {
            terms.Add(TableClient.CreateQueryFilter($"Type eq {EvidencePaths.NameOf(type)}"));
        }

        // A coarse cut by the service, a second wider on each side since not every storage compares fractions of a second alike;
        // EvidenceRules decides about the edges.
        if (query.From is { } start)
        {
            terms.Add(TableClient.CreateQueryFilter($"PeriodTo ge {WholeSecond(start).AddSeconds(-1)}"));
        }

        if (query.To is { } end)
        {
            terms.Add(TableClient.CreateQueryFilter($"PeriodFrom lt {WholeSecond(end).AddSeconds(2)}"));
        }

        return string.Join(" and ", terms);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset moment) => moment.AddTicks(-(moment.UtcTicks % TimeSpan.TicksPerSecond));

    private static TableEntity Row(EvidenceManifest item, string key, ReadOnlyMemory<byte> manifest, int largest)
    {
        var row = new TableEntity(Partition, key)
        {
            ["Id"] = item.Id,
            ["FiscalYear"] = item.FiscalYear,
            ["Type"] = EvidencePaths.NameOf(item.Type),
            ["PeriodFrom"] = item.Period.From,
            ["PeriodTo"] = item.Period.To,
        };
        if (manifest.Length <= largest)
        {
            row["Manifest"] = manifest.ToArray();
        }

        return row;
    }

    private static EvidenceManifest Parse(ReadOnlyMemory<byte> manifest) => JsonSerializer.Deserialize<EvidenceManifest>(manifest.Span, Json.Options)!;
}
