using Isms.Monitoring;
using Isms.Rules;
using Isms.Text;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>The time to collect; both ends or none.</summary>
public sealed record RunCollectorBody(DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A collector, as shown.</summary>
public sealed record CollectorView(
    string Name, LocalizedText Title, string? Schedule, DateTimeOffset? Watermark, CollectorRunView? LastRun, string? Completeness, string? LatestEvidence)
{
    /// <summary>How often it runs, where it has no schedule of its own.</summary>
    public Cadence? Cadence { get; init; }

    /// <summary>What it asks for, what that takes, and what was missing the last time.</summary>
    public IReadOnlyList<CollectorKindView> Kinds { get; init; } = [];
}

/// <summary>A run, as shown: its status document.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Id">The run.</param>
/// <param name="Status"><c>running</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="StartedBy">Who asked, or <c>schedule</c>.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="From">The beginning that was asked for.</param>
/// <param name="To">The end that was asked for.</param>
/// <param name="Completeness">Of what it recorded; null when that is nothing.</param>
/// <param name="Evidence">The items it recorded.</param>
/// <param name="AlreadyHeld">Items that held parts of the time that was asked for; they were not pulled again.</param>
/// <param name="Error">The kind of error that ended it.</param>
public sealed record CollectorRunView(
    string Collector, string Id, string Status, DateTimeOffset StartedAt, string StartedBy, DateTimeOffset? EndedAt, DateTimeOffset? From, DateTimeOffset? To,
    string? Completeness, IReadOnlyList<string> Evidence, IReadOnlyList<string> AlreadyHeld, string? Error)
{
    /// <summary>What of a run is shown.</summary>
    public static CollectorRunView Of(string collector, CollectorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new CollectorRunView(
            collector, run.InstanceId, run.Status, run.StartedAt, run.StartedBy, run.EndedAt, run.From, run.To, run.Completeness, run.Evidence,
            run.AlreadyHeld, run.Error);
    }
}

/// <summary>Collectors over HTTP.</summary>
public sealed class CollectorHttp(CollectorRuns runs, CollectorReadiness readiness, IOptions<MonitoringOptions> options, IConfiguration configuration)
{
    /// <summary>Lists the collectors and how they fare.</summary>
    [Function(nameof(ListCollectors))]
    public async Task<IResult> ListCollectors(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/collectors")] HttpRequest request, CancellationToken cancellationToken)
    {
        var views = new List<CollectorView>();
        foreach (var collector in CollectorCatalogue.All)
        {
            var state = await runs.FindAsync(collector.Name, cancellationToken);
            var latest = state.Collected.Count > 0 ? state.Collected[^1] : null;
            views.Add(new CollectorView(
                collector.Name, collector.Title, configuration[collector.ScheduleSetting], state.Watermark,
                (state.Active ?? (state.Runs.Count > 0 ? state.Runs[^1] : null)) is { } run ? CollectorRunView.Of(collector.Name, run) : null,
                latest is null ? null : latest.Gaps.Count == 0 ? "complete" : "partial", latest?.EvidenceId)
            {
                Cadence = options.Value.CadenceOf(collector),
                Kinds = await readiness.KindsAsync(collector, state, cancellationToken),
            });
        }

        return Answers.Ok(new { items = views });
    }

    /// <summary>Starts a run, or answers the one that is under way.</summary>
    [Function(nameof(RunCollector))]
    public async Task<IResult> RunCollector(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/collectors/{name}/run")] HttpRequest request, string name,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var collector = Find(name);
        var body = await request.ReadOptionalBodyAsync<RunCollectorBody>(cancellationToken);
        var run = await runs.StartAsync(client, collector, Actor.Of(request).PersonId, WindowOf(collector, body), cancellationToken);
        return Answers.Accepted(request, $"/collectors/{name}/runs/{run.InstanceId}", CollectorRunView.Of(name, run));
    }

    /// <summary>Answers the status of a run.</summary>
    [Function(nameof(GetCollectorRun))]
    public async Task<IResult> GetCollectorRun(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/collectors/{name}/runs/{id}")] HttpRequest request, string name, string id,
        CancellationToken cancellationToken)
    {
        var collector = Find(name);
        var state = await runs.FindAsync(collector.Name, cancellationToken);
        var run = state.FindRun(id) ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-collector-run", "id", id, id));
        return Answers.Ok(CollectorRunView.Of(collector.Name, run));
    }

    private static Collector Find(string name)
    {
        var names = CollectorCatalogue.All.Select(c => c.Name).ToArray();
        return CollectorCatalogue.All.FirstOrDefault(c => c.Name == name)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-collector", "name", name, name, string.Join(", ", names)) with { Possible = names });
    }

    private static (DateTimeOffset, DateTimeOffset)? WindowOf(Collector collector, RunCollectorBody? body) => body switch
    {
        null or { From: null, To: null } => null,
        _ when !collector.IsLog => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "collector-takes-no-window", "from", null, collector.Name)),
        { From: { } from, To: { } to } => (from, to),
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "collector-window-incomplete", body.From is null ? "from" : "to")),
    };
}
