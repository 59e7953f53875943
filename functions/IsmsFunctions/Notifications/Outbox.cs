using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Isms.Text;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Notifications;

/// <summary>
/// Keeps messages from the moment somebody asks for one. Of each message there are, in one partition and hence changed together: the message (<c>m:</c>), a
/// mark while it waits (<c>q:</c>), and a line of the list by time (<c>t:</c>).
/// </summary>
public sealed class Outbox(StorageAccounts storage)
{
    /// <summary>The table.</summary>
    public const string TableName = "IsmsNotifications";

    private const string Partition = "outbox";
    private readonly TableClient table = storage.Tables.GetTableClient(TableName);

    /// <summary>Creates the table if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Adds a message; false when there is one of its id already.</summary>
    public async Task<bool> TryAddAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Add, Write(message, "m:" + message.Id)),
            new(TableTransactionActionType.Add, new TableEntity(Partition, "q:" + message.Id) { ["QueuedAt"] = message.QueuedAt }),
            new(TableTransactionActionType.Add, Write(message, TimeKey(message))),
        ];
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <summary>The message of this id, or null.</summary>
    public async Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, "m:" + id, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Takes a message out of the queue.</summary>
    public async Task SettleAsync(OutboxMessage message, MessageState state, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var settled = message with { State = state, SettledAt = at };
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Delete, new TableEntity(Partition, "q:" + message.Id), ETag.All),
            new(TableTransactionActionType.UpsertReplace, Write(settled, "m:" + message.Id)),
            new(TableTransactionActionType.UpsertReplace, Write(settled, TimeKey(message))),
        ];
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Somebody else settled it at the same time: nothing is left to do.
        }
    }

    /// <summary>The ids of messages that have waited since <paramref name="queuedUntil"/> or longer.</summary>
    public async IAsyncEnumerable<string> ListQueuedAsync(DateTimeOffset queuedUntil, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge 'q:' and RowKey lt 'q;' and QueuedAt le {queuedUntil}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return row.RowKey[2..];
        }
    }

    /// <summary>Messages, newest first.</summary>
    /// <param name="about">Only those about this workflow instance.</param>
    /// <param name="recipient">Only those to this person.</param>
    /// <param name="top">The most to return.</param>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The messages, and where this page ends when there are more.</returns>
    public async Task<(IReadOnlyList<OutboxMessage> Messages, string? End)> ListAsync(
        string? about, string? recipient, int top, string? after, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? "t:"} and RowKey lt 't;'");
        filter += about is null ? "" : " and " + TableClient.CreateQueryFilter($"About eq {about}");
        filter += recipient is null ? "" : " and " + TableClient.CreateQueryFilter($"Recipient eq {recipient}");
        var messages = new List<OutboxMessage>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: top, cancellationToken: cancellationToken))
        {
            if (messages.Count == top)
            {
                return (messages, TimeKey(messages[^1]));
            }

            messages.Add(Read(row));
        }

        return (messages, null);
    }

    /// <summary>Sorts the newest first, which is the order people look for.</summary>
    private static string TimeKey(OutboxMessage message) =>
        string.Create(CultureInfo.InvariantCulture, $"t:{DateTimeOffset.MaxValue.UtcTicks - message.QueuedAt.UtcTicks:D19}:{message.Id}");

    private static TableEntity Write(OutboxMessage message, string rowKey) => new(Partition, rowKey)
    {
        ["Id"] = message.Id,
        ["Recipient"] = message.RecipientId,
        ["SubjectJa"] = message.Subject.Ja,
        ["SubjectEn"] = message.Subject.En,
        ["BodyJa"] = message.Body.Ja,
        ["BodyEn"] = message.Body.En,
        ["About"] = message.About,
        ["QueuedAt"] = message.QueuedAt,
        ["State"] = message.State.ToString(),
        ["SettledAt"] = message.SettledAt,
    };

    private static OutboxMessage Read(TableEntity row) => new(
        row.GetString("Id"),
        row.GetString("Recipient"),
        new LocalizedText(row.GetString("SubjectJa"), row.GetString("SubjectEn")),
        new LocalizedText(row.GetString("BodyJa"), row.GetString("BodyEn")),
        row.GetString("About"),
        row.GetDateTimeOffset("QueuedAt")!.Value,
        Enum.Parse<MessageState>(row.GetString("State")),
        row.GetDateTimeOffset("SettledAt"));
}
