using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

public sealed class ControlTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Custom_status_shows_while_the_orchestration_runs_and_afterwards()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Status", async context =>
            {
                context.SetCustomStatus(new { Stage = "waiting" });
                await context.WaitForExternalEvent<bool>("Go");
                context.SetCustomStatus("done");
            })
            .StartAsync();
        var id = await hub.BeginAsync("Status");

        Assert.Equal("""{"Stage":"waiting"}""", (await hub.StateAsync(id)).SerializedCustomStatus);
        await hub.Client.RaiseEventAsync(id, "Go", true);
        await hub.IdleAsync();

        Assert.Equal("done", (await hub.StateAsync(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Suspended_orchestration_keeps_what_comes_in_until_it_is_resumed()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                var letters = "";
                while (letters.Length < 3)
                {
                    letters += await context.WaitForExternalEvent<string>("Letter");
                    context.SetCustomStatus(letters);
                }

                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return letters;
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.Client.RaiseEventAsync(id, "Letter", "a");
        await hub.Client.SuspendInstanceAsync(id, "audit");
        await hub.Client.RaiseEventAsync(id, "Letter", "b");
        await hub.Client.RaiseEventAsync(id, "Letter", "c");
        await hub.RunAsync(TimeSpan.FromDays(1));
        await hub.RestartAsync();
        await hub.RunAsync(TimeSpan.FromDays(1));
        var suspended = await hub.StateAsync(id);
        await hub.Client.ResumeInstanceAsync(id);
        await hub.IdleAsync();
        var resumed = await hub.StateAsync(id);
        await hub.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal("a", suspended.ReadCustomStatusAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Running, resumed.RuntimeStatus);
        Assert.Equal("abc", resumed.ReadCustomStatusAs<string>());
        Assert.Equal("abc", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Results_and_timers_that_come_while_suspended_count_after_the_resumption()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Step", number => number)
            .Orchestrator("Wait", async context =>
            {
                await context.WaitForExternalEvent<bool>("Go");
                var step = context.CallActivityAsync<int>("Step", 1);
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return await step;
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");
        await hub.Client.RaiseEventAsync(id, "Go", true);
        await hub.IdleAsync();

        await hub.Client.SuspendInstanceAsync(id);
        await hub.RunAsync(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.StateAsync(id)).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);
        await hub.IdleAsync();

        Assert.Equal(1, (await hub.StateAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Terminated_orchestration_ends_with_the_given_output_and_hears_nothing_more()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", context => context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None))
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.Client.TerminateInstanceAsync(id, new { Reason = "given up" });
        await hub.IdleAsync();

        var ended = await hub.StateAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.True(ended.IsCompleted);
        Assert.Equal("""{"Reason":"given up"}""", ended.SerializedOutput);
        Assert.Equal(0, await hub.Clock.RunUntilAsync(hub.Now.AddYears(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Termination_reaches_sub_orchestrations_only_if_it_is_recursive(bool recursive)
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Leaf", context => context.WaitForExternalEvent<bool>("Never"))
            .Orchestrator("Middle", context => context.CallSubOrchestratorAsync("Leaf", options: new SubOrchestrationOptions(instanceId: "leaf")))
            .Orchestrator("Root", context => context.CallSubOrchestratorAsync("Middle", options: new SubOrchestrationOptions(instanceId: "middle")))
            .StartAsync();
        await hub.BeginAsync("Root", id: "root");

        await hub.Client.TerminateInstanceAsync("root", new TerminateInstanceOptions(Recursive: recursive));
        await hub.IdleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.StateAsync("root")).RuntimeStatus);
        var expected = recursive ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Running;
        Assert.Equal(expected, (await hub.StateAsync("middle")).RuntimeStatus);
        Assert.Equal(expected, (await hub.StateAsync("leaf")).RuntimeStatus);
    }

    [Fact]
    public async Task Purge_removes_ended_instances_and_leaves_running_ones_alone()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Leaf", _ => Task.CompletedTask)
            .Orchestrator("Root", context => context.CallSubOrchestratorAsync("Leaf", options: new SubOrchestrationOptions(instanceId: "leaf")))
            .Orchestrator("Wait", context => context.WaitForExternalEvent<bool>("Never"))
            .StartAsync();
        await hub.RunAsync("Root", id: "root");
        await hub.BeginAsync("Wait", id: "running");

        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("running")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("unknown")).PurgedInstanceCount);
        Assert.Equal(2, (await hub.Client.PurgeInstanceAsync("root", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        await hub.RestartAsync();

        Assert.Null(await hub.Client.GetInstanceAsync("root"));
        Assert.Null(await hub.Client.GetInstanceAsync("leaf"));
        Assert.NotNull(await hub.Client.GetInstanceAsync("running"));
    }

    [Fact]
    public async Task Purge_by_filter_takes_ended_instances_of_the_time_and_status()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Good", _ => Task.CompletedTask)
            .Orchestrator("Bad", _ => throw new InvalidOperationException())
            .StartAsync();
        await hub.BeginAsync("Good", id: "old-good");
        await hub.BeginAsync("Bad", id: "old-bad");
        await hub.RunAsync(TimeSpan.FromDays(100));
        await hub.BeginAsync("Good", id: "new-good");

        var result = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(
            CreatedTo: hub.Now.AddDays(-90), Statuses: [OrchestrationRuntimeStatus.Completed]));

        Assert.Equal(1, result.PurgedInstanceCount);
        Assert.True(result.IsComplete);
        Assert.Equal(["new-good", "old-bad"], await hub.Client.GetAllInstancesAsync().Select(state => state.InstanceId).Order().ToListAsync());
    }

    [Fact]
    public async Task Waiting_for_start_and_completion_ends_when_it_happens()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Go"))
            .StartAsync();

        var completion = hub.Client.WaitForInstanceCompletionAsync("later", getInputsAndOutputs: true);
        var start = hub.Client.WaitForInstanceStartAsync("later", CancellationToken.None);
        await hub.BeginAsync("Wait", id: "later");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await start).RuntimeStatus);
        Assert.False(completion.IsCompleted);
        await hub.Client.RaiseEventAsync("later", "Go", 7);

        Assert.Equal(7, (await completion).ReadOutputAs<int>());
        Assert.Equal(7, (await hub.Client.WaitForInstanceCompletionAsync("later", getInputsAndOutputs: true)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var hub = await new TestHub(azurite).StartAsync();
        using var cancellation = new CancellationTokenSource();

        var waiting = hub.Client.WaitForInstanceCompletionAsync("never", cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Activity_that_waits_for_another_orchestration_does_not_block_it()
    {
        TestHub hub = null!;
        hub = new TestHub(azurite)
            .Activity<int>("Nest", async (_, _) =>
            {
                await hub.Client.ScheduleNewOrchestrationInstanceAsync("Inner", new StartOrchestrationOptions("inner"));
                return (await hub.Client.WaitForInstanceCompletionAsync("inner", getInputsAndOutputs: true)).ReadOutputAs<string>();
            })
            .Orchestrator("Inner", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return "inner result";
            })
            .Orchestrator("Outer", context => context.CallActivityAsync<string>("Nest", 1));
        await using var running = await hub.StartAsync();

        Assert.Equal("inner result", (await hub.RunAsync("Outer")).ReadOutputAs<string>());
    }
}
