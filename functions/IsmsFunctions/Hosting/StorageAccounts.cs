using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Hosting;

/// <summary>The clients of the account that holds state and evidence: by connection string locally, by managed identity in Azure.</summary>
public sealed class StorageAccounts
{
    /// <summary>Makes the clients; nothing is sent yet.</summary>
    public StorageAccounts(IOptions<IsmsOptions> options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        var account = settings.StorageAccount ?? configuration["AzureWebJobsStorage:accountName"];
        var connection = settings.Storage ?? (settings.StorageAccount is null ? configuration["AzureWebJobsStorage"] : null);
        if (!string.IsNullOrEmpty(connection))
        {
            Tables = new TableServiceClient(connection);
            Blobs = new BlobServiceClient(connection);
        }
        else if (!string.IsNullOrEmpty(account))
        {
            TokenCredential credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                ManagedIdentityClientId = configuration["AzureWebJobsStorage:clientId"],
            });
            Tables = new TableServiceClient(new Uri($"https://{account}.table.{settings.StorageSuffix}"), credential);
            Blobs = new BlobServiceClient(new Uri($"https://{account}.blob.{settings.StorageSuffix}"), credential);
        }
        else
        {
            throw new InvalidOperationException(
                "No storage is configured. Set AzureWebJobsStorage (connection string), or Isms__StorageAccount (account name, managed identity).");
        }
    }

    /// <summary>Uses clients that exist already.</summary>
    public StorageAccounts(TableServiceClient tables, BlobServiceClient blobs) => (Tables, Blobs) = (tables, blobs);

    /// <summary>Table storage.</summary>
    public TableServiceClient Tables { get; }

    /// <summary>Blob storage.</summary>
    public BlobServiceClient Blobs { get; }
}
