using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Year;

/// <summary>Where a year's workflow is: everything else is in the year's state.</summary>
/// <param name="Instance">The year's id, such as <c>year-FY2026</c>.</param>
public sealed record YearCheckpoint(string Instance);

/// <summary>
/// A year: each month it opens the plan items whose window has come, and as its last day ends it hands what is open over to the next year and writes its
/// summary. One turn is one month.
/// </summary>
public static class YearOrchestrator
{
    /// <summary>Runs one turn.</summary>
    [Function(nameof(YearOrchestrator))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<YearCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, YearCheckpoint checkpoint)
    {
        var year = await context.CallActivityAsync<YearLook>(nameof(YearActivities.ReadYear), checkpoint, Retries.Transient);
        switch (year.Stage)
        {
            case YearStage.InProgress:
                await context.CallActivityAsync(nameof(YearActivities.OpenPlanItems), checkpoint, Retries.Transient);
                await context.WaitForChangeAsync(year.NextMoment);
                context.ContinueAsNew(checkpoint);
                break;

            case YearStage.Ending:
                await context.CallActivityAsync(nameof(YearActivities.CarryOverPlanItems), checkpoint, Retries.Transient);
                await context.CallActivityAsync(nameof(YearActivities.CloseYear), checkpoint, Retries.Transient);
                break;

            case YearStage.Closed:
                break;
        }
    }
}
