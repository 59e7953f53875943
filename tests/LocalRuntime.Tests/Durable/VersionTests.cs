using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace LocalRuntime.Tests.Durable;

public sealed class VersionTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task New_instances_and_sub_orchestrations_get_the_default_version_unless_told_otherwise()
    {
        await using var hub = await StartAsync("2.0", VersionMatchStrategy.None);

        Assert.Equal("2.0, child 2.0, other 1.5", await VersionsAsync(new StartOrchestrationOptions()));
        Assert.Equal("1.0, child 2.0, other 1.5", await VersionsAsync(new StartOrchestrationOptions { Version = "1.0" }));
        Assert.Equal(", child 2.0, other 1.5", await VersionsAsync(new StartOrchestrationOptions { Version = TaskVersion.Unversioned }));

        async Task<string> VersionsAsync(StartOrchestrationOptions options)
        {
            var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", options);
            await hub.IdleAsync();
            return (await hub.StateAsync(id)).ReadOutputAs<string>()!;
        }
    }

    [Fact]
    public async Task Version_stays_with_the_instance_and_can_change_when_it_starts_over()
    {
        await using var hub = new TestHub(azurite) { Versioning = Versioning("1.0", VersionMatchStrategy.CurrentOrOlder) };
        hub.Orchestrator("Staged", async context =>
        {
            var version = context.Version;
            await context.WaitForExternalEvent<bool>("Next");
            if (context.GetInput<string>() is { } before)
            {
                return $"{before} {version} {context.CompareVersionTo("1.5")}";
            }

            context.ContinueAsNew(new ContinueAsNewOptions { NewInput = version, NewVersion = "2.0" });
            return "";
        });
        await hub.StartAsync();
        var id = await hub.BeginAsync("Staged");

        hub.Versioning = Versioning("2.0", VersionMatchStrategy.CurrentOrOlder);
        await hub.RestartAsync();
        await hub.Client.RaiseEventAsync(id, "Next", true);
        await hub.IdleAsync();
        await hub.Client.RaiseEventAsync(id, "Next", true);
        await hub.IdleAsync();

        Assert.Equal("1.0 2.0 1", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Newer_instance_waits_for_a_worker_that_runs_it()
    {
        await using var hub = await StartAsync("1.0", VersionMatchStrategy.CurrentOrOlder);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", new StartOrchestrationOptions { Version = "1.1" });
        var old = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", new StartOrchestrationOptions { Version = "0.9" });
        await hub.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.StateAsync(id)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.StateAsync(old)).RuntimeStatus);

        hub.Versioning = Versioning("1.1", VersionMatchStrategy.CurrentOrOlder);
        await hub.RestartAsync();
        await hub.IdleAsync();

        Assert.Equal("1.1", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Version_that_does_not_fit_fails_if_that_is_the_strategy()
    {
        await using var hub = new TestHub(azurite) { Versioning = Versioning("1.0", VersionMatchStrategy.Strict, VersionFailureStrategy.Fail) };
        hub.Orchestrator("Echo", context => Task.FromResult(context.Version));
        await hub.StartAsync();

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", null, new StartOrchestrationOptions { Version = "0.9" });
        await hub.IdleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.StateAsync(id)).RuntimeStatus);
    }

    private async Task<TestHub> StartAsync(string version, VersionMatchStrategy strategy)
    {
        var hub = new TestHub(azurite) { Versioning = Versioning(version, strategy) };
        hub.Orchestrator("Echo", context => Task.FromResult(context.Version));
        hub.Orchestrator("Parent", async context =>
        {
            var child = await context.CallSubOrchestratorAsync<string>("Echo");
            var other = await context.CallSubOrchestratorAsync<string>("Echo", null, new SubOrchestrationOptions { Version = "1.5" });
            return $"{context.Version}, child {child}, other {other}";
        });
        return await hub.StartAsync();
    }

    private static VersioningOptions Versioning(
        string version, VersionMatchStrategy match, VersionFailureStrategy failure = VersionFailureStrategy.Reject)
        => new() { Version = version, DefaultVersion = version, MatchStrategy = match, FailureStrategy = failure };
}
