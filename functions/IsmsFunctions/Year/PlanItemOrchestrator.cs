using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Year;

/// <summary>Where a plan item's workflow is.</summary>
/// <param name="Instance">The item's instance id.</param>
/// <param name="HandledUntil">Notices up to this instant have been handled.</param>
public sealed record PlanItemCheckpoint(string Instance, DateTimeOffset HandledUntil);

/// <summary>
/// A plan item from its opening to its end: tells people what is due, reminds and escalates, and writes the record once the item is settled. One turn is one
/// look at the item, with the notices that have become due, and the wait for the next change or moment.
/// </summary>
public static class PlanItemOrchestrator
{
    /// <summary>Runs one turn.</summary>
    [Function(nameof(PlanItemOrchestrator))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<PlanItemCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, PlanItemCheckpoint checkpoint)
    {
        var item = await context.CallActivityAsync<PlanItemLook>(nameof(PlanItemActivities.LookAfterPlanItem), checkpoint, Retries.Transient);
        if (item.LacksItsWork)
        {
            await context.CallActivityAsync(nameof(PlannedWorkActivities.AssignWorkToPlanItem), checkpoint, Retries.Transient);
        }

        if (item.IsSettled)
        {
            await context.CallActivityAsync(nameof(PlanItemActivities.RecordPlanItem), checkpoint, Retries.Transient);
        }
        else if (item.NextMoment is { } next)
        {
            await context.WaitForChangeAsync(next);
            context.ContinueAsNew(checkpoint with { HandledUntil = item.SeenAt });
        }
    }
}
