using System.Security.Cryptography;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SampleTenant;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Collectors through the whole app: HTTP, durable orchestrations, timers, storage, and Graph over HTTP.</summary>
public sealed class CollectorsOverHttpTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 4, 10, 3, 0, 0, TimeSpan.Zero);
    private readonly FollowingClock clock = new(Start);
    private SampleTenantServer tenant = null!;
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        tenant = await SampleTenantServer.StartAsync(new SampleTenantOptions { Users = 20, Clock = clock });
        app = await RunningApp.StartAsync(
            Start,
            configure: builder => builder.Services.AddSingleton(p =>
                new GraphHttp(p.GetRequiredService<IOptions<GraphOptions>>(), new TenantBench.TenantCredential(tenant))),
            settings: [$"Graph:BaseAddress={tenant.BaseAddress}", "Schedules:SignIns=0 30 * * * *", "Schedules:AccessRights=0 0 18 * * *",
                "AzureWebJobs:CollectSignInsOnSchedule:Disabled=false", "AzureWebJobs:CollectAccessRightsOnSchedule:Disabled=false",
                "Schedules:Collectors=0 30 18 * * *", "AzureWebJobs:CollectOnSchedule:Disabled=false"]);
        clock.Leader = app.Clock;
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await tenant.DisposeAsync();
    }

    [Fact]
    public async Task A_run_on_demand_leaves_evidence_that_downloads_with_the_hash_its_manifest_states()
    {
        var accepted = (await app.PostAsync("secretariat", "collectors/sign-ins/run")).Expect(202);
        Assert.Equal("/api/collectors/sign-ins/runs/collect-sign-ins-2026041003", accepted.Location);
        await app.RunUntilAsync(app.Now.AddMinutes(10));

        var run = (await app.GetAsync("secretariat", accepted.Location!["/api/".Length..])).Expect(200);
        Assert.Equal(("completed", "complete"), ((string?)run.Json["status"], (string?)run.Json["completeness"]));
        var items = (await app.GetAsync("auditor", "evidence?record=sign-in-log&control=A.8.15&fy=FY2026")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(run.Json["evidence"]!.AsArray().Select(e => (string?)e), items.Select(i => (string?)i!["id"]));
        foreach (var item in items)
        {
            foreach (var file in item!["files"]!.AsArray())
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"api/evidence/{item["id"]}/files/{file!["path"]}");
                request.Headers.Add("X-Isms-Persona", "auditor");
                using var download = await app.Http.SendAsync(request);
                var bytes = await download.Content.ReadAsByteArrayAsync();
                Assert.Equal((string?)file["sha256"], Convert.ToHexStringLower(SHA256.HashData(bytes)));
                Assert.Equal((long)file["length"]!, bytes.Length);
                Assert.Equal($"\"{file["sha256"]}\"", download.Headers.ETag!.Tag);
                Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
                Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
            }
        }
    }

    [Fact]
    public async Task A_run_while_one_is_under_way_is_the_same_run()
    {
        var first = (await app.PostAsync("secretariat", "collectors/access-rights/run")).Expect(202);
        var second = (await app.PostAsync("admin", "collectors/access-rights/run")).Expect(202);
        Assert.Equal(first.Location, second.Location);
        await app.RunUntilAsync(app.Now.AddMinutes(10));

        var third = (await app.PostAsync("admin", "collectors/access-rights/run")).Expect(202);
        Assert.Equal(first.Location + "-2", third.Location);
    }

    [Fact]
    public async Task Schedules_collect_each_day_once_and_leave_no_day_out()
    {
        await app.RunUntilAsync(Start.AddDays(3));

        var logs = (await app.GetAsync("secretariat", "evidence?record=sign-in-log")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(
            ["2026-04-08T15:00:00+00:00", "2026-04-09T15:00:00+00:00", "2026-04-10T15:00:00+00:00", "2026-04-11T15:00:00+00:00"],
            logs.Select(i => (string?)i!["period"]!["from"]));
        var sheets = (await app.GetAsync("secretariat", "evidence?record=access-rights-sheet")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(3, sheets.Count);
        Assert.All(logs.Concat(sheets), i => Assert.Equal("complete", (string?)i!["completeness"]!["status"]));
        var collectors = (await app.GetAsync("secretariat", "collectors")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(CollectorCatalogue.All.Select(c => c.Name), collectors.Select(c => (string?)c!["name"]));
        Assert.Equal("2026-04-12T15:00:00+00:00", (string?)collectors.Single(c => (string?)c!["name"] == "sign-ins")!["watermark"]);
    }

    [Fact]
    public async Task The_shared_schedule_starts_each_collector_as_often_as_its_cadence_says_and_readiness_tells_what_is_missing()
    {
        using var http = new HttpClient { BaseAddress = tenant.BaseAddress };
        using var fault = await http.PostAsync(
            "/_tenant/faults", new StringContent("""[{"path":"/identityProtection/*","kind":"premiumLicenceRequired"}]""", null, "application/json"));
        fault.EnsureSuccessStatusCode();
        await app.RunUntilAsync(Start.AddDays(2));

        var collectors = (await app.GetAsync("secretariat", "collectors")).Expect(200).Json["items"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => c!);
        async Task<int> ItemsAsync(string record) => (await app.GetAsync("secretariat", $"evidence?record={record}")).Expect(200).Json["items"]!.AsArray().Count;
        Assert.Equal((2, 1, 1), (await ItemsAsync("policy-settings"), await ItemsAsync("account-list"), await ItemsAsync("licence-list")));
        Assert.Equal(2, await ItemsAsync("directory-audit-log"));
        Assert.Equal("complete", (string?)collectors["policies"]["completeness"]);
        Assert.Equal("daily", (string?)collectors["policies"]["cadence"]);
        var risky = collectors["risk"]["kinds"]!.AsArray().Single(k => (string?)k!["name"] == "risky-users")!;
        Assert.Equal(("not-licensed", "Entra ID P2", "/v1.0/identityProtection/riskyUsers"), ((string?)risky["gap"], (string?)risky["licence"], (string?)risky["path"]));

        var readiness = (await app.GetAsync("admin", "readiness")).Expect(200).Json;
        Assert.False((bool)readiness["isReady"]!);
        var limited = Assert.Single(readiness["collectors"]!.AsArray(), c => (string?)c!["state"] == "limited")!;
        Assert.Equal(("risk", 2), ((string?)limited["collector"], limited["missing"]!.AsArray().Count));
        Assert.Contains("Policy.Read.All", readiness["permissions"]!.AsArray().Select(p => (string?)p));
        (await app.GetAsync("externalAuditor", "readiness")).Expect(403);
    }

    [Theory]
    [InlineData("collectors/coffee/run", null, 404, "unknown-collector", "name")]
    [InlineData("collectors/sign-ins/run", """{"from":"2026-04-08T00:00:00Z"}""", 400, "collector-window-incomplete", "to")]
    [InlineData("collectors/sign-ins/run", """{"from":"2026-04-09T00:00:00Z","to":"2026-04-08T00:00:00Z"}""", 400, "collector-window-empty", "to")]
    [InlineData("collectors/sign-ins/run", """{"from":"2026-04-09T00:00:00Z","to":"2026-04-10T02:00:00Z"}""", 422, "collector-window-open", "to")]
    [InlineData("collectors/sign-ins/run", """{"from":"2026-03-09T00:00:00Z","to":"2026-04-01T00:00:00Z"}""", 422, "collector-window-gone", "from")]
    [InlineData("collectors/sign-ins/run", """{"from":"2026-01-09T00:00:00Z","to":"2026-04-01T00:00:00Z"}""", 400, "collector-window-too-long", "to")]
    [InlineData("collectors/access-rights/run", """{"from":"2026-04-08T00:00:00Z","to":"2026-04-09T00:00:00Z"}""", 400, "collector-takes-no-window", "from")]
    [InlineData("collectors/sign-ins/run", "{", 400, "body-malformed", "$")]
    public async Task What_cannot_be_collected_is_refused_and_nothing_starts(string path, string? body, int status, string code, string field)
    {
        var refused = (await app.PostAsync("secretariat", path, body)).Expect(status);
        Assert.Equal((code, field), (refused.Code, (string?)refused.Json["field"]));
        Assert.All((await app.GetAsync("secretariat", "collectors")).Json["items"]!.AsArray(), c => Assert.Null(c!["lastRun"]));
    }

    [Fact]
    public async Task A_run_for_a_past_time_shows_on_the_coverage_calendar_and_is_not_repeated()
    {
        const string Window = """{"from":"2026-04-07T00:00:00+09:00","to":"2026-04-08T12:00:00+09:00"}""";
        (await app.PostAsync("secretariat", "collectors/sign-ins/run", Window)).Expect(202);
        await app.RunUntilAsync(app.Now.AddMinutes(10));

        var coverage = (await app.GetAsync("auditor", "collectors/sign-ins/coverage?from=2026-04-06&to=2026-04-10")).Expect(200).Json;
        Assert.Equal(["2026-04-06", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10"], coverage["days"]!.AsArray().Select(d => (string?)d!["date"]));
        Assert.Equal((36, 0, 0), ((int)coverage["hours"]!["complete"]!, (int)coverage["hours"]!["partial"]!, (int)coverage["hours"]!["lost"]!));
        var day = coverage["days"]![2]!;
        Assert.Equal(["complete", "missing"], day["hours"]!.AsArray().Select(h => (string?)h).Distinct());
        Assert.Equal("notYet", (string?)day["secondLook"]);

        var again = (await app.PostAsync("secretariat", "collectors/sign-ins/run", Window)).Expect(202);
        await app.RunUntilAsync(app.Now.AddMinutes(10));
        var run = (await app.GetAsync("secretariat", again.Location!["/api/".Length..])).Expect(200).Json;
        Assert.Empty(run["evidence"]!.AsArray());
        Assert.Equal(2, run["alreadyHeld"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("collectors/coffee/coverage", 404, "unknown-collector")]
    [InlineData("collectors/access-rights/coverage", 404, "collector-keeps-no-log")]
    [InlineData("collectors/sign-ins/coverage?from=2026-04-06&to=2026-04-05", 400, "period-reversed")]
    [InlineData("collectors/sign-ins/coverage?from=2025-01-01&to=2026-04-05", 400, "coverage-too-long")]
    [InlineData("collectors/sign-ins/coverage?from=yesterday", 400, "moment-malformed")]
    public async Task What_the_calendar_cannot_show_is_refused(string path, int status, string code)
    {
        Assert.Equal(code, (await app.GetAsync("secretariat", path)).Expect(status).Code);
    }

    [Fact]
    public async Task Only_those_in_charge_start_a_collector()
    {
        (await app.PostAsync("owner", "collectors/sign-ins/run")).Expect(403);
        (await app.PostAsync("externalAuditor", "collectors/sign-ins/run")).Expect(403);
        (await app.PostAsync(null, "collectors/sign-ins/run")).Expect(401);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_run_is_made_up_for()
    {
        (await app.PostAsync("secretariat", "collectors/sign-ins/run")).Expect(202);
        await app.RestartAsync();
        clock.Leader = app.Clock;
        await app.RunUntilAsync(app.Now.AddMinutes(30));

        var run = (await app.GetAsync("secretariat", "collectors/sign-ins/runs/collect-sign-ins-2026041003")).Expect(200);
        Assert.Equal("completed", (string?)run.Json["status"]);
    }
}
