using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Microsoft.DurableTask.Local;

/// <summary>One change of an instance: its new record, and what comes and goes with it, all or nothing.</summary>
internal sealed record Commit(InstanceRecord? Before, InstanceRecord After, ETag? StoredVersion)
{
    /// <summary>Rows of the partition to delete: messages that have been taken, outboxes that are cleared.</summary>
    public IReadOnlyCollection<string> Deleted { get; init; } = [];

    /// <summary>A new outbox row.</summary>
    public string? OutboxKey { get; init; }

    public IReadOnlyList<HistoryEvent> Outbox { get; init; } = [];
}

/// <summary>Another process has changed an instance that this one takes for its own.</summary>
internal sealed class HubOwnershipLostException(string instanceId, Exception cause) : Exception(
    $"Another process works on the same task hub: it changed the orchestration instance '{instanceId}'. Stop one of the two.", cause);

/// <summary>A task hub in storage: one table, a partition an instance, and a container for what is too long for a table.</summary>
internal sealed class HubStore
{
    private const int MostActions = 100;
    private const int SegmentsAtOnce = 20;

    private readonly TableClient table;
    private readonly StoredTexts texts;
    private readonly InstanceRows rows;
    private readonly StorageHook hook;
    private readonly string owner = Guid.NewGuid().ToString("N");
    private long commits;

    public HubStore(string connectionString, string hubName, StorageHook? hook = null)
    {
        this.hook = hook ?? new StorageHook();
        table = new TableClient(connectionString, $"{hubName}Instances");
        texts = new StoredTexts(new BlobContainerClient(connectionString, $"{hubName.ToLowerInvariant()}-largemessages"), this.hook);
        rows = new InstanceRows(texts);
    }

    public Task InitializeAsync() => table.CreateIfNotExistsAsync();

    public async Task<IReadOnlyList<StoredPartition>> LoadAsync()
    {
        var partitions = new List<StoredPartition>();
        var partition = new List<TableEntity>();
        await foreach (var entity in table.QueryAsync<TableEntity>(filter: (string?)null))
        {
            if (partition.Count > 0 && partition[0].PartitionKey != entity.PartitionKey)
            {
                partitions.Add(await ReadAsync(partition));
                partition = [];
            }

            partition.Add(entity);
        }

        if (partition.Count > 0)
        {
            partitions.Add(await ReadAsync(partition));
        }

        return partitions;
    }

    /// <returns>The record as stored, and its new version.</returns>
    public async Task<(InstanceRecord Record, ETag Version)> CommitAsync(Commit commit)
    {
        var id = $"{owner}-{Interlocked.Increment(ref commits)}";
        var (record, row, segment) = await rows.ToRowsAsync(commit.After, id);
        var actions = new List<TableTransactionAction>
        {
            commit.StoredVersion is { } version
                ? new(TableTransactionActionType.UpdateReplace, row, version)
                : new(TableTransactionActionType.Add, row),
        };
        if (segment is not null)
        {
            actions.Add(new(TableTransactionActionType.UpsertReplace, segment));
        }

        if (commit.OutboxKey is { } outbox)
        {
            actions.Add(new(TableTransactionActionType.Add, await rows.ToMessageRowAsync(record.Id, outbox, commit.Outbox)));
        }

        var obsolete = ObsoleteSegments(commit);
        var deleted = commit.Deleted.Concat(obsolete.Take(SegmentsAtOnce)).ToList();
        var room = MostActions - actions.Count;
        actions.AddRange(deleted.Take(room).Select(key => Deletion(row.PartitionKey, key)));
        var stored = await hook.AroundAsync(
            $"commit {record.Id} {record.Generation}/{record.Events.Count} {record.Status}", () => SubmitAsync(commit, id, row, actions));
        await DeleteRowsAsync(record.Id, [.. deleted.Skip(room), .. obsolete.Skip(SegmentsAtOnce)]);
        return (record, stored);
    }

    public async Task AddMessageAsync(string instanceId, string rowKey, HistoryEvent message)
    {
        var row = await rows.ToInboxRowAsync(instanceId, rowKey, message);
        await hook.AroundAsync($"message {instanceId} {rowKey}", () => table.AddEntityAsync(row));
    }

