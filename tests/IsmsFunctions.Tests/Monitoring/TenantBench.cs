using System.IO.Compression;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Monitoring.Snapshots;
using IsmsFunctions.Organizations;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Evidence;
using Microsoft.Extensions.Options;
using SampleTenant;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>The collectors' activities against the sample tenant and an Azurite, on a clock that jumps over every wait.</summary>
internal sealed class TenantBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 4, 10, 18, 0, 0, TimeSpan.Zero);
    private readonly AzuriteLease azurite;

    private TenantBench(AzuriteLease azurite, SampleTenantServer tenant, JumpingClock clock)
    {
        (this.azurite, Tenant, Clock) = (azurite, tenant, clock);
        var graph = Options.Create(new GraphOptions { BaseAddress = tenant.BaseAddress, AttemptTimeout = TimeSpan.FromSeconds(30) });
        var (tables, blobs) = (new TableClientOptions(), new BlobClientOptions());
        tables.AddPolicy(new Counting(this), HttpPipelinePosition.PerCall);
        blobs.AddPolicy(new Counting(this), HttpPipelinePosition.PerCall);
        var storage = new StorageAccounts(new TableServiceClient(azurite.ConnectionString, tables), new BlobServiceClient(azurite.ConnectionString, blobs));
        Monitoring = Options.Create(new MonitoringOptions());
        States = new StateStore(storage, clock);
        Organizations = new OrganizationStore(States, Options.Create(new IsmsOptions { OrganizationFile = Repository.SampleOrganization }), clock);
        Blobs = new EvidenceBlobs(storage);
        Evidence = new EvidenceStore(Blobs, new EvidenceIndex(storage, Blobs, clock), new Ledger(storage, clock));
        Http = new GraphHttp(graph, new TenantCredential(tenant) { Asked = KillWhenDue });
        Requests = new GraphRequests(Http, new Pacing(graph, clock), graph, clock);
        var pull = new GraphPull(Http, Requests, graph, clock);
        Sections = new RowSections(Evidence, Blobs);
        Engine = new CollectionEngine(Evidence, Sections, pull, new BatchPull(Http, Requests, pull, clock), Requests, Monitoring, clock);
        Runs = new CollectorRuns(States, Organizations, Monitoring, clock);
        Windows = new LogWindows(Runs, Evidence, Blobs, Engine, Sections, Organizations, Alarm, Monitoring, clock);
        DirectoryAudits = new DirectoryAuditsActivities(Windows);
        Snapshots = new SnapshotActivities(Runs, Evidence, Engine, Sections, Organizations, Alarm, Monitoring, Http, clock);
        SignIns = new SignInsActivities(Windows);
        AccessRights = new AccessRightsActivities(Runs, Evidence, Blobs, Engine, Organizations, Alarm, Monitoring, clock);
    }

    /// <summary>The request to Graph, counted from here, at which the process ends; null once it has.</summary>
    public int? KillAtRequest { get; set; }

    /// <summary>Activities that pulled.</summary>
    public int Turns { get; private set; }

    /// <summary>Requests made to storage.</summary>
    public int StorageRequests { get; set; }

    public SampleTenantServer Tenant { get; }

    public JumpingClock Clock { get; }

    public IOptions<MonitoringOptions> Monitoring { get; }

    public StateStore States { get; }

    public OrganizationStore Organizations { get; }

    public EvidenceBlobs Blobs { get; }

    public EvidenceStore Evidence { get; }

    public GraphHttp Http { get; }

    public GraphRequests Requests { get; }

    public RowSections Sections { get; }

    public CollectionEngine Engine { get; }

    public CollectorRuns Runs { get; }

    public LogWindows Windows { get; }

    public SignInsActivities SignIns { get; }

    public AccessRightsActivities AccessRights { get; }

    public DirectoryAuditsActivities DirectoryAudits { get; }

    public SnapshotActivities Snapshots { get; }

    public HeardAlarm Alarm { get; } = new();

    public static async Task<TenantBench> StartAsync(Func<SampleTenantOptions, SampleTenantOptions>? configure = null)
    {
        var clock = new JumpingClock(Now);
        var options = new SampleTenantOptions { Users = 40, Clock = clock, SignInsPerDay = 3_000 };
        var tenant = await SampleTenantServer.StartAsync(configure?.Invoke(options) ?? options);
        var bench = new TenantBench(await AzuriteLease.TakeAsync(), tenant, clock);
        await bench.States.PrepareAsync(default);
        await bench.Evidence.PrepareAsync(default);
        await bench.Organizations.ImportFileOnceAsync(default);
        return bench;
    }

    public async Task FaultAsync(params FaultRule[] rules)
    {
        using var http = new HttpClient { BaseAddress = Tenant.BaseAddress };
        using var answer = await http.PostAsync("/_tenant/faults", new StringContent(JsonSerializer.Serialize(rules, JsonSerializerOptions.Web), null, "application/json"));
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearFaultsAsync()
    {
        using var http = new HttpClient { BaseAddress = Tenant.BaseAddress };
        using var answer = await http.DeleteAsync("/_tenant/faults");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Plays the sign-ins orchestration without its engine.</summary>
    public async Task<EvidenceManifest[]> CollectSignInsAsync(string by = "ito", (DateTimeOffset, DateTimeOffset)? window = null)
    {
        var run = await BeginAsync(CollectorCatalogue.SignIns, by, window);
        var windows = await SignIns.PlanSignInWindows(new PlanWindows(run.InstanceId), default);
        for (var i = 0; i < windows.Count; i++)
        {
            await PullAsync((final, before) => SignIns.CollectSignInWindow(
                new CollectSignInWindowInput(run.InstanceId, windows[i], i == windows.Count - 1, final, before), default));
        }

        return await Task.WhenAll(windows.Select(async w => (await Evidence.FindAsync(w.Item.Id, default))!));
    }

    /// <summary>Plays the access rights orchestration without its engine.</summary>
    public async Task<EvidenceManifest> CollectAccessRightsAsync()
    {
        var run = await BeginAsync(CollectorCatalogue.AccessRights, "ito", null);
        await PullAsync((final, before) => AccessRights.TakeAccessRights(new TakeAccessRightsInput(run.InstanceId, run.StartedAt, final, before), default));
        var state = await Runs.FindAsync(CollectorCatalogue.AccessRights.Name, default);
        return (await Evidence.FindAsync(state.Collected[^1].EvidenceId, default))!;
    }

    /// <summary>Plays the orchestration of the directory's audit log without its engine.</summary>
    public async Task<EvidenceManifest[]> CollectDirectoryAuditsAsync(string by = "schedule", (DateTimeOffset, DateTimeOffset)? window = null)
    {
        var run = await BeginAsync(CollectorCatalogue.DirectoryAudits, by, window);
        var windows = await DirectoryAudits.PlanDirectoryAuditWindows(new PlanWindows(run.InstanceId), default);
        for (var i = 0; i < windows.Count; i++)
        {
            await PullAsync((final, before) => DirectoryAudits.CollectDirectoryAuditWindow(
                new CollectLogWindowInput(run.InstanceId, windows[i], i == windows.Count - 1, final, before), default));
        }

        return await Task.WhenAll(windows.Select(async w => (await Evidence.FindAsync(w.Item.Id, default))!));
    }

    /// <summary>Plays the orchestration of a snapshot without its engine.</summary>
    public async Task<EvidenceManifest> CollectSnapshotAsync(Collector collector, string by = "ito")
    {
        var run = await BeginAsync(collector, by, null);
        await PullAsync((final, before) => Snapshots.TakeSnapshot(new TakeSnapshotInput(collector.Name, run.InstanceId, run.StartedAt, final, before), default));
        var state = await Runs.FindAsync(collector.Name, default);
        return (await Evidence.FindAsync(state.Collected[^1].EvidenceId, default))!;
    }

    /// <summary>The stored rows of a kind.</summary>
    public async Task<string[]> RowsAsync(EvidenceManifest item, string kind)
    {
        var query = item.Source.Graph!.Requests.Single(r => r.Kind == kind);
        var lines = await LinesAsync(item, query.File!);
        for (var part = 2; part <= query.Parts; part++)
        {
            lines = [.. lines, .. await LinesAsync(item, RowSections.OwnPath(kind, part))];
        }

        return query.Sha256 is null
            ? lines
            : [.. lines.SkipWhile(l => l != $$"""{"@isms.section":"{{kind}}"}""").Skip(1).TakeWhile(l => !l.StartsWith("{\"@isms.", StringComparison.Ordinal))];
    }

    /// <summary>The lines of a stored file.</summary>
    public async Task<string[]> LinesAsync(EvidenceManifest item, string path)
    {
        await using var stream = await Evidence.OpenAsync(item, path, default);
        using var reader = new StreamReader(new GZipStream(stream!, CompressionMode.Decompress));
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task<JsonElement> JsonAsync(EvidenceManifest item, string path)
    {
        await using var stream = await Evidence.OpenAsync(item, path, default);
        return (await JsonDocument.ParseAsync(stream!)).RootElement;
    }

    /// <summary>What the tenant answers to a query, all pages, asked for without the app's code.</summary>
    public async Task<string[]> TenantRowsAsync(string query)
    {
        using var http = new HttpClient();
        var token = await new TenantCredential(Tenant).GetTokenAsync(new TokenRequestContext(["x"]), default);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.Token);
        var rows = new List<string>();
        for (var next = new Uri(Tenant.BaseAddress, query); next is not null;)
        {
            using var answer = await http.GetAsync(next);
            if ((int)answer.StatusCode == 429)
            {
                Clock.Jump(TimeSpan.FromSeconds(11));
                continue;
            }

            using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            rows.AddRange(page.RootElement.GetProperty("value").EnumerateArray().Select(r => r.GetRawText()));
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!) : null;
        }

        return [.. rows];
    }

    /// <summary>What the tenant answers to a question about one object.</summary>
    public async Task<string> TenantBodyAsync(string query)
    {
        using var http = new HttpClient();
        var token = await new TenantCredential(Tenant).GetTokenAsync(new TokenRequestContext(["x"]), default);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.Token);
        return await http.GetStringAsync(new Uri(Tenant.BaseAddress, query));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Tenant.DisposeAsync();
        azurite.Dispose();
    }

    private async Task<CollectorRun> BeginAsync(Collector collector, string by, (DateTimeOffset From, DateTimeOffset To)? window)
    {
        var now = Clock.GetUtcNow();
        var state = await Runs.UpdateAsync(
            collector.Name,
            s => CollectorRules.Begin(s, new CollectorRun(CollectorRules.InstanceIdOf(collector.Name, s, now), now, by, window?.From, window?.To)), default);
        return state.Active!;
    }

    private async Task PullAsync(Func<bool, PullOutcome?, Task<PullOutcome>> pull)
    {
        PullOutcome? before = null;
        for (var attempt = 1; ; attempt += before.IsOutOfTime ? 0 : 1)
        {
            Turns++;
            before = await pull(attempt >= 4, before);
            if (before.ResumeAt is not { } resume)
            {
                return;
            }

            Clock.Jump(before.IsOutOfTime ? TimeSpan.Zero : resume - Clock.GetUtcNow());
        }
    }

    /// <summary>Every request asks for its token first.</summary>
    private void KillWhenDue()
    {
        if (KillAtRequest is { } left && (KillAtRequest = left - 1) == 0)
        {
            KillAtRequest = null;
            throw new KilledException();
        }
    }

    /// <summary>Stands for the end of the process: nothing catches it.</summary>
    private sealed class KilledException : Exception;

    private sealed class Counting(TenantBench bench) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The app sends asynchronously.");

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            bench.StorageRequests++;
            return ProcessNextAsync(message, pipeline);
        }
    }

    /// <summary>Gets its tokens where a managed identity does.</summary>
    internal sealed class TenantCredential(SampleTenantServer tenant) : TokenCredential
    {
        /// <summary>Is told of each request for a token.</summary>
        public Action Asked { get; init; } = () => { };

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked();
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Add("X-IDENTITY-HEADER", tenant.IdentityHeader);
            using var answer = JsonDocument.Parse(await http.GetStringAsync(
                new Uri(tenant.IdentityEndpoint, $"?api-version=2019-08-01&resource={tenant.BaseAddress}"), cancellationToken));
            return new AccessToken(answer.RootElement.GetProperty("access_token").GetString()!, DateTimeOffset.MaxValue);
        }
    }
}

/// <summary>Keeps the alerts.</summary>
internal sealed class HeardAlarm : ICollectorAlarm
{
    public List<CollectorAlert> Alerts { get; } = [];

    public Task RaiseAsync(IReadOnlyList<CollectorAlert> alerts, CancellationToken cancellationToken)
    {
        Alerts.AddRange(alerts);
        return Task.CompletedTask;
    }
}

/// <summary>A clock that stands still, and jumps ahead when somebody waits for it.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = start;

    /// <summary>How long was waited for in all.</summary>
    public TimeSpan Waited { get; private set; }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public void Jump(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            lock (gate)
            {
                now += dueTime;
                Waited += dueTime;
            }
        }

        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
