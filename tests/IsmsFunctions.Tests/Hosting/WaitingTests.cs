using IsmsFunctions.Hosting.Workflows;
using Microsoft.DurableTask;
using NSubstitute;

namespace IsmsFunctions.Tests.Hosting;

public sealed class WaitingTests
{
    private static readonly DateTime Deadline = new(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TaskOrchestrationContext context = Substitute.For<TaskOrchestrationContext>();
    private readonly TaskCompletionSource<object?> wakeUp = new();
    private readonly TaskCompletionSource timer = new();

    public WaitingTests()
    {
        context.WaitForExternalEvent<object?>(WorkflowGate.Changed, Arg.Any<CancellationToken>()).Returns(wakeUp.Task);
        context.CreateTimer(Deadline, Arg.Any<CancellationToken>()).Returns(timer.Task);
    }

    [Fact]
    public async Task Wake_up_between_two_waits_is_answered_by_the_second()
    {
        timer.SetResult();
        Assert.False(await context.WaitForChangeAsync(Deadline));

        context.CreateTimer(Deadline, Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);
        wakeUp.SetResult(null);

        Assert.True(await context.WaitForChangeAsync(Deadline));
        _ = context.Received(1).WaitForExternalEvent<object?>(WorkflowGate.Changed, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Answered_wake_up_makes_room_for_a_new_wait()
    {
        wakeUp.SetResult(null);
        Assert.True(await context.WaitForChangeAsync(Deadline));

        context.WaitForExternalEvent<object?>(WorkflowGate.Changed, Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource<object?>().Task);
        timer.SetResult();

        Assert.False(await context.WaitForChangeAsync(Deadline));
    }

    [Fact]
    public async Task Timer_that_lost_is_cancelled()
    {
        CancellationToken given = default;
        context.CreateTimer(Deadline, Arg.Do<CancellationToken>(token => given = token)).Returns(timer.Task);
        var waiting = context.WaitForChangeAsync(Deadline);
        Assert.False(given.IsCancellationRequested);

        wakeUp.SetResult(null);
        await waiting;

        Assert.True(given.IsCancellationRequested);
    }
}
