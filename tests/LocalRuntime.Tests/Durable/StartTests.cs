using DurableTask.Core.Exceptions;
using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

public sealed class StartTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Instance_without_an_id_gets_one()
    {
        await using var hub = await HubAsync();

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait");

        Assert.Equal(32, id.Length);
        Assert.NotNull(await hub.Client.GetInstanceAsync(id));
    }

    [Fact]
    public async Task Ids_may_hold_any_character()
    {
        await using var hub = await HubAsync();
        const string Id = "監査/2026#1?a\\b%c d";

        await hub.BeginAsync("Wait", 1, Id);
        await hub.RestartAsync();
        await hub.Client.RaiseEventAsync(Id, "Go", true);
        await hub.IdleAsync();

        Assert.Equal(1, (await hub.StateAsync(Id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Start_with_the_id_of_a_running_instance_is_refused_by_default()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Wait", 1, "one");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.BeginAsync("Wait", 2, "one"));

        Assert.Equal(1, (await hub.StateAsync("one")).ReadInputAs<int>());
    }

    [Fact]
    public async Task Start_with_the_id_of_an_ended_instance_replaces_it_by_default()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Wait", 1, "one");
        await hub.Client.TerminateInstanceAsync("one");
        await hub.IdleAsync();

        await hub.BeginAsync("Wait", 2, "one");
        await hub.RestartAsync();

        var state = await hub.StateAsync("one");
        Assert.Equal(OrchestrationRuntimeStatus.Running, state.RuntimeStatus);
        Assert.Equal(2, state.ReadInputAs<int>());
    }

    [Fact]
    public async Task Start_is_refused_in_the_dedupe_statuses_only()
    {
        await using var hub = await HubAsync();
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(
            OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, options);
        await hub.IdleAsync();

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 2, options));
        await hub.Client.TerminateInstanceAsync("one");
        await hub.IdleAsync();
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 3, options);
        await hub.Client.RaiseEventAsync("one", "Go", true);
        await hub.IdleAsync();
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 4, options));

        Assert.Equal(3, (await hub.StateAsync("one")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Running_instance_that_no_dedupe_status_protects_is_terminated_and_replaced()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Wait", 1, "one");

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 2, new StartOrchestrationOptions("one").WithDedupeStatuses());
        await hub.Client.RaiseEventAsync("one", "Go", true);
        await hub.IdleAsync();

        Assert.Equal(2, (await hub.StateAsync("one")).ReadOutputAs<int>());
        Assert.Contains(hub.Ended, history => history.Events[^1].Status == OrchestrationRuntimeStatus.Terminated);
    }

    [Fact]
    public async Task Dedupe_statuses_that_contradict_each_other_or_do_not_exist_are_refused()
    {
        await using var hub = await HubAsync();
        var contradicting = new StartOrchestrationOptions("one").WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated);
        var unknown = new StartOrchestrationOptions("one") { DedupeStatuses = ["Sleeping"] };

        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, contradicting));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", 1, unknown));
    }

    [Fact]
    public async Task Scheduled_start_waits_for_its_time_across_a_restart()
    {
        await using var hub = await HubAsync();
        var startAt = TestHub.Start.AddDays(60);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Time", new StartOrchestrationOptions("later", startAt));
        await hub.RunAsync(TimeSpan.FromDays(30));
        await hub.RestartAsync();
        await hub.RunAsync(TimeSpan.FromDays(29));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.StateAsync("later")).RuntimeStatus);

        await hub.RunAsync(TimeSpan.FromDays(1));

        Assert.Equal(startAt.UtcDateTime, (await hub.StateAsync("later")).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task Scheduled_start_can_be_terminated_before_its_time()
    {
        await using var hub = await HubAsync();
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Time", new StartOrchestrationOptions("later", TestHub.Start.AddDays(60)));
        await hub.IdleAsync();

        await hub.Client.RaiseEventAsync("later", "Any", 1);
        await hub.Client.TerminateInstanceAsync("later", "never mind");
        await hub.IdleAsync();

        Assert.Equal("never mind", (await hub.StateAsync("later")).ReadOutputAs<string>());
        Assert.Equal(0, await hub.Clock.RunUntilAsync(hub.Now.AddYears(1)));
    }

    [Fact]
    public async Task Restart_runs_an_instance_again_with_its_input()
    {
        await using var hub = await HubAsync();
        await hub.BeginAsync("Wait", 5, "one");

        Assert.Equal("one", await hub.Client.RestartAsync("one"));
        var other = await hub.Client.RestartAsync("one", restartWithNewInstanceId: true);
        await hub.IdleAsync();

        Assert.Equal(5, (await hub.StateAsync("one")).ReadInputAs<int>());
        Assert.Equal(5, (await hub.StateAsync(other)).ReadInputAs<int>());
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("unknown"));
    }

    private Task<TestHub> HubAsync() => new TestHub(azurite)
        .Orchestrator("Wait", async context =>
        {
            await context.WaitForExternalEvent<bool>("Go");
            return context.GetInput<int>();
        })
        .Orchestrator("Time", context => Task.FromResult(context.CurrentUtcDateTime))
        .StartAsync();
}
