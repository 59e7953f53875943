using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Organizations;
using Microsoft.Extensions.Options;

namespace Benchmarks;

/// <summary>The app's collection of access rights, twice with a month between: what it takes, and what changed in the month.</summary>
internal sealed class AccessRightsBench
{
    private static readonly DateTimeOffset First = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly AddedTime clock = new();
    private readonly EvidenceStore evidence;
    private readonly CollectorRuns runs;
    private readonly AccessRightsActivities activities;
    private readonly StateStore states;
    private readonly OrganizationStore organizations;

    private AccessRightsBench(GraphHttp http, IOptions<GraphOptions> graph, string storage, string organization)
    {
        var accounts = new StorageAccounts(new TableServiceClient(storage), new BlobServiceClient(storage));
        var monitoring = Options.Create(new MonitoringOptions());
        states = new StateStore(accounts, clock);
        organizations = new OrganizationStore(states, Options.Create(new IsmsOptions { OrganizationFile = organization }), clock);
        var blobs = new EvidenceBlobs(accounts);
        evidence = new EvidenceStore(blobs, new EvidenceIndex(accounts, blobs, clock), new Ledger(accounts, clock));
        var requests = new GraphRequests(http, new Pacing(graph, clock), graph, clock);
        var pull = new GraphPull(http, requests, graph, clock);
        var engine = new CollectionEngine(
            evidence, new RowSections(evidence, blobs), pull, new BatchPull(http, requests, pull, clock), requests, monitoring, clock);
        runs = new CollectorRuns(states, organizations, monitoring, clock);
        activities = new AccessRightsActivities(runs, evidence, blobs, engine, organizations, new Silence(), monitoring, clock);
    }

    /// <summary>Measures the collections of a tenant whose present is what a file says.</summary>
    public static async Task RunAsync(Uri tenant, string clockFile, string storage, string organization)
    {
        // The budgets are not what is measured: the limiters allow what the machine cannot ask for.
        var graph = Options.Create(new GraphOptions { BaseAddress = tenant, PacingScale = 200 });
        using var http = new GraphHttp(graph, new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned));
        var bench = new AccessRightsBench(http, graph, storage, organization);
        await bench.states.PrepareAsync(default);
        await bench.evidence.PrepareAsync(default);
        await bench.organizations.ImportFileOnceAsync(default);
        var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await bench.CollectAsync(First, clockFile);
        var second = await bench.CollectAsync(First.AddMonths(1), clockFile);
        var (seconds, spent) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        if (second.Completeness.Gaps.Count > 0)
        {
            throw new InvalidOperationException($"{second.Completeness.Gaps[0].What}: {second.Completeness.Gaps[0].Detail}");
        }

        await using var file = await bench.evidence.OpenAsync(second, AccessRightsActivities.SummaryFile, default);
        var summary = (await JsonNode.ParseAsync(file!))!;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            users = (int)summary["users"]!,
            assignments = summary["rights"]!.AsObject().Sum(r => (int)r.Value!),
            seconds = Math.Round(seconds, 1),
            cpuSeconds = Math.Round(spent, 1),
            peakMemoryMb = ProcessMemory.PeakMb,
            workbookBytes = second.Files.First(f => f.Path.EndsWith(".ja.xlsx", StringComparison.Ordinal)).Length,
            gained = (int)summary["gained"]!,
            lost = (int)summary["lost"]!,
        }));
    }

    private async Task<EvidenceManifest> CollectAsync(DateTimeOffset at, string clockFile)
    {
        await File.WriteAllTextAsync(clockFile, at.ToString("O", CultureInfo.InvariantCulture));
        clock.SetTo(at);
        var name = CollectorCatalogue.AccessRights.Name;
        // Asked for by a person: those runs have their workbook at once.
        var state = await runs.UpdateAsync(name, s => CollectorRules.Begin(s, new CollectorRun(CollectorRules.InstanceIdOf(name, s, at), at, "bench", null, null)), default);
        PullOutcome? before = null;
        do
        {
            before = await activities.TakeAccessRights(new TakeAccessRightsInput(state.Active!.InstanceId, at, Final: true, before), default);
        }
        while (before.ResumeAt is not null);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Collected {at:yyyy-MM-dd}; the most memory so far: {ProcessMemory.PeakMb} MB."));
        state = await runs.FindAsync(name, default);
        return (await evidence.FindAsync(state.Collected[^1].EvidenceId, default))!;
    }

    /// <summary>The computer's clock, ahead or behind by some time.</summary>
    private sealed class AddedTime : TimeProvider
    {
        private TimeSpan added;

        public void SetTo(DateTimeOffset present) => added = present - base.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + added;
    }

    private sealed class Silence : ICollectorAlarm
    {
        public Task RaiseAsync(IReadOnlyList<CollectorAlert> alerts, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
