using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

/// <summary>The engine on the system's clock, where turns and activities run side by side.</summary>
public sealed class ConcurrencyTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Activities_run_side_by_side_up_to_the_limit()
    {
        var gate = new Lock();
        var running = 0;
        var most = 0;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hub = await new TestHub(azurite) { IsConcurrent = true }
            .Activity<int>("Step", async (number, _) =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++running);
                    if (running == 4)
                    {
                        full.TrySetResult();
                    }
                }

                await full.Task;
                lock (gate)
                {
                    running--;
                }

                return number;
            })
            .Orchestrator("FanOut", async context =>
            {
                var results = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => context.CallActivityAsync<int>("Step", number)));
                return results.Sum();
            })
            .StartAsync();

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("FanOut");

        Assert.Equal(78, (await hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<int>());
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task Many_orchestrations_events_and_timers_end_as_they_should()
    {
        await using var hub = await new TestHub(azurite) { IsConcurrent = true }
            .Activity<int>("Double", number => number * 2)
            .Orchestrator("Child", context => context.CallActivityAsync<int>("Double", context.GetInput<int>()))
            .Orchestrator("Parent", async context =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                var children = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => context.CallSubOrchestratorAsync<int>("Child", number)));
                return children.Sum() + await context.WaitForExternalEvent<int>("Add");
            })
            .StartAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
            await hub.Client.RaiseEventAsync(id, "Add", number);
            return id;
        }));
        var ends = await Task.WhenAll(ids.Select(id => hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)));

        Assert.Equal(Enumerable.Range(12, 12), ends.Select(end => end.ReadOutputAs<int>()));
        await hub.Tracker.WhenIdleAsync();
        Assert.Null(hub.Engine.Fault);
    }
}
