using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using IsmsFunctions.Hosting;
using static IsmsFunctions.Notifications.OutboxRows;

namespace IsmsFunctions.Notifications;

/// <summary>
/// Keeps messages from the moment somebody asks for one. Of each message there are, in one partition and hence changed together: the message (<c>m:</c>), a
/// mark while it waits (<c>q:</c>), and a line of the list by time (<c>t:</c>).
/// </summary>
public sealed class Outbox(StorageAccounts storage)
{
    /// <summary>The table.</summary>
    public const string TableName = "IsmsNotifications";

    /// <summary>The most messages that become one digest: a transaction has a hundred operations, three of which are the digest's own.</summary>
    public const int MostJoined = 90;

    /// <summary>Rows are read one by one, several at a time: a filter over many keys would make the service walk through the whole outbox.</summary>
    private const int ReadAtOnce = 8;

    /// <summary>A transaction has at most a hundred operations; an entry takes two.</summary>
    private const int MostMarked = 50;

    private readonly TableClient table = storage.Tables.GetTableClient(TableName);

    /// <summary>Creates the table if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Adds a message; false when there is one of its id already.</summary>
    public Task<bool> TryAddAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return TrySubmitAsync(
            [
                new(TableTransactionActionType.Add, Write(message, MessageKey(message.Id))),
                new(TableTransactionActionType.Add, Mark(message)),
                new(TableTransactionActionType.Add, Write(message, TimeKey(message))),
            ],
            cancellationToken);
    }

    /// <summary>
    /// Adds a digest and takes its entries out of the queue, all of it or nothing: an entry can neither be in two digests nor be lost between two. False when
    /// there is a digest of its id already, or when an entry has left the queue in between.
    /// </summary>
    public Task<bool> TryJoinAsync(OutboxMessage digest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return TrySubmitAsync(
            [
                new(TableTransactionActionType.Add, Write(digest, MessageKey(digest.Id))),
                new(TableTransactionActionType.Add, Mark(digest)),
                new(TableTransactionActionType.Add, Write(digest, TimeKey(digest))),
                .. digest.Entries.Select(id => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Partition, QueueKey(id)), ETag.All)),
            ],
            cancellationToken);
    }

    /// <summary>Notes of a digest's entries, as they were read before, that they are part of it.</summary>
    public async Task MarkJoinedAsync(OutboxMessage digest, IEnumerable<OutboxMessage> entries, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(digest);
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var portion in entries.Where(entry => entry.State == MessageState.Queued).Chunk(MostMarked))
        {
            var joined = portion.Select(entry => entry with { State = MessageState.Joined, SettledAt = at, DigestId = digest.Id });
            await table.SubmitTransactionAsync(joined.SelectMany(Replace), cancellationToken);
        }
    }

    /// <summary>The message of this id, or null.</summary>
    public async Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, MessageKey(id), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>The messages of these ids that there are, in the order of the ids.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> FindAllAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = new List<OutboxMessage>();
        foreach (var portion in ids.Chunk(ReadAtOnce))
        {
            found.AddRange((await Task.WhenAll(portion.Select(id => FindAsync(id, cancellationToken)))).OfType<OutboxMessage>());
        }

        return found;
    }

    /// <summary>Takes a message out of the queue, as it stands now.</summary>
    public async Task SettleAsync(OutboxMessage settled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settled);
        try
        {
            await table.SubmitTransactionAsync(
                [new(TableTransactionActionType.Delete, new TableEntity(Partition, QueueKey(settled.Id)), ETag.All), .. Replace(settled)], cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Somebody else settled it at the same time: nothing is left to do.
        }
    }

    /// <summary>Puts a message that had left the queue into it again; false when somebody else did.</summary>
    public Task<bool> TryRequeueAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        TrySubmitAsync([new(TableTransactionActionType.Add, Mark(message)), .. Replace(message)], cancellationToken);

    /// <summary>Notes that a message is about to be handed over, so that it is looked for before it is handed over again.</summary>
    public Task NoteAttemptAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        table.UpdateEntityAsync(new TableEntity(Partition, MessageKey(id)) { ["AttemptedAt"] = at }, ETag.All, TableUpdateMode.Merge, cancellationToken);

    /// <summary>Whether the message was about to be handed over before.</summary>
    public async Task<bool> WasAttemptedAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, MessageKey(id), ["AttemptedAt"], cancellationToken);
        return row.HasValue && row.Value!.GetDateTimeOffset("AttemptedAt") is not null;
    }

    /// <summary>The marks of messages that are due by an instant.</summary>
    public async IAsyncEnumerable<QueuedMark> ListDueAsync(DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge 'q:' and RowKey lt 'q;' and DueAt le {until}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return ReadMark(row);
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

    private static TableTransactionAction[] Replace(OutboxMessage message) =>
    [
        new(TableTransactionActionType.UpsertReplace, Write(message, MessageKey(message.Id))),
        new(TableTransactionActionType.UpsertReplace, Write(message, TimeKey(message))),
    ];

    private async Task<bool> TrySubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409)
        {
            return false;
        }
    }
}
