using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IsmsFunctions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>While it is on, no blob is reached; tables are.</summary>
internal sealed class BlobOutage : HttpPipelineSynchronousPolicy
{
    public bool IsOn { get; set; }

    /// <summary>The container that is away; all of them when null.</summary>
    public string? Container { get; set; }

    /// <summary>How often something was asked for in vain.</summary>
    public int Refusals { get; private set; }

    /// <summary>The app's storage, with this outage in front of the blobs.</summary>
    public StorageAccounts Storage(IServiceProvider services)
    {
        var connection = services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"];
        var options = new BlobClientOptions();
        options.AddPolicy(this, HttpPipelinePosition.PerCall);
        return new StorageAccounts(new TableServiceClient(connection), new BlobServiceClient(connection, options));
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsOn && (Container is null || message.Request.Uri.Path.Contains($"/{Container}/", StringComparison.Ordinal)))
        {
            Refusals++;
            throw new RequestFailedException(503, "The storage of blobs is away.");
        }
    }
}
