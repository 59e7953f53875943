using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace LocalRuntime.Tests.Durable;

public sealed class ContinueAsNewTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Execution_starts_over_with_the_new_input_and_an_empty_history()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Add", number => number + 1)
            .Orchestrator("Count", async context =>
            {
                var count = await context.CallActivityAsync<int>("Add", context.GetInput<int>());
                if (count < 25)
                {
                    context.SetCustomStatus($"at {count}");
                    context.ContinueAsNew(count);
                    return -1;
                }

                return count;
            })
            .StartAsync();

        var ended = await hub.RunAsync("Count", 0, "count");

        Assert.Equal(25, ended.ReadOutputAs<int>());
        Assert.Equal(24, ended.ReadInputAs<int>());
        Assert.Equal("at 24", ended.ReadCustomStatusAs<string>());
        Assert.Single(hub.HistoryOf("count"), happened => happened.Kind == HistoryEventKind.TaskScheduled);
        Assert.Equal(25, hub.Ended.Count);
        Assert.Equal(TestHub.Start, ended.CreatedAt);
    }

    [Fact]
    public async Task Execution_that_starts_over_without_waiting_does_not_keep_others_from_running()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Busy", context =>
            {
                if (context.GetInput<int>() < 100)
                {
                    context.ContinueAsNew(context.GetInput<int>() + 1);
                }

                return Task.FromResult(context.GetInput<int>());
            })
            .StartAsync();

        Assert.Equal(100, (await hub.RunAsync("Busy", 0)).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(true, "a b c")]
    [InlineData(false, "c")]
    public async Task Events_that_nobody_waited_for_are_kept_if_wanted(bool preserve, string taken)
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Collect", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    await context.WaitForExternalEvent<bool>("Restart");
                    context.ContinueAsNew(1, preserve);
                    return "";
                }

                var letters = new List<string>();
                while (letters.LastOrDefault() != "c")
                {
                    letters.Add(await context.WaitForExternalEvent<string>("Letter"));
                }

                return string.Join(' ', letters);
            })
            .StartAsync();
        var id = await hub.BeginAsync("Collect", 0);

        await hub.Client.RaiseEventAsync(id, "Letter", "a");
        await hub.Client.RaiseEventAsync(id, "Letter", "b");
        await hub.Client.RaiseEventAsync(id, "Restart", true);
        await hub.IdleAsync();
        await hub.Client.RaiseEventAsync(id, "Letter", "c");
        await hub.IdleAsync();

        Assert.Equal(taken, (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Event_that_arrives_with_the_one_that_starts_over_is_not_lost()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Collect", async context =>
            {
                var letters = context.GetInput<string>() + await context.WaitForExternalEvent<string>("Letter");
                if (letters.Length < 6)
                {
                    context.ContinueAsNew(letters, preserveUnprocessedEvents: true);
                }

                return letters;
            })
            .StartAsync();
        var id = await hub.BeginAsync("Collect", "");

        foreach (var letter in "abcdef")
        {
            await hub.Client.RaiseEventAsync(id, "Letter", letter.ToString());
        }

        await hub.IdleAsync();

        Assert.Equal("abcdef", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Null_binds_to_the_options_and_is_refused()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Null", context =>
            {
                context.ContinueAsNew(null!);
                return Task.CompletedTask;
            })
            .StartAsync();

        Assert.Equal(typeof(ArgumentNullException).FullName, (await hub.RunAsync("Null")).FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Sub_orchestration_that_starts_over_answers_its_parent_in_the_end()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Child", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                if (context.GetInput<int>() < 3)
                {
                    context.ContinueAsNew(new ContinueAsNewOptions { NewInput = context.GetInput<int>() + 1 });
                }

                return $"{context.GetInput<int>()} for {context.Parent!.InstanceId}";
            })
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child", 1))
            .StartAsync();

        Assert.Equal("3 for parent", (await hub.RunAsync("Parent", id: "parent")).ReadOutputAs<string>());
    }
}
