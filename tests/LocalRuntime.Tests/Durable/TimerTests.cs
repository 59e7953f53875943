using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Local;

namespace LocalRuntime.Tests.Durable;

public sealed class TimerTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Long_timer_fires_at_its_time_and_is_split_into_slices_of_three_days()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Long", async context =>
            {
                await context.CreateTimer(new DateTime(2026, 7, 1, 9, 30, 0, DateTimeKind.Utc), CancellationToken.None);
                return context.CurrentUtcDateTime;
            })
            .StartAsync();

        var ended = await hub.RunAsync("Long", id: "long");

        Assert.Equal(new DateTime(2026, 7, 1, 9, 30, 0, DateTimeKind.Utc), ended.ReadOutputAs<DateTime>());
        Assert.Equal(31, hub.HistoryOf("long").Count(happened => happened.Kind == HistoryEventKind.TimerCreated));
    }

    [Fact]
    public async Task Timer_of_the_past_fires_at_once()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Past", context => context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None))
            .StartAsync();

        var id = await hub.BeginAsync("Past");

        Assert.True((await hub.StateAsync(id)).IsCompleted);
        Assert.Equal(TestHub.Start, hub.Now);
    }

    [Fact]
    public async Task Orchestration_does_not_complete_before_its_open_timer_has_fired()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Open", context =>
            {
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return Task.FromResult("done");
            })
            .StartAsync();
        var id = await hub.BeginAsync("Open");

        Assert.True((await hub.StateAsync(id)).IsRunning);
        await hub.RunAsync(TimeSpan.FromDays(1));

        Assert.Equal("done", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Cancelled_timer_throws_and_stays_cancelled_after_a_restart()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Cancel", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
                await context.WaitForExternalEvent<bool>("Cancel");
                cancellation.Cancel();
                var wasCancelled = timer.IsCanceled;
                await context.WaitForExternalEvent<bool>("End");
                return wasCancelled;
            })
            .StartAsync();
        var id = await hub.BeginAsync("Cancel");
        await hub.Client.RaiseEventAsync(id, "Cancel", true);
        await hub.IdleAsync();

        await hub.RestartAsync();
        Assert.Equal(0, await hub.Clock.RunUntilAsync(hub.Now.AddDays(10)));
        await hub.Client.RaiseEventAsync(id, "End", true);
        await hub.IdleAsync();

        Assert.True((await hub.StateAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Timers_go_on_after_a_restart()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
                return context.CurrentUtcDateTime;
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");
        await hub.RunAsync(TimeSpan.FromDays(1));

        await hub.RestartAsync();
        await hub.RunAsync(TimeSpan.FromDays(1));

        Assert.Equal(TestHub.Start.UtcDateTime.AddDays(2), (await hub.StateAsync(id)).ReadOutputAs<DateTime>());
    }
}