    public async Task DeleteRowsAsync(string instanceId, IReadOnlyCollection<string> keys)
    {
        foreach (var chunk in keys.Chunk(MostActions))
        {
            await hook.AroundAsync($"delete {chunk.Length} of {instanceId}", () => DeleteChunkAsync(PartitionKeys.Of(instanceId), chunk));
        }
    }

    /// <summary>Deletes all that is stored of an instance, its record last.</summary>
    public async Task PurgeAsync(string instanceId)
    {
        var partitionKey = PartitionKeys.Of(instanceId);
        var keys = new List<string>();
        var ofInstance = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        await foreach (var row in table.QueryAsync<TableEntity>(ofInstance, select: ["PartitionKey", "RowKey"]))
        {
            keys.Add(row.RowKey);
        }

        await texts.DeleteAsync(partitionKey);
        await DeleteRowsAsync(instanceId, [.. keys.Order(StringComparer.Ordinal).OrderBy(key => key == InstanceRows.RecordKey)]);
    }

    private async Task<int> DeleteChunkAsync(string partitionKey, string[] keys)
    {
        try
        {
            await table.SubmitTransactionAsync(keys.Select(key => Deletion(partitionKey, key)));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Some of them are gone already, and one missing row undoes the whole transaction.
            foreach (var key in keys)
            {
                await table.DeleteEntityAsync(partitionKey, key);
            }
        }

        return keys.Length;
    }

    private static TableTransactionAction Deletion(string partitionKey, string rowKey)
        => new(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ETag.All);

    private static List<string> ObsoleteSegments(Commit commit) => commit.Before is { } before && before.Generation != commit.After.Generation
        ? [.. Enumerable.Range(0, before.Segments).Select(number => InstanceRows.SegmentKey(before.Generation, number))]
        : [];

    private async Task<ETag> SubmitAsync(Commit commit, string id, TableEntity row, List<TableTransactionAction> actions)
    {
        try
        {
            if (actions.Count > 1)
            {
                var responses = await table.SubmitTransactionAsync(actions);
                return responses.Value[0].Headers.ETag!.Value;
            }

            var response = commit.StoredVersion is { } version
                ? await table.UpdateEntityAsync(row, version, TableUpdateMode.Replace)
                : await table.AddEntityAsync(row);
            return response.Headers.ETag!.Value;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            // A retry of the client may have met the effect of its own first attempt.
            var found = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey);
            return found.HasValue && found.Value!.GetString("Commit") == id
                ? found.Value.ETag
                : throw new HubOwnershipLostException(commit.After.Id, exception);
        }
    }

    private async Task<StoredPartition> ReadAsync(List<TableEntity> partition)
    {
        var row = partition.Find(entity => entity.RowKey == InstanceRows.RecordKey);
        var record = row is null ? null : await rows.ToRecordAsync(row, partition);
        var inbox = new List<(string, HistoryEvent)>();
        var outbox = new List<(string, IReadOnlyList<HistoryEvent>)>();
        var obsolete = new List<string>();
        foreach (var entity in partition)
        {
            if (entity.RowKey.StartsWith(InstanceRows.InboxPrefix, StringComparison.Ordinal))
            {
                inbox.Add((entity.RowKey, (await rows.MessagesOfAsync(entity))[0]));
            }
            else if (entity.RowKey.StartsWith(InstanceRows.OutboxPrefix, StringComparison.Ordinal))
            {
                outbox.Add((entity.RowKey, await rows.MessagesOfAsync(entity)));
            }
            else if (IsObsoleteSegment(entity.RowKey, record))
            {
                obsolete.Add(entity.RowKey);
            }
        }

        return new StoredPartition(partition[0].GetString("InstanceId") ?? record!.Id, record, row?.ETag, inbox, outbox, obsolete);
    }

    private static bool IsObsoleteSegment(string rowKey, InstanceRecord? record)
        => rowKey.StartsWith(InstanceRows.SegmentPrefix, StringComparison.Ordinal)
            && (record is null
                || !Enumerable.Range(0, record.Segments).Any(number => rowKey == InstanceRows.SegmentKey(record.Generation, number)));
}

/// <summary>What is stored of one instance.</summary>
internal sealed record StoredPartition(
    string InstanceId,
    InstanceRecord? Record,
    ETag? Version,
    IReadOnlyList<(string RowKey, HistoryEvent Message)> Inbox,
    IReadOnlyList<(string RowKey, IReadOnlyList<HistoryEvent> Events)> Outbox,
    IReadOnlyList<string> ObsoleteSegments);
