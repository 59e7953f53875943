using System.Net.Http.Json;
using IsmsFunctions.Testing;
using LocalRuntime.Tests.Worker;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Tests.Durable;

/// <summary>The engine as an app sees it: functions, bindings, middleware, host.json, HTTP and the virtual clock.</summary>
public sealed class FunctionTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    public sealed record Order(string Item, int Count);

    public sealed class Log : List<string>;

    public sealed class Shop(Log log, TimeProvider clock)
    {
        [Function("Start")]
        public async Task<IResult> Start(
            [HttpTrigger("post", Route = "orders/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
        {
            var order = await request.ReadFromJsonAsync<Order>();
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Fulfil), order, new StartOrchestrationOptions(id));
            return Results.Accepted();
        }

        [Function("Confirm")]
        public async Task<IResult> Confirm(
            [HttpTrigger("post", Route = "orders/{id}/confirm")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
        {
            await client.RaiseEventAsync(id, "Confirmed", true);
            var state = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            return Results.Text(state.ReadOutputAs<string>());
        }

        [Function(nameof(Fulfil))]
        public async Task<string> Fulfil([OrchestrationTrigger] TaskOrchestrationContext context, Order order, FunctionContext function)
        {
            var logger = context.CreateReplaySafeLogger<Shop>();
            logger.LogInformation("order of {Count}", order.Count);
            log.Add($"turn {context.IsReplaying} {function.FunctionDefinition.Name}");
            var reserved = await context.CallActivityAsync<string>(nameof(Reserve), order);
            await context.WaitForExternalEvent<bool>("Confirmed");
            await context.CreateTimer(TimeSpan.FromDays(10), CancellationToken.None);
            return $"{reserved} {context.CurrentUtcDateTime:MM-dd} {context.Version} {await context.CallActivityAsync<string>(nameof(Stamp))}";
        }

        [Function(nameof(Stamp))]
        public static string Stamp([ActivityTrigger] FunctionContext function) => function.FunctionDefinition.Name;

        [Function(nameof(Reserve))]
        public async Task<string> Reserve([ActivityTrigger] Order order, string instanceId, FunctionContext function, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMinutes(90), clock, cancellationToken);
            return $"{order.Count} of {order.Item} for {instanceId} at {clock.GetUtcNow():HH:mm} by {function.FunctionDefinition.Name}";
        }
    }

    [Fact]
    public async Task Orchestration_of_functions_runs_over_http_and_virtual_days()
    {
        var log = new Log();
        await using var app = await TestApp.StartAsync(Builder(azurite.UniqueName("hub"), log).ConfigureFunctionsWebApplication());

        (await app.Http.PostAsJsonAsync("/api/orders/order-1", new Order("鍵", 3))).EnsureSuccessStatusCode();
        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(1));
        var confirmation = app.Http.PostAsync("/api/orders/order-1/confirm", null);
        await UntilAsync(() => log.Count >= 3);
        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(20));

        var text = await (await confirmation).Content.ReadAsStringAsync();
        Assert.Equal("3 of 鍵 for order-1 at 01:30 by Reserve 04-12 2.0 Stamp", text);
        Assert.Equal("turn False Fulfil", log[0]);
        Assert.All(log.Skip(1), turn => Assert.Equal("turn True Fulfil", turn));
    }

    [Fact]
    public async Task Middleware_surrounds_orchestrators_and_activities()
    {
        var log = new Log();
        var builder = Builder(azurite.UniqueName("hub"), log).ConfigureFunctionsWebApplication();
        builder.UseMiddleware(async (context, next) =>
        {
            if (context.FunctionDefinition.Name != "Start")
            {
                log.Add($"> {context.FunctionDefinition.Name}");
            }

            await next();
        });
        await using var app = await TestApp.StartAsync(builder);

        await app.Http.PostAsJsonAsync("/api/orders/order-1", new Order("鍵", 3));
        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(1));

        Assert.Equal(["> Fulfil", "turn False Fulfil", "> Reserve", "> Fulfil", "turn True Fulfil"], log);
    }

    [Fact]
    public async Task Asynchronous_middleware_in_front_of_an_orchestrator_is_found_out()
    {
        var never = new TaskCompletionSource();
        var builder = Builder(azurite.UniqueName("hub"), []).ConfigureFunctionsWebApplication();
        builder.UseMiddleware(async (context, next) =>
        {
            if (context.FunctionDefinition.Name == "Fulfil")
            {
                await never.Task;
            }

            await next();
        });
        await using var app = await TestApp.StartAsync(builder);

        await app.Http.PostAsJsonAsync("/api/orders/order-1", new Order("鍵", 3));
        await app.Clock.RunUntilAsync(TestApp.Start);

        var client = app.Services.GetRequiredService<ClientOfHub>().Value;
        var state = await client.GetInstanceAsync("order-1", getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, state!.RuntimeStatus);
        Assert.Contains("middleware that invokes asynchronous code", state.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restarted_app_goes_on_where_the_other_was_stopped()
    {
        var hub = azurite.UniqueName("hub");
        await using (var first = await TestApp.StartAsync(Builder(hub, []).ConfigureFunctionsWebApplication()))
        {
            await first.Http.PostAsJsonAsync("/api/orders/order-1", new Order("鍵", 3));
            await first.Clock.RunUntilAsync(TestApp.Start.AddHours(1));
        }

        await using var second = await TestApp.StartAsync(Builder(hub, []).ConfigureFunctionsWebApplication());
        await second.Clock.RunUntilAsync(TestApp.Start.AddDays(1));
        var confirmation = second.Http.PostAsync("/api/orders/order-1/confirm", null);
        while (!confirmation.IsCompleted)
        {
            // A request of its own each day: without it the days could run out, at the end of the year 9999, before the confirmation has come over the network.
            (await second.Http.GetAsync("/admin/clock")).EnsureSuccessStatusCode();
            await second.Clock.RunUntilAsync(second.Clock.GetUtcNow().AddDays(1));
        }

        Assert.StartsWith("3 of 鍵 for order-1", await (await confirmation).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_are_written_to_a_folder_and_replay_against_the_functions()
    {
        var folder = Directory.CreateTempSubdirectory("histories");
        await using (var app = await TestApp.StartAsync(Builder(azurite.UniqueName("hub"), [], $"Local:HistoryFolder={folder.FullName}").ConfigureFunctionsWebApplication()))
        {
            await app.Http.PostAsJsonAsync("/api/orders/order-1", new Order("鍵", 3));
            await app.Clock.RunUntilAsync(TestApp.Start.AddDays(1));
            await app.Services.GetRequiredService<ClientOfHub>().Value.TerminateInstanceAsync("order-1");
            await app.Clock.RunUntilAsync(TestApp.Start.AddDays(1));
        }

        var file = Assert.Single(folder.GetFiles());
        Assert.Equal("Fulfil_order-1_0001.json", file.Name);
        var history = RecordedHistory.Parse(await File.ReadAllTextAsync(file.FullName));
        folder.Delete(recursive: true);
        Assert.Null(HistoryReplay.Check(history, async context => await context.CallActivityAsync<string>("Reserve")));
        Assert.Contains("named 'Other'", HistoryReplay.Check(history, async context => await context.CallActivityAsync<string>("Other")), StringComparison.Ordinal);
    }

    private FunctionsApplicationBuilder Builder(string hub, Log log, params string[] more)
    {
        var durable = typeof(DurableClientAttribute).Assembly;
        string[] settings =
        [
            .. TestApp.VirtualClock("Local:Port=0", "Logging:LogLevel:Default=None", $"AzureWebJobsStorage={azurite.ConnectionString}"),
            $"AzureFunctionsJobHost:extensions:durableTask:hubName={hub}",
            "AzureFunctionsJobHost:extensions:durableTask:defaultVersion=2.0",
            .. more,
        ];
        var builder = new FunctionsApplicationBuilder([.. settings.Select(setting => $"--{setting}")], new AppParts([typeof(Shop)], [durable]));
        builder.Services.AddSingleton(log);
        return builder;
    }

    // Requests come in on other threads; this yields to them until they have had their effect.
    private static async Task UntilAsync(Func<bool> condition)
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(30), "The request has had no effect.");
            await Task.Yield();
        }
    }
}
