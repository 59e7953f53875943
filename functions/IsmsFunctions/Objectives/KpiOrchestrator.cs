using Isms.Objectives;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Objectives;

/// <summary>
/// The story of a quarter's measurement (clause 9.1): near the quarter's end the system measures, asks people for what only they know, reminds them, and records
/// the sheet. One turn is one look.
/// </summary>
public static class KpiOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunKpiMeasurement))]
    public static Task RunKpiMeasurement([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<KpiCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, KpiCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<KpiView>(
            nameof(KpiActivities.LookAtKpiMeasurement), new KpiLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
        var now = context.CurrentUtcDateTime;
        if (view.Serial != checkpoint.Entered)
        {
            await EnterAsync(context, view);
            context.ContinueAsNew(checkpoint with { Entered = view.Serial, HandledUntil = view.Since });
        }
        else if (view.Ended)
        {
            return;
        }
        else if (view.NextMoment <= now)
        {
            await context.CallActivityAsync(nameof(KpiActivities.FollowKpiCalendar), new KpiTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent, so that a repetition after a crash changes nothing.</summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, KpiView view)
    {
        var step = new KpiStep(view.Id, view.Serial);
        switch (view.Stage)
        {
            case KpiStage.Recording:
                await context.CallActivityAsync(nameof(KpiActivities.RecordKpiSheet), step, Retries.Transient);
                break;
            case KpiStage.Scheduled:
                break;
            default:
                await context.CallActivityAsync(nameof(KpiActivities.WriteKpiLetters), step, Retries.Transient);
                break;
        }
    }
}

/// <summary>Where a measurement's workflow stands; its input, too.</summary>
/// <param name="Id">The measurement's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders of this stage have been dealt with, UTC.</param>
public sealed record KpiCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for a measurement's state.</summary>
public sealed record KpiLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of a measurement: no names, no values.</summary>
public sealed record KpiView(string Id, KpiStage Stage, int Serial, DateTime Since, bool Ended, DateTime? NextMoment);

/// <summary>A step of a measurement.</summary>
/// <param name="Id">The measurement's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record KpiStep(string Id, int Serial);

/// <summary>The time that has passed for a measurement, UTC.</summary>
public sealed record KpiTime(string Id, DateTime After, DateTime Until);
