using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Isms.Sealing;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Sealing;

/// <summary>Keeps signed heads and the keys that signed them, beside the ledger; neither is ever changed or removed.</summary>
public sealed class SealStore(StorageAccounts storage)
{
    private const string Heads = "heads";
    private const string Keys = "keys";
    private const string Stamps = "anchors";
    private readonly TableClient table = storage.Tables.GetTableClient(Ledger.TableName);

    /// <summary>Signed heads, the smallest first.</summary>
    /// <param name="after">Only those of more entries than this.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public IAsyncEnumerable<SignedHead> ListAsync(long after, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Heads} and RowKey ge {RowOf(after + 1)}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(Read);
    }

    /// <summary>The head that was signed at this size, or null.</summary>
    public async Task<SignedHead?> FindAsync(long size, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Heads, RowOf(size), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Stores a head, or returns the one that is there for its size: the first one stays.</summary>
    public async Task<SignedHead> AddAsync(SignedHead head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        var row = new TableEntity(Heads, RowOf(head.Size)) { ["Size"] = head.Size, ["Root"] = head.Root, ["At"] = head.At, ["KeyId"] = head.KeyId, ["Signature"] = head.Signature };
        return await TryAddAsync(row, cancellationToken) ? head : (await FindAsync(head.Size, cancellationToken))!;
    }

    /// <summary>Keeps a key, once.</summary>
    public Task<bool> AddAsync(SealingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return TryAddAsync(new TableEntity(Keys, key.Id) { ["PublicKey"] = key.PublicKey, ["Since"] = key.Since }, cancellationToken);
    }

    /// <summary>Keeps what a time-stamping authority said, or returns what it said before.</summary>
    public async Task<Anchor> AddAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var row = new TableEntity(Stamps, RowOf(anchor.Size)) { ["Size"] = anchor.Size, ["Authority"] = anchor.Authority, ["At"] = anchor.At, ["Token"] = anchor.Token };
        return await TryAddAsync(row, cancellationToken) ? anchor : (await FindAnchorAsync(anchor.Size, cancellationToken))!;
    }

    /// <summary>The anchor of the head at this size, or null.</summary>
    public async Task<Anchor?> FindAnchorAsync(long size, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Stamps, RowOf(size), cancellationToken: cancellationToken);
        return row.HasValue ? ReadAnchor(row.Value!) : null;
    }

    /// <summary>All anchors, the smallest head first.</summary>
    public IAsyncEnumerable<Anchor> ListAnchorsAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Stamps}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(ReadAnchor);
    }

    /// <summary>All keys there have been, by id.</summary>
    public async Task<IReadOnlyDictionary<string, SealingKey>> KeysAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys}");
        var keys = table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Select(row => new SealingKey(row.RowKey, row.GetString("PublicKey"), row.GetDateTimeOffset("Since")!.Value));
        return await keys.ToDictionaryAsync(k => k.Id, StringComparer.Ordinal, cancellationToken: cancellationToken);
    }

    private async Task<bool> TryAddAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    private static SignedHead Read(TableEntity row) => new(
        row.GetInt64("Size")!.Value, row.GetString("Root"), row.GetDateTimeOffset("At")!.Value, row.GetString("KeyId"), row.GetString("Signature"));

    private static Anchor ReadAnchor(TableEntity row) =>
        new(row.GetInt64("Size")!.Value, row.GetString("Authority"), row.GetDateTimeOffset("At")!.Value, row.GetString("Token"));

    private static string RowOf(long size) => size.ToString("000000000000", CultureInfo.InvariantCulture);
}
