using System.Text.Json;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SampleTenant;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Collectors whose tenant or storage is in trouble, through the whole app: what can wait is waited for, what cannot is said and made up for.</summary>
public sealed class CollectorTroubleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 4, 10, 3, 0, 0, TimeSpan.Zero);
    private readonly FollowingClock clock = new(Start);
    private readonly BlobOutage outage = new();
    private SampleTenantServer tenant = null!;
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        tenant = await SampleTenantServer.StartAsync(new SampleTenantOptions { Users = 20, Clock = clock });
        app = await RunningApp.StartAsync(
            Start,
            configure: builder => builder.Services
                .AddSingleton(p => new GraphHttp(p.GetRequiredService<IOptions<GraphOptions>>(), new TenantBench.TenantCredential(tenant)))
                .AddSingleton(outage.Storage),
            settings: [$"Graph:BaseAddress={tenant.BaseAddress}"]);
        clock.Leader = app.Clock;
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await tenant.DisposeAsync();
    }

    [Theory]
    [InlineData("sign-ins", "/auditLogs/*")]
    [InlineData("access-rights", "/groups")]
    public async Task A_collector_that_is_put_off_for_an_hour_goes_on_after_it(string collector, string path)
    {
        await FaultAsync(new FaultRule { Path = path, Kind = FaultKind.TooManyRequests, RetryAfterSeconds = 3_600, Nth = 1 });

        var run = await RunAsync(collector, TimeSpan.FromHours(3));

        Assert.Equal(("completed", "complete"), ((string?)run.Json["status"], (string?)run.Json["completeness"]));
        Assert.True(DateTimeOffset.Parse((string)run.Json["endedAt"]!, null) >= Start.AddHours(1), run.Text);
    }

    [Theory]
    [InlineData("sign-ins", "/auditLogs/*")]
    [InlineData("access-rights", "/groups")]
    public async Task A_collector_that_is_put_off_again_and_again_ends_with_a_named_gap(string collector, string path)
    {
        await FaultAsync(new FaultRule { Path = path, Kind = FaultKind.TooManyRequests, RetryAfterSeconds = 3_600, Probability = 1 });

        var run = await RunAsync(collector, TimeSpan.FromDays(2));

        Assert.Equal(("completed", "partial"), ((string?)run.Json["status"], (string?)run.Json["completeness"]));
    }

    [Theory]
    [InlineData("sign-ins")]
    [InlineData("access-rights")]
    [InlineData("directory-audits")]
    [InlineData("accounts")]
    public async Task A_collector_that_cannot_store_what_it_collects_fails_and_the_next_run_succeeds(string collector)
    {
        outage.IsOn = true;
        Assert.Equal("failed", (string?)(await RunAsync(collector, TimeSpan.FromHours(1))).Json["status"]);

        outage.IsOn = false;
        var next = await RunAsync(collector, TimeSpan.FromHours(1));

        Assert.Equal(("completed", "complete"), ((string?)next.Json["status"], (string?)next.Json["completeness"]));
    }

    private async Task<Answer> RunAsync(string collector, TimeSpan time)
    {
        var accepted = (await app.PostAsync("secretariat", $"collectors/{collector}/run")).Expect(202);
        await app.RunUntilAsync(app.Now + time);
        return (await app.GetAsync("secretariat", accepted.Location!["/api/".Length..])).Expect(200);
    }

    private async Task FaultAsync(FaultRule rule)
    {
        using var http = new HttpClient { BaseAddress = tenant.BaseAddress };
        using var answer = await http.PostAsync("/_tenant/faults", new StringContent(JsonSerializer.Serialize(new[] { rule }, JsonSerializerOptions.Web), null, "application/json"));
        answer.EnsureSuccessStatusCode();
    }
}
