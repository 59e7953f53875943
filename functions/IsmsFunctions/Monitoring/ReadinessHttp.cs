using Isms.Text;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Monitoring;

/// <summary>A collector's readiness, as shown.</summary>
/// <param name="Collector">Its name.</param>
/// <param name="Title">Its title.</param>
/// <param name="State"><c>ready</c>, <c>limited</c> when something was missing the last time, or <c>not-run</c>.</param>
/// <param name="Missing">What was missing.</param>
public sealed record CollectorReadinessView(string Collector, LocalizedText Title, string State, IReadOnlyList<CollectorKindView> Missing);

/// <summary>Whether the tenant lets the collectors have what they need.</summary>
public sealed class ReadinessHttp(CollectorRuns runs, CollectorReadiness readiness)
{
    /// <summary>Tells for each collector what was missing when it ran last, and what to do about it; and all permissions and licences that the collectors take.</summary>
    [Function(nameof(GetReadiness))]
    public async Task<IResult> GetReadiness(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/readiness")] HttpRequest request, CancellationToken cancellationToken)
    {
        var collectors = await Task.WhenAll(CollectorCatalogue.All.Select(c => ViewOfAsync(c, cancellationToken)));
        var kinds = CollectorCatalogue.All.SelectMany(CollectorReadiness.KindsOf).ToList();
        return Answers.Ok(new
        {
            isReady = collectors.All(c => c.State == "ready"),
            collectors,
            permissions = kinds.SelectMany(k => k.Permissions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            licences = kinds.Select(k => k.Licence).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        });
    }

    private async Task<CollectorReadinessView> ViewOfAsync(Collector collector, CancellationToken cancellationToken)
    {
        var state = await runs.FindAsync(collector.Name, cancellationToken);
        var missing = (await readiness.KindsAsync(collector, state, cancellationToken)).Where(k => k.Gap is not null).ToList();
        return new CollectorReadinessView(collector.Name, collector.Title, state.Collected.Count == 0 ? "not-run" : missing.Count == 0 ? "ready" : "limited", missing);
    }
}
