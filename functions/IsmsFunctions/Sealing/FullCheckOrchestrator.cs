using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Sealing;

/// <summary>Where a check of everything stands: input and progress at once.</summary>
/// <param name="Id">The check.</param>
/// <param name="Checked">How many items have been checked.</param>
public sealed record FullCheckCheckpoint(string Id, long Checked = 0);

/// <summary>How far a slice of the check got.</summary>
/// <param name="Checked">How many items have been checked.</param>
/// <param name="IsDone">Whether those are all.</param>
public sealed record FullCheckStep(long Checked, bool IsDone);

/// <summary>A check of everything, slice by slice, so that it goes on after a restart where it was.</summary>
public static class FullCheckOrchestrator
{
    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunFullCheck))]
    public static Task RunFullCheck([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<FullCheckCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, FullCheckCheckpoint checkpoint)
    {
        context.SetCustomStatus(checkpoint.Checked);
        var step = await context.CallActivityAsync<FullCheckStep>(nameof(FullCheckActivities.CheckSlice), checkpoint, Retries.Transient);
        if (step.IsDone)
        {
            await context.CallActivityAsync(nameof(FullCheckActivities.EndFullCheck), checkpoint.Id, Retries.Transient);
        }
        else
        {
            context.ContinueAsNew(checkpoint with { Checked = step.Checked });
        }
    }
}
