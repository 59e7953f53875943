using Microsoft.DurableTask;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>How orchestrators wait: for a change of their state, or until a moment, whichever comes first.</summary>
public static class Waiting
{
    /// <summary>
    /// Waits until the workflow is woken, or until <paramref name="until"/> (UTC); the loser of the race is cancelled, so that no timer keeps an instance
    /// from completing. Returns whether it was woken.
    /// </summary>
    /// <remarks>A wake-up that arrived earlier in the same stage is buffered and returns at once.</remarks>
    public static async Task<bool> WaitForChangeAsync(this TaskOrchestrationContext context, DateTime until)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var cancelTimer = new CancellationTokenSource();
        using var cancelWait = new CancellationTokenSource();
        var changed = context.WaitForExternalEvent<object?>(WorkflowGate.Changed, cancelWait.Token);
        var timer = context.CreateTimer(until, cancelTimer.Token);
        var woken = await Task.WhenAny(changed, timer) == changed;
        // Cancel, not CancelAsync: an orchestrator must stay on its own thread.
#pragma warning disable CA1849
        (woken ? cancelTimer : cancelWait).Cancel();
#pragma warning restore CA1849
        return woken;
    }
}
