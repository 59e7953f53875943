using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

public sealed class QueryTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Instances_are_found_by_time_status_prefix_and_hub()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Good", 1, "a-1");
        await hub.RunAsync(TimeSpan.FromDays(1));
        await hub.BeginAsync("Bad", 2, "a-2");
        await hub.RunAsync(TimeSpan.FromDays(1));
        await hub.BeginAsync("Wait", 3, "b-3");

        Assert.Equal("a-1 a-2 b-3", await IdsAsync(null));
        Assert.Equal("a-2 b-3", await IdsAsync(new OrchestrationQuery(CreatedFrom: TestHub.Start.AddDays(1))));
        Assert.Equal("a-1 a-2", await IdsAsync(new OrchestrationQuery(CreatedTo: TestHub.Start.AddDays(1))));
        Assert.Equal("a-2 b-3", await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running])));
        Assert.Equal("a-1 a-2", await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "a-")));
        Assert.Equal("", await IdsAsync(new OrchestrationQuery(TaskHubNames: ["another"])));
        Assert.Equal("a-1", await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "a-", Statuses: [OrchestrationRuntimeStatus.Completed])));

        async Task<string> IdsAsync(OrchestrationQuery? query)
            => string.Join(' ', await hub.Client.GetAllInstancesAsync(query).Select(state => state.InstanceId).ToListAsync());
    }

    [Fact]
    public async Task Inputs_and_outputs_come_only_when_asked_for()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Good", 21, "one");

        var without = await hub.Client.GetAllInstancesAsync().SingleAsync();
        var with = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)).SingleAsync();

        Assert.Throws<InvalidOperationException>(() => without.ReadInputAs<int>());
        Assert.Null(without.SerializedOutput);
        Assert.Equal((21, 42), (with.ReadInputAs<int>(), with.ReadOutputAs<int>()));
        Assert.Equal("Good", without.Name);
    }

    [Fact]
    public async Task Pages_go_on_after_their_continuation_token()
    {
        await using var hub = await HubAsync();
        for (var i = 0; i < 7; i++)
        {
            await hub.BeginAsync("Good", i, $"i-{i}");
        }

        var pages = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3)).AsPages().ToListAsync();
        var rest = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3, ContinuationToken: pages[0].ContinuationToken)).ToListAsync();

        Assert.Equal([3, 3, 1], pages.Select(page => page.Values.Count));
        Assert.Null(pages[2].ContinuationToken);
        Assert.Equal(["i-3", "i-4", "i-5", "i-6"], rest.Select(state => state.InstanceId));
    }

    [Fact]
    public async Task Ids_are_listed_by_status_and_time_of_completion()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Good", 1, "a");
        await hub.RunAsync(TimeSpan.FromDays(1));
        await hub.BeginAsync("Good", 1, "b");
        await hub.BeginAsync("Wait", 1, "c");

        var first = await hub.Client.ListInstanceIdsAsync(pageSize: 2);
        var second = await hub.Client.ListInstanceIdsAsync(pageSize: 2, lastInstanceKey: first.ContinuationToken);
        var ended = await hub.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Completed], completedTimeFrom: TestHub.Start.AddHours(1));

        Assert.Equal(["a", "b"], first.Values);
        Assert.Equal(["c"], second.Values);
        Assert.Null(second.ContinuationToken);
        Assert.Equal(["b"], ended.Values);
    }

    [Fact]
    public async Task Tags_and_times_stay_with_the_instance()
    {
        await using var hub = await HubAsync();
        var options = new StartOrchestrationOptions("one") { Tags = new Dictionary<string, string> { ["clause"] = "9.2" } };
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, options);
        await hub.RunAsync(TimeSpan.FromHours(2));
        await hub.Client.TerminateInstanceAsync("one");
        await hub.IdleAsync();
        await hub.RestartAsync();

        var state = await hub.StateAsync("one");

        Assert.Equal("9.2", state.Tags["clause"]);
        Assert.Equal(TestHub.Start, state.CreatedAt);
        Assert.Equal(TestHub.Start.AddHours(2), state.LastUpdatedAt);
    }

    private Task<TestHub> HubAsync() => new TestHub(azurite)
        .Orchestrator("Good", context => Task.FromResult(context.GetInput<int>() * 2))
        .Orchestrator("Bad", _ => throw new InvalidOperationException("bad"))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<bool>("Never"))
        .StartAsync();
}
