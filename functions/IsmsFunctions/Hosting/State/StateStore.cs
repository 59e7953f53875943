using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace IsmsFunctions.Hosting.State;

/// <summary>
/// Keeps the state of years, plan items, audits, corrective actions and the like: one table row a thing, changed under optimistic concurrency.
/// </summary>
/// <remarks>
/// The row is the truth; orchestrations only carry ids and react to it. A row also remembers which revision its workflow has seen
/// (<see cref="AcknowledgeAsync"/>), so that a wake-up that got lost is found and repeated.
/// </remarks>
public sealed class StateStore(StorageAccounts storage, TimeProvider clock)
{
    /// <summary>The table.</summary>
    public const string TableName = "IsmsState";

    private const int ChunkLength = 30_000; // characters: a string property holds 64 KiB of UTF-16
    private const int RememberedKeys = 40;
    private readonly TableClient table = storage.Tables.GetTableClient(TableName);
    private readonly LastSeen lastSeen = new();

    /// <summary>Creates the table if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => table.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>The value of this kind and id, or null.</summary>
    public async Task<Stored<T>?> FindAsync<T>(string kind, string id, CancellationToken cancellationToken = default)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(kind, id, cancellationToken: cancellationToken);
        return row.HasValue ? lastSeen.Remember(Read<T>(row.Value!)) : null;
    }

    /// <summary>Stores a new value; null when there is one of this id already.</summary>
    /// <param name="kind">The collection it belongs to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="value">The value.</param>
    /// <param name="idempotencyKey">The key of the command that does it, remembered with the value.</param>
    /// <param name="wakes">Whether a workflow has to be started for it; it stays pending until <see cref="AcknowledgeAsync"/>.</param>
    /// <param name="cancellationToken">Cancels before anything is sent.</param>
    public async Task<Stored<T>?> TryCreateAsync<T>(
        string kind, string id, T value, string? idempotencyKey = null, bool wakes = false, CancellationToken cancellationToken = default)
    {
        string[] keys = idempotencyKey is null ? [] : [idempotencyKey];
        var row = Write(kind, id, value, 1, keys, wakes);
        try
        {
            var response = await table.AddEntityAsync(row, cancellationToken);
            return lastSeen.Remember(new Stored<T>(kind, id, value, 1, response.Headers.ETag ?? default, keys, wakes));
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Replaces a value; null when somebody else changed or deleted it in between.</summary>
    /// <param name="stored">What was read.</param>
    /// <param name="value">What it becomes.</param>
    /// <param name="idempotencyKey">The key of the command that does it, remembered with the value.</param>
    /// <param name="wakes">Whether a workflow has to look at the change; it stays pending until <see cref="AcknowledgeAsync"/>.</param>
    /// <param name="cancellationToken">Cancels before anything is sent.</param>
    public async Task<Stored<T>?> TryReplaceAsync<T>(
        Stored<T> stored, T value, string? idempotencyKey = null, bool wakes = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var keys = idempotencyKey is null ? stored.AppliedKeys : [.. stored.AppliedKeys.TakeLast(RememberedKeys - 1), idempotencyKey];
        var pending = wakes || stored.Pending;
        var row = Write(stored.Kind, stored.Id, value, stored.Revision + 1, keys, pending);
        try
        {
            var response = await table.UpdateEntityAsync(row, stored.ETag, TableUpdateMode.Replace, cancellationToken);
            var etag = response.Headers.ETag ?? default;
            return lastSeen.Remember(stored with { Value = value, Revision = stored.Revision + 1, ETag = etag, AppliedKeys = keys, Pending = pending });
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            lastSeen.Forget(stored.Kind, stored.Id);
            return null;
        }
    }

    /// <summary>
    /// Changes a value by a pure function, again from the newest state when somebody was faster. <paramref name="change"/> returns the
    /// same reference to leave the value as it is.
    /// </summary>
    /// <param name="kind">The collection it belongs to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="change">The change.</param>
    /// <param name="idempotencyKey">The key of the command that does it, remembered with the value.</param>
    /// <param name="wakes">Whether a workflow has to look at the change; it stays pending until <see cref="AcknowledgeAsync"/>.</param>
    /// <param name="cancellationToken">Cancels before anything is sent.</param>
    /// <exception cref="KeyNotFoundException">There is no such value.</exception>
    public Task<Stored<T>> UpdateAsync<T>(
        string kind, string id, Func<T, T> change, string? idempotencyKey = null, bool wakes = false, CancellationToken cancellationToken = default) =>
        ChangeAsync(kind, id, () => throw new KeyNotFoundException($"There is no {kind} '{id}'."), change, idempotencyKey, wakes, cancellationToken);

    /// <summary>Changes a value as <see cref="UpdateAsync"/> does; one that is not there yet begins as <paramref name="initial"/>.</summary>
    public Task<Stored<T>> UpdateOrCreateAsync<T>(string kind, string id, T initial, Func<T, T> change, CancellationToken cancellationToken = default) =>
        ChangeAsync(kind, id, () => initial, change, idempotencyKey: null, wakes: false, cancellationToken);

    private async Task<Stored<T>> ChangeAsync<T>(
        string kind, string id, Func<T> initial, Func<T, T> change, string? idempotencyKey, bool wakes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await TryUpdateLastSeenAsync(kind, id, change, idempotencyKey, wakes, cancellationToken) is { } updated)
        {
            return updated;
        }

        while (true)
        {
            var stored = await FindAsync<T>(kind, id, cancellationToken);
            if (stored is not null && idempotencyKey is not null && stored.AppliedKeys.Contains(idempotencyKey))
            {
                return stored;
            }

            var value = change(stored is null ? initial() : stored.Value);
            if (stored is not null && ReferenceEquals(value, stored.Value))
            {
                return stored;
            }

            var kept = stored is null
                ? await TryCreateAsync(kind, id, value, idempotencyKey, wakes, cancellationToken)
                : await TryReplaceAsync(stored, value, idempotencyKey, wakes, cancellationToken);
            if (kept is not null)
            {
                return kept;
            }
        }
    }

    /// <summary>
    /// Changes a value as it was last seen here, which spares reading it. What comes of that counts only when it could be written, for then nobody has changed the value
    /// since; a refusal, or nothing to change, may be owed to an old state and is found out again from the present one.
    /// </summary>
    private async Task<Stored<T>?> TryUpdateLastSeenAsync<T>(
        string kind, string id, Func<T, T> change, string? idempotencyKey, bool wakes, CancellationToken cancellationToken)
    {
        if (lastSeen.Find<T>(kind, id) is not { } seen || (idempotencyKey is not null && seen.AppliedKeys.Contains(idempotencyKey)))
        {
            return null;
        }

        T value;
        try
        {
            value = change(seen.Value);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }

        return ReferenceEquals(value, seen.Value) ? null : await TryReplaceAsync(seen, value, idempotencyKey, wakes, cancellationToken);
    }

    /// <summary>All values of a kind whose id starts with <paramref name="idPrefix"/>, ordered by id.</summary>
    public IAsyncEnumerable<Stored<T>> ListAsync<T>(string kind, string idPrefix = "", CancellationToken cancellationToken = default) =>
        ListAfterAsync<T>(kind, idPrefix, null, cancellationToken);

    /// <summary>Those of the values that <see cref="ListAsync"/> finds whose id comes after <paramref name="after"/>; all of them, where it is null.</summary>
    public async IAsyncEnumerable<Stored<T>> ListAfterAsync<T>(
        string kind, string idPrefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(idPrefix);
        var filter = idPrefix.Length == 0
            ? TableClient.CreateQueryFilter($"PartitionKey eq {kind}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {kind} and RowKey ge {idPrefix} and RowKey lt {idPrefix + '\uffff'}");
        filter += after is null ? "" : " and " + TableClient.CreateQueryFilter($"RowKey gt {after}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read<T>(row);
        }
    }

    /// <summary>Removes a value that is only bookkeeping (evidence and history are never removed this way).</summary>
    public Task DeleteAsync(string kind, string id, CancellationToken cancellationToken = default)
    {
        lastSeen.Forget(kind, id);
        return table.DeleteEntityAsync(kind, id, ETag.All, cancellationToken);
    }

    /// <summary>Notes that the workflow of this value has seen its revision.</summary>
    public async Task AcknowledgeAsync<T>(Stored<T> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!stored.Pending)
        {
            return;
        }

        var row = new TableEntity(stored.Kind, stored.Id) { ["Pending"] = false };
        try
        {
            var response = await table.UpdateEntityAsync(row, stored.ETag, TableUpdateMode.Merge, cancellationToken);
            lastSeen.Remember(stored with { ETag = response.Headers.ETag ?? default, Pending = false });
        }
        catch (RequestFailedException e) when (e.Status is 412 or 404)
        {
            // Changed again since: that change brings its own wake-up, and the row stays pending until it has been seen.
        }
    }

    /// <summary>The ids of values that changed at or before <paramref name="changedUntil"/> without their workflow having seen it, by kind.</summary>
    public async IAsyncEnumerable<(string Kind, string Id)> ListPendingAsync(
        DateTimeOffset changedUntil, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = TableClient.CreateQueryFilter($"Pending eq true and ChangedAt le {changedUntil}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            yield return (row.PartitionKey, row.RowKey);
        }
    }

    private TableEntity Write<T>(string kind, string id, T value, long revision, IReadOnlyList<string> keys, bool pending)
    {
        var json = JsonSerializer.Serialize(value, Json.Options);
        var row = new TableEntity(kind, id)
        {
            ["Revision"] = revision,
            ["ChangedAt"] = clock.GetUtcNow(),
            ["Pending"] = pending,
            ["Keys"] = string.Join('\n', keys),
        };
        for (var (chunk, start) = (0, 0); start < json.Length; chunk++, start += ChunkLength)
        {
            row[string.Create(CultureInfo.InvariantCulture, $"Json{chunk:00}")] = json.Substring(start, Math.Min(ChunkLength, json.Length - start));
        }

        return row;
    }

    private static Stored<T> Read<T>(TableEntity row)
    {
        var chunks = row.Keys.Where(k => k.StartsWith("Json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(row.GetString);
        var value = JsonSerializer.Deserialize<T>(string.Concat(chunks), Json.Options)!;
        var keys = row.GetString("Keys") is { Length: > 0 } joined ? joined.Split('\n') : [];
        return new Stored<T>(row.PartitionKey, row.RowKey, value, row.GetInt64("Revision") ?? 0, row.ETag, keys, row.GetBoolean("Pending") ?? false);
    }
}
