using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace LocalRuntime.Tests.Durable;

/// <summary>
/// The engine is ended before and after every single write of a story with activities, children, sent events, timers, an external event
/// and a new beginning; another engine takes over, and nothing may be lost or doubled.
/// </summary>
public sealed class CrashTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private sealed class SimulatedCrashException(string write) : Exception($"Crash at: {write}");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crash_at_any_write_loses_and_doubles_nothing(bool afterTheWrite)
    {
        var undisturbed = await PlayAsync(crashAt: null, afterTheWrite);
        Assert.Equal("30", undisturbed.Outputs["parent"]);
        Assert.Equal("\"heard 30 once\"", undisturbed.Outputs["listener"]);
        Assert.Equal(["child-1", "child-2", "parent-1", "parent-2"], undisturbed.Effects);
        Assert.True(undisturbed.Writes > 15);

        for (var write = 1; write <= undisturbed.Writes; write++)
        {
            var disturbed = await PlayAsync(write, afterTheWrite);
            Assert.True(disturbed.Crashes == 1, $"No crash at write {write}.");
            Assert.Equal(undisturbed.Outputs, disturbed.Outputs);
            Assert.Equal(undisturbed.Effects, disturbed.Effects);
            Assert.Equal(undisturbed.Histories, disturbed.Histories);
        }
    }

    [Fact]
    public async Task Second_engine_on_the_same_hub_stops_the_first()
    {
        await using var first = await Story(new TestHub(azurite), []).StartAsync();
        await first.BeginAsync("Listener", id: "listener");
        await using var second = await Story(new TestHub(azurite, first.Name), []).StartAsync();
        await second.Client.RaiseEventAsync("listener", "Done", 1);
        await second.IdleAsync();

        await first.Client.TerminateInstanceAsync("listener");
        await first.IdleAsync();

        Assert.IsType<HubOwnershipLostException>(first.Engine.Fault);
        Assert.Contains("Another process", first.Engine.Fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.Client.RaiseEventAsync("listener", "Done", 1));
    }

    [Fact]
    public async Task Activity_under_way_runs_again_after_a_crash()
    {
        var runs = 0;
        var endless = new TaskCompletionSource<object?>();
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Slow", (_, _) => ++runs == 1 ? endless.Task : Task.FromResult<object?>(runs))
            .Orchestrator("Call", context => context.CallActivityAsync<int>("Slow", 1))
            .StartAsync();
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Call");
        await hub.Client.WaitForInstanceStartAsync(id);

        await using var next = new TestHub(azurite, hub.Name) { Tasks = hub.Tasks };
        while (runs == 0)
        {
            await Task.Yield();
        }

        await next.StartAsync();
        await next.IdleAsync();
        endless.SetResult(null);

        Assert.Equal(2, (await next.StateAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Turn_that_only_calls_an_activity_is_stored_with_its_answer()
    {
        var commits = new List<string>();
        await using var hub = await new TestHub(azurite) { Hook = new StorageHook((write, isDone) => commits.AddRange(isDone ? [write] : [])) }
            .Activity<int>("Double", number => number * 2)
            .Orchestrator("Sum", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                var first = await context.CallActivityAsync<int>("Double", 1);
                return first + await context.CallActivityAsync<int>("Double", 2);
            })
            .StartAsync();

        await hub.BeginAsync("Sum", id: "sum");
        await hub.RunAsync(TimeSpan.FromHours(2));

        // Created, timer set, first answer (with the timer that fired), second answer: what the first activity answered stands before the second begins.
        Assert.Equal("6", (await hub.StateAsync("sum")).SerializedOutput);
        Assert.Equal(4, commits.Count(write => write.StartsWith("commit sum", StringComparison.Ordinal)));
    }

    private static TestHub Story(TestHub hub, SortedSet<string> effects) => hub
        .Activity<string>("Effect", name =>
        {
            effects.Add(name);
            return name;
        })
        .Orchestrator("Child", async context =>
        {
            var number = await context.WaitForExternalEvent<int>("Number");
            await context.CallActivityAsync<string>("Effect", context.InstanceId);
            return number;
        })
        .Orchestrator("Parent", async context =>
        {
            if (context.GetInput<int>() is > 0 and var carried)
            {
                await context.CallActivityAsync<string>("Effect", "parent-2");
                context.SendEvent("listener", "Done", carried);
                return carried;
            }

            await context.CallActivityAsync<string>("Effect", "parent-1");
            var first = context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(instanceId: "child-1"));
            var second = context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(instanceId: "child-2"));
            context.SendEvent("child-1", "Number", 10);
            context.SendEvent("child-2", "Number", 20);
            var sum = await first + await second;
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            await context.WaitForExternalEvent<bool>("Go");
            context.ContinueAsNew(sum);
            return 0;
        })
        .Orchestrator("Listener", async context =>
        {
            var heard = await context.WaitForExternalEvent<int>("Done");
            try
            {
                await context.WaitForExternalEvent<int>("Done", TimeSpan.FromDays(1));
                return $"heard {heard} twice";
            }
            catch (TaskCanceledException)
            {
                return $"heard {heard} once";
            }
        });

    private async Task<Outcome> PlayAsync(int? crashAt, bool afterTheWrite)
    {
        var effects = new SortedSet<string>(StringComparer.Ordinal);
        var story = new Storyline(Story(new TestHub(azurite), effects), crashAt, afterTheWrite);
        await using var hub = story.Hub;
        await hub.StartAsync();
        await story.DoAsync(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Listener", new StartOrchestrationOptions("listener")));
        await story.DoAsync(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("parent")));
        await story.RunAsync(TimeSpan.FromHours(36));
        await story.DoAsync(() => hub.Client.RaiseEventAsync("parent", "Go", true));
        await story.RunAsync(TimeSpan.FromDays(3));

        foreach (var partition in await new HubStore(azurite.ConnectionString, hub.Name).LoadAsync())
        {
            Assert.Empty(partition.Inbox);
            Assert.Empty(partition.Outbox);
            Assert.Empty(partition.ObsoleteSegments);
        }

        string[] ids = ["child-1", "child-2", "listener", "parent"];
        var states = await Task.WhenAll(ids.Select(async id => (Id: id, State: await hub.StateAsync(id))));
        Assert.True(
            states.All(state => state.State.RuntimeStatus == OrchestrationRuntimeStatus.Completed),
            $"Crash at {crashAt}: {story.LastWrite}; {hub.Tracker.Runnable.Count} runnable; {string.Join("\n", ids.SelectMany(id => hub.HistoryOf(id).Select(happened => Describe(id, happened))))}");
        return new Outcome(
            states.ToDictionary(state => state.Id, state => state.State.SerializedOutput),
            [.. effects],
            [.. ids.SelectMany(id => hub.HistoryOf(id).Select(happened => Describe(id, happened))).Order(StringComparer.Ordinal)],
            story.Writes,
            story.Crashes);
    }

    // How events are spread over turns may differ after a crash, what happened may not.
    private static string Describe(string id, HistoryEvent happened) => happened.Kind == HistoryEventKind.TurnStarted
        ? $"{id} has turns"
        : $"{id} {happened.Kind} {happened.Id} {happened.Name} {happened.InstanceId} {happened.Data} {happened.At:O} {happened.Status}";

    private sealed record Outcome(
        Dictionary<string, string?> Outputs, IReadOnlyList<string> Effects, IReadOnlySet<string> Histories, int Writes, int Crashes)
    {
        public Outcome(Dictionary<string, string?> outputs, IReadOnlyList<string> effects, List<string> histories, int writes, int crashes)
            : this(outputs, effects, Checked(histories), writes, crashes)
        {
        }

        private static SortedSet<string> Checked(List<string> histories)
        {
            var once = histories.Where(line => !line.EndsWith("has turns", StringComparison.Ordinal)).ToList();
            Assert.Equal(once.Count, once.Distinct().Count());
            return new SortedSet<string>(once, StringComparer.Ordinal);
        }
    }

    /// <summary>Acts the outside world: what it asks for it asks for again after a crash, if it was not done yet.</summary>
    private sealed class Storyline
    {
        private readonly int? crashAt;
        private readonly bool afterTheWrite;
        private DateTimeOffset crashedAt;

        public Storyline(TestHub hub, int? crashAt, bool afterTheWrite)
        {
            Hub = hub;
            this.crashAt = crashAt;
            this.afterTheWrite = afterTheWrite;
            hub.Hook = new StorageHook(Observe);
        }

        public TestHub Hub { get; }

        public int Writes { get; private set; }

        public int Crashes { get; private set; }

        public string? LastWrite { get; private set; }

        public async Task DoAsync(Func<Task> request)
        {
            try
            {
                await request();
            }
            catch (SimulatedCrashException)
            {
                await RecoverAsync();
                if (!afterTheWrite)
                {
                    await request();
                }
            }

            await RunAsync(TimeSpan.Zero);
        }

        public async Task RunAsync(TimeSpan time)
        {
            var until = Hub.Now + time;
            await Hub.Clock.RunUntilAsync(until);
            while (Hub.Engine.Fault is not null)
            {
                await RecoverAsync();
                await Hub.Clock.RunUntilAsync(until);
            }
        }

        private async Task RecoverAsync()
        {
            Assert.IsType<SimulatedCrashException>(Hub.Engine.Fault);
            await Hub.Engine.DisposeAsync();
            await Hub.StartAsync(crashedAt);
        }

        private void Observe(string write, bool done)
        {
            Writes += done ? 0 : 1;
            if (Writes == crashAt && done == afterTheWrite && Crashes == 0)
            {
                Crashes++;
                crashedAt = Hub.Now;
                LastWrite = write;
                throw new SimulatedCrashException(write);
            }
        }
    }
}
