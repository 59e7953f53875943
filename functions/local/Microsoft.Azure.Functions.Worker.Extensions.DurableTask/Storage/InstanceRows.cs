using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>The rows of an instance's partition: its record, segments of its history, its inbox and its outbox.</summary>
internal sealed class InstanceRows(StoredTexts texts)
{
    public const string RecordKey = "instance";
    public const string SegmentPrefix = "h-";
    public const string InboxPrefix = "in-";
    public const string OutboxPrefix = "out-";

    private const int LongestTail = 30_000;
    private const string Events = "Events";

    public static string InboxKey(long number) => string.Create(CultureInfo.InvariantCulture, $"{InboxPrefix}{number:D12}");

    public static string OutboxKey(long number) => string.Create(CultureInfo.InvariantCulture, $"{OutboxPrefix}{number:D12}");

    public static string SegmentKey(long generation, int number)
        => string.Create(CultureInfo.InvariantCulture, $"{SegmentPrefix}{generation:D12}-{number:D6}");

    public static long NumberOf(string rowKey) => long.Parse(rowKey.AsSpan(rowKey.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>
    /// The record as a row, with the latest events in it; when these are too many, they go to a segment row of their own.
    /// </summary>
    public async Task<(InstanceRecord Record, TableEntity Row, TableEntity? Segment)> ToRowsAsync(InstanceRecord record, string commit)
    {
        var tail = HistoryEvent.Serialize([.. record.Events.Skip(record.SegmentedEvents)]);
        TableEntity? segment = null;
        if (tail.Length > LongestTail)
        {
            segment = new TableEntity(PartitionKeys.Of(record.Id), SegmentKey(record.Generation, record.Segments)) { ["InstanceId"] = record.Id };
            await texts.PutAsync(segment, Events, tail);
            record = record with { SegmentedEvents = record.Events.Count, Segments = record.Segments + 1 };
            tail = "[]";
        }

        var row = new TableEntity(PartitionKeys.Of(record.Id), RecordKey)
        {
            ["InstanceId"] = record.Id,
            ["Name"] = record.Name,
            ["Version"] = record.Version,
            ["Status"] = record.Status.ToString(),
            ["Generation"] = record.Generation,
            ["Segments"] = record.Segments,
            ["IsFresh"] = record.IsFresh,
            ["CreatedAt"] = record.CreatedAt,
            ["UpdatedAt"] = record.UpdatedAt,
            ["Commit"] = commit,
            [Events] = tail,
        };
        await AddOptionalAsync(row, record);
        return (record, row, segment);
    }

    public async Task<InstanceRecord> ToRecordAsync(TableEntity row, IReadOnlyList<TableEntity> partition)
    {
        var generation = row.GetInt64("Generation")!.Value;
        var segments = row.GetInt32("Segments")!.Value;
        var events = new List<HistoryEvent>();
        for (var number = 0; number < segments; number++)
        {
            var segment = partition.First(other => other.RowKey == SegmentKey(generation, number));
            events.AddRange(HistoryEvent.Deserialize((await texts.GetAsync(segment, Events))!));
        }

        var segmented = events.Count;
        events.AddRange(HistoryEvent.Deserialize(row.GetString(Events)));
        return new InstanceRecord(row.GetString("InstanceId"), row.GetString("Name"), generation)
        {
            Version = row.GetString("Version"),
            Status = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString("Status")),
            CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
            UpdatedAt = row.GetDateTimeOffset("UpdatedAt")!.Value,
            StartAt = row.GetDateTimeOffset("StartAt"),
            Parent = row.GetString("Parent") is { } parent ? JsonSerializer.Deserialize(parent, HistoryJsonContext.Relaxed.ParentLink) : null,
            Tags = row.GetString("Tags") is { } tags
                ? JsonSerializer.Deserialize(tags, HistoryJsonContext.Relaxed.IReadOnlyDictionaryStringString)!
                : new Dictionary<string, string>(),
            CustomStatus = await texts.GetAsync(row, "CustomStatus"),
            Taken = await texts.GetAsync(row, "Taken") is { } taken
                ? JsonSerializer.Deserialize(taken, HistoryJsonContext.Relaxed.IReadOnlyListString)!
                : [],
            Events = events,
            IsFresh = row.GetBoolean("IsFresh")!.Value,
            SegmentedEvents = segmented,
            Segments = segments,
        };
    }

    public async Task<TableEntity> ToInboxRowAsync(string instanceId, string rowKey, HistoryEvent message)
        => await ToMessageRowAsync(instanceId, rowKey, [message]);

    public async Task<TableEntity> ToMessageRowAsync(string instanceId, string rowKey, IReadOnlyList<HistoryEvent> messages)
    {
        // The id is kept for messages that come before the instance's own row.
        var row = new TableEntity(PartitionKeys.Of(instanceId), rowKey) { ["InstanceId"] = instanceId };
        await texts.PutAsync(row, Events, HistoryEvent.Serialize(messages));
        return row;
    }

    public async Task<IReadOnlyList<HistoryEvent>> MessagesOfAsync(TableEntity row) => HistoryEvent.Deserialize((await texts.GetAsync(row, Events))!);

    private async Task AddOptionalAsync(TableEntity row, InstanceRecord record)
    {
        if (record.StartAt is { } startAt)
        {
            row["StartAt"] = startAt;
        }

        if (record.Parent is { } parent)
        {
            row["Parent"] = JsonSerializer.Serialize(parent, HistoryJsonContext.Relaxed.ParentLink);
        }

        if (record.Tags.Count > 0)
        {
            row["Tags"] = JsonSerializer.Serialize(record.Tags, HistoryJsonContext.Relaxed.IReadOnlyDictionaryStringString);
        }

        if (record.Taken.Count > 0)
        {
            await texts.PutAsync(row, "Taken", JsonSerializer.Serialize(record.Taken, HistoryJsonContext.Relaxed.IReadOnlyListString));
        }

        await texts.PutAsync(row, "CustomStatus", record.CustomStatus);
    }
}
