using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.Evidence;

/// <summary>
/// An empty Azurite for one test: the app's tables and containers have fixed names. Handed on to the next test when it is done, unless it is old: ten minutes after
/// its start an Azurite collects the garbage of the tests before, and answers nobody for minutes.
/// </summary>
internal sealed class AzuriteLease : IDisposable
{
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(6);
    private static readonly ConcurrentBag<AzuriteProcess> Idle = [];
    private readonly AzuriteProcess azurite;

    private AzuriteLease(AzuriteProcess azurite) => this.azurite = azurite;

    public string ConnectionString => azurite.ConnectionString;

    public static async Task<AzuriteLease> TakeAsync()
    {
        if (!Idle.TryTake(out var azurite))
        {
            return new AzuriteLease(await AzuriteProcess.StartAsync());
        }

        var tables = new TableServiceClient(azurite.ConnectionString);
        await foreach (var table in tables.QueryAsync())
        {
            await tables.DeleteTableAsync(table.Name);
        }

        var blobs = new BlobServiceClient(azurite.ConnectionString);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            await blobs.DeleteBlobContainerAsync(container.Name);
        }

        return new AzuriteLease(azurite);
    }

    public void Dispose()
    {
        if (azurite.Age < Old)
        {
            Idle.Add(azurite);
        }
        else
        {
            azurite.Dispose();
        }
    }
}
