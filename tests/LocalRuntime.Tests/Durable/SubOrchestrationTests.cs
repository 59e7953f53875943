using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

public sealed class SubOrchestrationTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Sub_orchestration_knows_its_parent_and_returns_its_result()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Child", context => Task.FromResult(
                $"{context.InstanceId}: {context.GetInput<int>() + 1} for {context.Parent!.Name} {context.Parent.InstanceId}"))
            .Orchestrator("Parent", async context =>
            {
                var options = new TaskOptions().WithInstanceId("child-1");
                return $"{context.Parent is null} {await context.CallSubOrchestratorAsync<string>("Child", 1, options)}";
            })
            .StartAsync();

        var ended = await hub.RunAsync("Parent", id: "parent-1");

        Assert.Equal("True child-1: 2 for Parent parent-1", ended.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.StateAsync("child-1")).RuntimeStatus);
    }

    [Fact]
    public async Task Sub_orchestration_without_an_id_gets_a_deterministic_one()
    {
        var ids = new List<string>();
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Step", number => number)
            .Orchestrator("Child", context =>
            {
                ids.Add(context.InstanceId);
                return Task.FromResult(true);
            })
            .Orchestrator("Parent", async context =>
            {
                var children = Enumerable.Range(0, 3).Select(_ => context.CallSubOrchestratorAsync<bool>("Child")).ToList();
                await context.CallActivityAsync("Step", 1);
                await Task.WhenAll(children);
            })
            .StartAsync();

        await hub.RunAsync("Parent", id: "parent-1");
        var first = ids.ToList();
        ids.Clear();
        await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter());
        await hub.RestartAsync();
        await using var same = await new TestHub(azurite) { Tasks = hub.Tasks }.StartAsync();
        await same.RunAsync("Parent", id: "parent-1");

        Assert.Equal(3, first.Distinct().Count());
        Assert.All(first, id => Assert.Equal(32, id.Length));
        Assert.Equal(first, ids);
    }

    [Fact]
    public async Task Failure_of_a_sub_orchestration_surfaces_as_TaskFailedException_down_to_its_cause()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Break", object? (_) => throw new InvalidOperationException("broken"))
            .Orchestrator("Child", context => context.CallActivityAsync("Break", 1))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                    return "not reached";
                }
                catch (TaskFailedException failed)
                {
                    var details = failed.FailureDetails;
                    return $"{failed.TaskName} {details.IsCausedBy<TaskFailedException>()} {details.InnerFailure!.IsCausedBy<InvalidOperationException>()} {details.InnerFailure.ErrorMessage}";
                }
            })
            .StartAsync();

        Assert.Equal("Child True True broken", (await hub.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Termination_of_a_sub_orchestration_surfaces_as_TaskFailedException()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Child", context => context.WaitForExternalEvent<bool>("Never"))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                    return "not reached";
                }
                catch (TaskFailedException failed)
                {
                    return failed.FailureDetails.ErrorMessage;
                }
            })
            .StartAsync();
        var id = await hub.BeginAsync("Parent");

        await hub.Client.TerminateInstanceAsync("child", output: "given up");
        await hub.IdleAsync();

        Assert.Contains("given up", (await hub.StateAsync(id)).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sub_orchestration_with_the_id_of_a_running_one_fails_and_leaves_that_alone()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Child", context => context.WaitForExternalEvent<string>("Go"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .StartAsync();
        var first = await hub.BeginAsync("Parent");
        var second = await hub.BeginAsync("Parent");

        await hub.Client.RaiseEventAsync("child", "Go", "gone");
        await hub.IdleAsync();

        Assert.Equal("gone", (await hub.StateAsync(first)).ReadOutputAs<string>());
        Assert.Contains("running already", (await hub.StateAsync(second)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_sub_orchestration_is_replaced_by_one_of_the_same_id()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Child", context => Task.FromResult(context.GetInput<int>() * 10))
            .Orchestrator("Parent", async context =>
            {
                var options = new SubOrchestrationOptions(instanceId: "child");
                return await context.CallSubOrchestratorAsync<int>("Child", 1, options) + await context.CallSubOrchestratorAsync<int>("Child", 2, options);
            })
            .StartAsync();

        Assert.Equal(30, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }
}
