using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Packs;

/// <summary>Where the making of a pack stands: input and progress at once.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Slices">Slices planned so far.</param>
/// <param name="After">Where the last one ended; null before the first.</param>
/// <param name="Items">Items planned so far.</param>
public sealed record PackCheckpoint(string Id, int Slices = 0, string? After = null, int Items = 0);

/// <summary>How far the next slice got.</summary>
/// <param name="Checkpoint">Where to go on; null when the last slice is planned.</param>
public sealed record PackStep(PackCheckpoint? Checkpoint);

/// <summary>The making of a pack: slice by slice, then what stands at its head.</summary>
public static class PackOrchestrator
{
    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunPack))]
    public static Task RunPack([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<PackCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, PackCheckpoint checkpoint)
    {
        context.SetCustomStatus(new PackProgress(checkpoint.Items));
        var step = await context.CallActivityAsync<PackStep>(nameof(PackActivities.PlanPackSlice), checkpoint, Retries.Transient);
        if (step.Checkpoint is { } next)
        {
            context.ContinueAsNew(next);
            return;
        }

        await context.CallActivityAsync(nameof(PackActivities.FinishPack), checkpoint.Id, Retries.Transient);
    }

    private sealed record PackProgress(int Items);
}
