using Isms.CorrectiveActions;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>
/// The story of a corrective action (clause 10.2). One turn is one look at the action: a stage that it has come to is entered, people are reminded, or the
/// workflow waits for them.
/// </summary>
public static class ActionOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunCorrectiveAction))]
    public static Task RunCorrectiveAction([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<ActionCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, ActionCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<ActionView>(
            nameof(ActionActivities.LookAtCorrectiveAction), new ActionLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
        var now = context.CurrentUtcDateTime;
        if (view.Serial != checkpoint.Entered)
        {
            await EnterAsync(context, view);
            context.ContinueAsNew(checkpoint with { Entered = view.Serial, HandledUntil = view.Since });
        }
        else if (view.Stage == ActionStage.Closed)
        {
            return;
        }
        else if (view.NextMoment <= now)
        {
            await context.CallActivityAsync(
                nameof(ActionActivities.RemindOfCorrectiveAction), new ActionTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent.</summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, ActionView view)
    {
        Task Do(string activity) => context.CallActivityAsync(activity, new ActionStep(view.Id, view.Serial), Retries.Transient);
        if (view.Stage is ActionStage.Closed or ActionStage.Reopened)
        {
            await Do(nameof(ActionActivities.RecordCorrectiveAction));
        }

        await Do(nameof(ActionActivities.WriteActionLetters));
        switch (view.Stage)
        {
            case ActionStage.Raised:
                await Do(nameof(ActionActivities.AssignCorrectiveAction));
                break;
            case ActionStage.Reopened:
                await Do(nameof(ActionActivities.BeginNextRound));
                break;
            case ActionStage.Closed:
                await Do(nameof(ActionActivities.TellSourceOfClosure));
                break;
            default:
                break;
        }
    }
}

/// <summary>Where a corrective action's workflow stands; its input, too.</summary>
/// <param name="Id">The action's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders of this stage have been dealt with, UTC.</param>
public sealed record ActionCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for a corrective action's state.</summary>
public sealed record ActionLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of a corrective action.</summary>
public sealed record ActionView(string Id, ActionStage Stage, int Serial, DateTime Since, DateTime? NextMoment);

/// <summary>A step of a corrective action.</summary>
/// <param name="Id">The action's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record ActionStep(string Id, int Serial);

/// <summary>The time that has passed for a corrective action, UTC.</summary>
public sealed record ActionTime(string Id, DateTime After, DateTime Until);
