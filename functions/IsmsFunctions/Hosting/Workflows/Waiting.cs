using System.Runtime.CompilerServices;
using Microsoft.DurableTask;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>How orchestrators wait: for a change of their state, or until a moment, whichever comes first.</summary>
public static class Waiting
{
    // Per execution, not per instance: every replay brings its own context and makes the same calls again.
    private static readonly ConditionalWeakTable<TaskOrchestrationContext, Task<object?>> Unanswered = [];

    /// <summary>
    /// Waits until the workflow is woken, or until <paramref name="until"/> (UTC). A timer that lost is cancelled, so that it keeps no instance from
    /// completing. Returns whether the workflow was woken.
    /// </summary>
    /// <remarks>
    /// A wake-up that arrived earlier in the same stage returns at once. When the timer wins, the wait stays open for the next call: a cancelled waiter
    /// would keep its place and swallow the wake-up that arrives while the workflow looks at its state.
    /// </remarks>
    public static async Task<bool> WaitForChangeAsync(this TaskOrchestrationContext context, DateTime until)
    {
        ArgumentNullException.ThrowIfNull(context);
        var changed = Unanswered.GetValue(context, c => c.WaitForExternalEvent<object?>(WorkflowGate.Changed));
        using var cancelTimer = new CancellationTokenSource();
        var timer = context.CreateTimer(until, cancelTimer.Token);
        var woken = await Task.WhenAny(changed, timer) == changed;
        if (woken)
        {
            Unanswered.Remove(context);
            // Cancel, not CancelAsync: an orchestrator must stay on its own thread.
#pragma warning disable CA1849
            cancelTimer.Cancel();
#pragma warning restore CA1849
        }

        return woken;
    }
}
