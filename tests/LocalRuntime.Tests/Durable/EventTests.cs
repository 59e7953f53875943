using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;

namespace LocalRuntime.Tests.Durable;

public sealed class EventTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Event_raised_before_the_wait_is_delivered()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return await context.WaitForExternalEvent<string>("Approved");
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.Client.RaiseEventAsync(id, "Approved", "early");
        await hub.RunAsync(TimeSpan.FromDays(2));

        Assert.Equal("early", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Names_of_events_are_not_case_sensitive()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", context => context.WaitForExternalEvent<int>("Answer"))
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.Client.RaiseEventAsync(id, "ANSWER", 42);
        await hub.IdleAsync();

        Assert.Equal(42, (await hub.StateAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Buffered_events_of_one_name_are_taken_in_their_order()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Collect", async context =>
            {
                await context.WaitForExternalEvent<bool>("Go");
                var taken = "";
                for (var i = 0; i < 3; i++)
                {
                    taken += await context.WaitForExternalEvent<string>("Letter");
                }

                return taken;
            })
            .StartAsync();
        var id = await hub.BeginAsync("Collect");

        foreach (var letter in new[] { "a", "b", "c" })
        {
            await hub.Client.RaiseEventAsync(id, "Letter", letter);
        }

        await hub.Client.RaiseEventAsync(id, "Go", true);
        await hub.IdleAsync();

        Assert.Equal("abc", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Of_waiters_for_one_name_each_event_completes_one_the_latest_first()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                var first = context.WaitForExternalEvent<string>("Name");
                var second = context.WaitForExternalEvent<string>("Name");
                return $"{await first}{await second}";
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.Client.RaiseEventAsync(id, "Name", "1");
        await hub.IdleAsync();
        Assert.True((await hub.StateAsync(id)).IsRunning);
        await hub.Client.RaiseEventAsync(id, "Name", "2");
        await hub.IdleAsync();

        Assert.Equal("21", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Waiters_for_one_name_must_agree_on_the_type()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                var number = context.WaitForExternalEvent<int>("Name");
                await Task.WhenAny(number, context.WaitForExternalEvent<string>("name"));
            })
            .StartAsync();

        var ended = await hub.RunAsync("Wait");

        Assert.Equal(typeof(ArgumentException).FullName, ended.FailureDetails!.ErrorType);
    }

    [Theory]
    [InlineData(true, "event")]
    [InlineData(false, "timer")]
    public async Task Race_of_event_and_timer_ends_with_the_winner_and_the_cancelled_loser_leaves_nothing_behind(bool raise, string winner)
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Race", async context =>
            {
                using var timerCancellation = new CancellationTokenSource();
                using var eventCancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(14), timerCancellation.Token);
                var raised = context.WaitForExternalEvent<bool>("Done", eventCancellation.Token);
                if (await Task.WhenAny(timer, raised) == raised)
                {
                    timerCancellation.Cancel();
                    return "event";
                }

                eventCancellation.Cancel();
                return raised.IsCanceled ? "timer" : "event wait not cancelled";
            })
            .StartAsync();
        var id = await hub.BeginAsync("Race");

        if (raise)
        {
            await hub.RunAsync(TimeSpan.FromDays(5));
            await hub.Client.RaiseEventAsync(id, "Done", true);
            await hub.IdleAsync();
        }
        else
        {
            await hub.RunAsync(TimeSpan.FromDays(14));
        }

        Assert.Equal(winner, (await hub.StateAsync(id)).ReadOutputAs<string>());
        Assert.Equal(0, await hub.Clock.RunUntilAsync(hub.Now.AddYears(1)));
    }

    [Fact]
    public async Task Wait_with_a_timeout_throws_TaskCanceledException_when_the_time_is_over()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("Answer", TimeSpan.FromDays(3));
                }
                catch (TaskCanceledException)
                {
                    return $"timeout at {context.CurrentUtcDateTime:MM-dd}";
                }
            })
            .StartAsync();
        var late = await hub.BeginAsync("Wait");
        var early = await hub.BeginAsync("Wait");

        await hub.Client.RaiseEventAsync(early, "Answer", "in time");
        await hub.RunAsync(TimeSpan.FromDays(4));

        Assert.Equal("timeout at 04-04", (await hub.StateAsync(late)).ReadOutputAs<string>());
        Assert.Equal("in time", (await hub.StateAsync(early)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Event_that_comes_after_a_cancelled_wait_is_kept_for_the_next_one()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("Answer", TimeSpan.FromDays(1));
                }
                catch (TaskCanceledException)
                {
                    await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
                    return "second wait: " + await context.WaitForExternalEvent<string>("Answer");
                }
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.RunAsync(TimeSpan.FromDays(2));
        await hub.Client.RaiseEventAsync(id, "Answer", "late");
        await hub.RunAsync(TimeSpan.FromDays(2));

        Assert.Equal("second wait: late", (await hub.StateAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Payload_of_another_type_fails_the_wait_and_not_the_engine()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Wait", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<int>("Number");
                }
                catch (System.Text.Json.JsonException)
                {
                    return -1;
                }
            })
            .StartAsync();
        var id = await hub.BeginAsync("Wait");

        await hub.Client.RaiseEventAsync(id, "Number", "many");
        await hub.IdleAsync();

        Assert.Equal(-1, (await hub.StateAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Event_for_an_unknown_or_ended_instance_is_ignored()
    {
        await using var hub = await new TestHub(azurite).Orchestrator("Nothing", _ => Task.CompletedTask).StartAsync();
        await hub.RunAsync("Nothing", id: "ended");

        await hub.Client.RaiseEventAsync("unknown", "Any", 1);
        await hub.Client.RaiseEventAsync("ended", "Any", 1);
        await hub.IdleAsync();

        Assert.Null(await hub.Client.GetInstanceAsync("unknown"));
        Assert.Null(hub.Engine.Fault);
    }

    [Fact]
    public async Task Orchestrations_send_events_to_each_other_once()
    {
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Receiver", async context =>
            {
                var sum = 0;
                for (var i = 0; i < 4; i++)
                {
                    sum += await context.WaitForExternalEvent<int>("Number");
                }

                return sum;
            })
            .Orchestrator("Sender", context =>
            {
                context.SendEvent("receiver", "Number", context.GetInput<int>());
                context.SendEvent("receiver", "number", 10);
                context.SendEvent("nobody", "Number", 10);
                return Task.CompletedTask;
            })
            .StartAsync();
        await hub.BeginAsync("Receiver", id: "receiver");

        await hub.BeginAsync("Sender", 1);
        await hub.RestartAsync();
        await hub.IdleAsync();
        Assert.True((await hub.StateAsync("receiver")).IsRunning);
        await hub.BeginAsync("Sender", 2);

        Assert.Equal(23, (await hub.StateAsync("receiver")).ReadOutputAs<int>());
        Assert.Equal(2, hub.HistoryOf("receiver").Count(happened => happened.Kind == HistoryEventKind.EventRaised && happened.Data == "10"));
    }
}
