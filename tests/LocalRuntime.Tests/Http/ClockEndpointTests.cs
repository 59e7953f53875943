using System.Net;
using System.Text.Json;
using LocalRuntime.Tests.Worker;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRuntime.Tests.Http;

public sealed class ClockEndpointTests
{
    public sealed class Signals
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Proceed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Functions(TimeProvider clock, Signals signals)
    {
        [Function("Busy")]
        public async Task<IResult> Busy([HttpTrigger("get")] HttpRequest request)
        {
            signals.Started.SetResult();
            await signals.Proceed.Task;
            return Results.Text($"{clock.GetUtcNow():O}");
        }

        [Function("Paced")]
        public async Task<IResult> Paced([HttpTrigger("get")] HttpRequest request)
        {
            signals.Started.SetResult();
            await Task.Delay(TimeSpan.FromMinutes(10), clock);
            return Results.Text($"{clock.GetUtcNow():O}");
        }
    }

    private readonly Signals signals = new();

    [Fact]
    public async Task The_clock_runs_to_the_given_instant_and_says_how_many_timers_fired()
    {
        await using var app = await StartAsync();
        using var timer = app.Clock.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        var run = await ReadAsync(await app.Http.PostAsync("/admin/clock/run?until=2026-04-02T00:00:00Z", null));
        var now = await ReadAsync(await app.Http.GetAsync("/admin/clock"));

        Assert.Equal(TestApp.Start.AddDays(1), run.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(1, run.GetProperty("fired").GetInt32());
        Assert.Equal(TestApp.Start.AddDays(1), now.GetProperty("now").GetDateTimeOffset());
        Assert.True(now.GetProperty("idle").GetBoolean());
    }

    [Fact]
    public async Task A_request_under_way_holds_the_clock_and_a_second_run_is_refused()
    {
        await using var app = await StartAsync();
        var busy = app.Http.GetStringAsync("/api/Busy");
        await signals.Started.Task;

        var first = app.Http.PostAsync("/admin/clock/run?until=2026-04-02T00:00:00Z", null);
        var second = app.Http.PostAsync("/admin/clock/run?until=2026-04-02T00:00:00Z", null);
        var refused = await Task.WhenAny(first, second);

        Assert.Equal(HttpStatusCode.Conflict, (await refused).StatusCode);
        Assert.Equal("GET /api/Busy", (await ReadAsync(await app.Http.GetAsync("/admin/clock"))).GetProperty("work")[0].GetString());
        signals.Proceed.SetResult();
        Assert.Equal($"{TestApp.Start:O}", await busy);
        Assert.Equal(HttpStatusCode.OK, (await (refused == first ? second : first)).StatusCode);
    }

    [Fact]
    public async Task A_request_that_waits_on_the_clock_lets_it_run()
    {
        await using var app = await StartAsync();
        var paced = app.Http.GetStringAsync("/api/Paced");
        await signals.Started.Task;

        await app.Http.PostAsync("/admin/clock/run?until=2026-04-02T00:00:00Z", null);

        Assert.Equal($"{TestApp.Start.AddMinutes(10):O}", await paced);
    }

    [Theory]
    [InlineData("/admin/clock/run")]
    [InlineData("/admin/clock/run?until=tomorrow")]
    public async Task Running_to_no_instant_is_refused(string path)
    {
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Http.PostAsync(path, null)).StatusCode);
    }

    [Fact]
    public async Task The_system_s_clock_cannot_be_run()
    {
        var builder = TestApp.Builder(typeof(Functions)).ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton(signals);
        await using var app = await TestApp.StartAsync(builder);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.PostAsync("/admin/clock/run?until=2026-04-02T00:00:00Z", null)).StatusCode);
    }

    private Task<TestApp> StartAsync()
    {
        var builder = TestApp.Builder(typeof(Functions), TestApp.VirtualClock()).ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton(signals);
        return TestApp.StartAsync(builder);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
