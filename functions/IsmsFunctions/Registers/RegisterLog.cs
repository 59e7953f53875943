using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Isms.Registers;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Registers;

/// <summary>
/// The commits of the registers in Table storage, one row each, under their numbers. Adding the row is the commit: it holds all changes or names the blob that
/// does, and of two writers who saw the same last commit the storage accepts one.
/// </summary>
public sealed class RegisterLog(StorageAccounts storage, RegisterBlobs blobs)
{
    /// <summary>The table.</summary>
    public const string TableName = "IsmsRegisters";

    private const string Partition = "log";
    private const int ChunkLength = 60_000; // bytes: a binary property holds 64 KiB
    private const int MostChunks = 8;
    private readonly TableClient table = storage.Tables.GetTableClient(TableName);

    // Tells whether a row that is there already is this very attempt, whose answer got lost.
    private readonly string process = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}.{Environment.ProcessId}.{System.Diagnostics.Stopwatch.GetTimestamp():x}");

    private long attempts;

    /// <summary>Creates table and container if they are not there.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await table.CreateIfNotExistsAsync(cancellationToken);
        await blobs.PrepareAsync(cancellationToken);
    }

    /// <summary>Adds the commit, unless another one has its number. Returns whether it was added.</summary>
    public async Task<bool> TryAddAsync(RegisterCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var row = new TableEntity(Partition, RowKeyOf(commit.Version))
        {
            ["At"] = commit.At,
            ["AtTicks"] = commit.At.UtcTicks,
            ["By"] = commit.By,
            ["Origin"] = commit.Origin,
            ["Key"] = commit.Key,
            ["Count"] = commit.Changes.Count,
            ["Attempt"] = string.Create(CultureInfo.InvariantCulture, $"{process}.{Interlocked.Increment(ref attempts)}"),
        };
        var changes = RegisterPacking.Pack(commit.Changes);
        if (changes.Length > ChunkLength * MostChunks)
        {
            // Stored before it is named: a row never names a blob that is not there. One that no row names is only forgotten.
            row["Blob"] = await blobs.AddChangesAsync(changes, cancellationToken);
        }
        else
        {
            for (var (chunk, start) = (0, 0); start < changes.Length; chunk++, start += ChunkLength)
            {
                row["Changes" + chunk] = changes[start..Math.Min(changes.Length, start + ChunkLength)];
            }
        }

        return await TryAddAsync(row, cancellationToken);
    }

    /// <summary>The commits after a number, in order.</summary>
    public async IAsyncEnumerable<RegisterCommit> ReadAfterAsync(long version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {RowKeyOf(version)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return await ReadAsync(row, cancellationToken);
        }
    }

    /// <summary>The commit of a number.</summary>
    public async Task<RegisterCommit> ReadAsync(long version, CancellationToken cancellationToken) =>
        await ReadAsync((await table.GetEntityAsync<TableEntity>(Partition, RowKeyOf(version), cancellationToken: cancellationToken)).Value, cancellationToken);

    private static string RowKeyOf(long version) => version.ToString("D12", CultureInfo.InvariantCulture);

    private async Task<bool> TryAddAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var present = (await table.GetEntityAsync<TableEntity>(Partition, row.RowKey, ["Attempt"], cancellationToken)).Value;
            return present.GetString("Attempt") == (string)row["Attempt"];
        }
    }

    private async Task<RegisterCommit> ReadAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var packed = row.GetString("Blob") is { } blob
            ? await blobs.ReadChangesAsync(blob, cancellationToken)
            : [.. row.Keys.Where(k => k.StartsWith("Changes", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(k => row.GetBinary(k))];
        return new RegisterCommit
        {
            Version = long.Parse(row.RowKey, CultureInfo.InvariantCulture),
            At = new DateTimeOffset(row.GetInt64("AtTicks")!.Value, TimeSpan.Zero),
            By = row.GetString("By"),
            Origin = row.GetString("Origin"),
            Key = row.GetString("Key"),
            Changes = RegisterPacking.Unpack<IReadOnlyList<CommittedChange>>(packed),
        };
    }
}
