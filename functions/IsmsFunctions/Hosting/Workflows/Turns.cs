using Microsoft.DurableTask;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>Runs the turns of workflows that live for months.</summary>
public static class Turns
{
    /// <summary>Storage or mail that was away for longer than <see cref="Retries.Transient"/> waits is back by then, or somebody has been called.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <summary>
    /// Runs a turn. Where an activity failed for good, the workflow does not end with it: it pauses, says so in its status, and runs the turn again from its
    /// checkpoint. Activities can be repeated, so nothing is doubled.
    /// </summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="checkpoint">What the turn was started with.</param>
    /// <param name="turn">The turn.</param>
    public static async Task RunTurnAsync<T>(this TaskOrchestrationContext context, T checkpoint, Func<T, Task> turn)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(turn);
        try
        {
            await turn(checkpoint);
        }
        catch (TaskFailedException e)
        {
            var again = context.CurrentUtcDateTime + Pause;
            context.SetCustomStatus(new PausedTurn(e.TaskName, again));
            await context.CreateTimer(again, CancellationToken.None);
            context.ContinueAsNew(checkpoint);
        }
    }

    private sealed record PausedTurn(string FailedActivity, DateTime TriesAgainAt);
}
