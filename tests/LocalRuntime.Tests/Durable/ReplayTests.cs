using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Tests.Durable;

public sealed class ReplayTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task IsReplaying_is_true_for_what_was_done_before_and_false_for_what_is_new()
    {
        var seen = new List<string>();
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Step", number => number)
            .Orchestrator("Steps", async context =>
            {
                seen.Add($"a{context.IsReplaying}");
                await context.CallActivityAsync("Step", 1);
                seen.Add($"b{context.IsReplaying}");
                await context.CallActivityAsync("Step", 2);
                seen.Add($"c{context.IsReplaying}");
            })
            .StartAsync();

        await hub.RunAsync("Steps");

        Assert.Equal(["aFalse", "aTrue", "bFalse", "aTrue", "bTrue", "cFalse"], seen);
    }

    [Fact]
    public async Task Time_and_ids_are_the_same_on_every_replay()
    {
        var times = new List<DateTime>();
        var ids = new List<Guid>();
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Clock", async context =>
            {
                times.Add(context.CurrentUtcDateTime);
                ids.Add(context.NewGuid());
                ids.Add(context.NewGuid());
                await context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
                times.Add(context.CurrentUtcDateTime);
            })
            .StartAsync();

        await hub.RunAsync("Clock", id: "clock-1");

        Assert.Equal([TestHub.Start.UtcDateTime, TestHub.Start.UtcDateTime, TestHub.Start.UtcDateTime.AddHours(5)], times);
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
        Assert.Equal(ids[..2], ids[2..]);
        Assert.NotEqual(ids[0], ids[1]);
        Assert.Equal(5, ids[0].Version);
    }

    [Fact]
    public async Task Ids_are_those_the_original_makes_of_instance_time_and_counter()
    {
        Guid? id = null;
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Id", context =>
            {
                id = context.NewGuid();
                return Task.CompletedTask;
            })
            .StartAsync();

        await hub.RunAsync("Id", id: "instance");

        // uuid5(9e952958-5e33-4daf-827f-2fa12937b875, "instance_2026-04-01T00:00:00.0000000Z_0"), computed with Python's uuid module.
        Assert.Equal(Guid.Parse("89fe7975-1c04-5510-a462-32f1d077983d"), id);
    }

    [Fact]
    public async Task Replay_safe_loggers_write_each_message_once()
    {
        using var log = new RecordingLoggerFactory();
        await using var hub = await new TestHub(azurite) { Loggers = log }
            .Activity<int>("Step", number => number)
            .Orchestrator("Steps", async context =>
            {
                var logger = context.CreateReplaySafeLogger("orchestration");
                var fromFactory = context.ReplaySafeLoggerFactory.CreateLogger("factory");
                logger.LogInformation("begin");
                await context.CallActivityAsync("Step", 1);
                fromFactory.LogInformation("middle");
                await context.CallActivityAsync("Step", 2);
                logger.LogInformation("end");
            })
            .StartAsync();

        await hub.RunAsync("Steps");

        Assert.Equal(["orchestration: begin", "factory: middle", "orchestration: end"], log.Messages);
    }

    [Theory]
    [InlineData("another name", "named 'Other'")]
    [InlineData("another kind", "a timer")]
    [InlineData("nothing", "did not (yet?) schedule anything")]
    public async Task Orchestrator_that_does_not_do_what_it_did_fails(string change, string explanation)
    {
        var changed = false;
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Step", number => number)
            .Activity<int>("Other", number => number)
            .Orchestrator("Changing", async context =>
            {
                switch (changed ? change : "as it was")
                {
                    case "another name":
                        await context.CallActivityAsync("Other", 1);
                        break;
                    case "another kind":
                        await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                        break;
                    case "as it was":
                        await context.CallActivityAsync("Step", 1);
                        break;
                }

                await context.WaitForExternalEvent<bool>("Go");
            })
            .StartAsync();
        var id = await hub.BeginAsync("Changing");

        changed = true;
        await hub.Client.RaiseEventAsync(id, "Go", true);
        await hub.IdleAsync();

        var ended = await hub.StateAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", ended.FailureDetails!.ErrorType);
        Assert.Contains("an activity named 'Step' with sequence number 0", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(explanation, ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awaiting_what_is_not_durable_fails_the_orchestration()
    {
        var never = new TaskCompletionSource();
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Illegal", _ => never.Task)
            .Orchestrator("Elsewhere", async context =>
            {
                await context.CallActivityAsync("Step", 1);
                await never.Task;
            })
            .Activity<int>("Step", number => number)
            .StartAsync();

        var first = await hub.RunAsync("Illegal");
        var second = await hub.RunAsync("Elsewhere");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, first.RuntimeStatus);
        Assert.Contains("awaiting non-durable tasks", first.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, second.RuntimeStatus);
    }

    [Fact]
    public async Task What_goes_wrong_around_an_orchestrator_ends_its_instance_and_not_the_engine()
    {
        await using var hub = await new TestHub(azurite) { Tasks = new TroubledTasks() }
            .Orchestrator("Before", _ => Task.FromResult("never run"))
            .Orchestrator("After", _ => Task.FromResult("decided"))
            .StartAsync();

        var before = await hub.RunAsync("Before");
        var after = await hub.RunAsync("After");

        Assert.Equal("trouble before", before.FailureDetails!.ErrorMessage);
        Assert.Equal("decided", after.ReadOutputAs<string>());
        Assert.Null(hub.Engine.Fault);
    }

    [Fact]
    public async Task Context_refuses_to_be_used_from_another_thread()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Threads", context =>
            {
                var message = "";
                var thread = new Thread(() => message = Assert.Throws<InvalidOperationException>(() => context.NewGuid()).Message);
                thread.Start();
                thread.Join();
                return Task.FromResult(message);
            })
            .StartAsync();

        var ended = await hub.RunAsync("Threads");

        Assert.Contains("invalid asynchronous invocation", ended.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_history_replays_against_the_code_that_made_it_and_convicts_other_code()
    {
        await using var hub = await new TestHub(azurite)
            .Activity<int>("Step", number => number + 1)
            .Orchestrator("Recorded", Original)
            .StartAsync();
        await hub.RunAsync("Recorded", 1, "recorded-1");

        var history = RecordedHistory.Parse(Assert.Single(hub.Ended).ToJson());

        Assert.Equal(history.ToJson(), hub.Ended[0].ToJson());
        Assert.Null(HistoryReplay.Check(history, async context => await Original(context)));
        Assert.Contains("an activity named 'Step'", Check(context => context.CallActivityAsync<int>("Other", 1)), StringComparison.Ordinal);
        Assert.Contains("did not (yet?) schedule anything", Check(_ => Task.FromResult(1)), StringComparison.Ordinal);
        Assert.Contains("which the history does not hold", Check(async context =>
        {
            var result = await Original(context);
            return result + await context.CallActivityAsync<int>("More", 1);
        }), StringComparison.Ordinal);
        Assert.Contains("another result", Check(async context => await Original(context) + 1), StringComparison.Ordinal);

        string? Check(Func<TaskOrchestrationContext, Task<int>> code) => HistoryReplay.Check(history, async context => await code(context));

        static async Task<int> Original(TaskOrchestrationContext context)
        {
            var first = await context.CallActivityAsync<int>("Step", context.GetInput<int>());
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return first;
        }
    }

    private sealed class TroubledTasks : TestTasks
    {
        public override async Task RunTurnAsync(string name, OrchestrationTurn turn)
        {
            if (name == "Before")
            {
                throw new InvalidOperationException("trouble before");
            }

            await base.RunTurnAsync(name, turn);
            throw new InvalidOperationException("trouble after");
        }
    }

    private sealed class RecordingLoggerFactory : ILoggerFactory
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => new RecordingLogger(Messages, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class RecordingLogger(List<string> messages, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => messages.Add($"{category}: {formatter(state, exception)}");
    }
}
