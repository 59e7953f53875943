using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

public sealed class ActivityTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Result_of_an_activity_comes_back_to_the_orchestrator()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<string>("Greet", name => $"Hello, {name}!")
            .Orchestrator("Hello", async context =>
            {
                var first = await context.CallActivityAsync<string>("Greet", context.GetInput<string>());
                return first + await context.CallActivityAsync<string>("greet", "again");
            })
            .StartAsync();

        var ended = await hub.RunAsync("Hello", "東京");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("Hello, 東京!Hello, again!", ended.ReadOutputAs<string>());
        Assert.Equal("東京", ended.ReadInputAs<string>());
    }

    [Fact]
    public async Task Many_activities_run_side_by_side_and_their_results_keep_their_places()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Square", number => number * number)
            .Orchestrator("FanOut", async context =>
            {
                var squares = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => context.CallActivityAsync<int>("Square", number)));
                return squares.Select((square, index) => square - (index * index)).Sum() + squares.Length;
            })
            .StartAsync();

        Assert.Equal(200, (await hub.RunAsync("FanOut")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Failed_activity_surfaces_as_TaskFailedException_with_its_details()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Break", object? (_) => throw new InvalidOperationException("broken", new FormatException("inner")))
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break", 1);
                    return "not reached";
                }
                catch (TaskFailedException failed)
                {
                    return string.Join(
                        '|',
                        failed.TaskName,
                        failed.TaskId,
                        failed.FailureDetails.ErrorType,
                        failed.FailureDetails.ErrorMessage,
                        failed.FailureDetails.InnerFailure!.ErrorType,
                        failed.FailureDetails.IsCausedBy<SystemException>(),
                        failed.FailureDetails.IsCausedBy<FormatException>(),
                        failed.Message);
                }
            })
            .StartAsync();

        var ended = await hub.RunAsync("Catch");

        Assert.Equal(
            "Break|0|System.InvalidOperationException|broken|System.FormatException|True|False|Task 'Break' (#0) failed with an unhandled exception: broken",
            ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Unhandled_failure_of_an_activity_fails_the_orchestration()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Break", object? (_) => throw new InvalidOperationException("broken"))
            .Orchestrator("Fail", context => context.CallActivityAsync("Break", 1))
            .StartAsync();

        var ended = await hub.RunAsync("Fail");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails!.ErrorType);
        Assert.Equal("broken", ended.FailureDetails.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task Unknown_activity_fails_the_call_and_is_not_retried()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Call", async context =>
            {
                var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1)));
                await context.CallActivityAsync("NoSuchActivity", retry);
            })
            .StartAsync();

        var id = await hub.BeginAsync("Call");

        var ended = await hub.StateAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("NoSuchActivity", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_orchestrator_fails()
    {
        await using var hub = await new TestHub(azurite).StartAsync();

        var ended = await hub.RunAsync("NoSuchOrchestrator");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("NoSuchOrchestrator", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_given_as_an_activitys_input_are_a_mistake()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Mistake", context => context.CallActivityAsync<int>("Any", (object)new TaskOptions(), null))
            .StartAsync();

        var ended = await hub.RunAsync("Mistake");

        Assert.Equal(typeof(ArgumentException).FullName, ended.FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Payloads_of_any_size_survive_a_restart()
    {
        var large = new string('あ', 40_000) + Convert.ToHexString(Enumerable.Range(0, 700_000).Select(i => (byte)(i * i * 31 >> 5)).ToArray());
        await using var hub = await new TestHub(azurite)
            .Activity<string>("Echo", text => text + "!")
            .Orchestrator("Large", async context =>
            {
                var echo = await context.CallActivityAsync<string>("Echo", context.GetInput<string>());
                context.SetCustomStatus(echo);
                await context.WaitForExternalEvent<bool>("Go");
                return echo + "?";
            })
            .StartAsync();
        var id = await hub.BeginAsync("Large", large);

        await hub.RestartAsync();
        await hub.Client.RaiseEventAsync(id, "Go", true);
        await hub.IdleAsync();

        var ended = await hub.StateAsync(id);
        Assert.True(ended.IsCompleted, $"{ended.RuntimeStatus} {hub.Engine.Fault} {string.Join(",", hub.HistoryOf(id).Select(e => e.Kind))}");
        Assert.Equal(large + "!?", ended.ReadOutputAs<string>());
        Assert.Equal(large + "!", ended.ReadCustomStatusAs<string>());
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
    }
}
