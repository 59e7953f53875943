using System.Reflection;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Hosting;

/// <summary>Says whether the app and its storage are well.</summary>
public sealed class HealthHttp(StorageAccounts storage, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The app's version, as it stands in evidence.</summary>
    public static string Version { get; } =
        typeof(HealthHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>200 <c>Healthy</c>, or 503 naming what does not answer. Says nothing that needs an identity.</summary>
    [Function(nameof(GetHealth))]
    public async Task<IResult> GetHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tables = await AnswersAsync(async () => await organizations.FindAsync(cancellationToken));
        // A question about a container, not about the account: data roles do not cover the account's own settings.
        var blobs = await AnswersAsync(async () => await storage.Blobs.GetBlobContainerClient(EvidenceBlobs.ContainerName).ExistsAsync(cancellationToken));
        var healthy = tables && blobs;
        var health = new Health(healthy ? "Healthy" : "Unhealthy", Version, clock.GetUtcNow(), new HealthChecks(Word(tables), Word(blobs)));
        return Results.Json(health, Json.Options, statusCode: healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static string Word(bool well) => well ? "Healthy" : "Unhealthy";

    private static async Task<bool> AnswersAsync(Func<Task> check)
    {
        try
        {
            await check();
            return true;
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException or HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Health(string Status, string Version, DateTimeOffset Time, HealthChecks Checks);

    private sealed record HealthChecks(string Tables, string Blobs);
}
