using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

/// <summary>Keeps schedule statuses where the Functions host keeps them: <c>azure-webjobs-hosts/timers/{host}/{function}/status</c>.</summary>
internal sealed class ScheduleStatusStore(IConfiguration settings, IHostEnvironment environment)
{
    private const string Container = "azure-webjobs-hosts";
    private const int LongestHostId = 32;
    private readonly Lazy<BlobContainerClient> container = new(() => new BlobContainerClient(
        settings["AzureWebJobsStorage"] ?? throw new InvalidOperationException("Timer functions keep their schedule status in AzureWebJobsStorage, which is not set."),
        Container));

    private bool containerExists;

    public async Task<ScheduleStatus?> ReadAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await Blob(function).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task WriteAsync(string function, ScheduleStatus status, CancellationToken cancellationToken)
    {
        if (!containerExists)
        {
            await container.Value.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            containerExists = true;
        }

        await Blob(function).UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(status)), overwrite: true, cancellationToken);
    }

    private BlobClient Blob(string function) => container.Value.GetBlobClient($"timers/{HostId()}/Host.Functions.{function}/status");

    private string HostId()
    {
        if (settings["AzureFunctionsWebHost:hostid"] is { Length: > 0 } configured)
        {
            return configured;
        }

        var letters = environment.ApplicationName.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        return string.Concat(letters.Take(LongestHostId)).Trim('-');
    }
}
