using Isms.Training;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Training;

/// <summary>
/// The story of a training campaign (clauses 7.2 and 7.3). One turn is one look at it: a stage that it has come to is entered, it is looked after, it is over, or the
/// workflow waits. Who takes part stays in the rows; the workflow knows the campaign's id and the time.
/// </summary>
public static class TrainingOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunTraining))]
    public static Task RunTraining([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<TrainingCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, TrainingCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<TrainingView>(
            nameof(TrainingActivities.LookAtTraining), new TrainingLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
        var now = context.CurrentUtcDateTime;
        if (view.Serial != checkpoint.Entered)
        {
            await EnterAsync(context, view);
            context.ContinueAsNew(checkpoint with { Entered = view.Serial, HandledUntil = view.Since });
        }
        else if (view.Stage is TrainingStage.Closed or TrainingStage.Cancelled)
        {
            return;
        }
        else if (view.IsComplete)
        {
            await context.CallActivityAsync(nameof(TrainingActivities.CompleteTraining), new TrainingStep(view.Id, view.Serial), Retries.Transient);
            context.ContinueAsNew(checkpoint);
        }
        else if (view.NextMoment <= now)
        {
            await context.CallActivityAsync(
                nameof(TrainingActivities.LookAfterTraining), new TrainingTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent.</summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, TrainingView view)
    {
        Task Do(string activity) => context.CallActivityAsync(activity, new TrainingStep(view.Id, view.Serial), Retries.Transient);
        switch (view.Stage)
        {
            case TrainingStage.Running:
                await Do(nameof(TrainingActivities.InviteToTraining));
                await Do(nameof(TrainingActivities.WriteTrainingLetters));
                break;
            case TrainingStage.Closing:
                await Do(nameof(TrainingRecordActivities.RecordTraining));
                break;
            case TrainingStage.Closed or TrainingStage.Cancelled:
                await Do(nameof(TrainingActivities.WriteTrainingLetters));
                break;
            default:
                break;
        }
    }
}

/// <summary>Where a campaign's workflow stands; its input, too.</summary>
/// <param name="Id">The campaign's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders and looks at the directory have been dealt with, UTC.</param>
public sealed record TrainingCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for a campaign's state.</summary>
public sealed record TrainingLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of a campaign.</summary>
public sealed record TrainingView(string Id, TrainingStage Stage, int Serial, DateTime Since, bool IsComplete, DateTime? NextMoment);

/// <summary>A step of a campaign.</summary>
/// <param name="Id">The campaign's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record TrainingStep(string Id, int Serial);

/// <summary>The time that has passed for a campaign, UTC.</summary>
public sealed record TrainingTime(string Id, DateTime After, DateTime Until);
