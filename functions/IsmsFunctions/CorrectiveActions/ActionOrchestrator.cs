using Isms.CorrectiveActions;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>The story of a corrective action (clause 10.2). Each stage does what entering it demands, then waits for people and due dates.</summary>
public static class ActionOrchestrator
{
    private const int TurnsPerHistory = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one stage of a corrective action.</summary>
    [Function(nameof(RunCorrectiveAction))]
    public static async Task RunCorrectiveAction([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var checkpoint = context.GetInput<ActionCheckpoint>()!;
        var view = await LookAsync(context, checkpoint);
        if (view.Serial != checkpoint.Entered)
        {
            checkpoint = checkpoint with { Entered = view.Serial, HandledUntil = context.CurrentUtcDateTime };
            await EnterAsync(context, view);
            view = await LookAsync(context, checkpoint);
        }

        for (var turn = 0; turn < TurnsPerHistory && view.Serial == checkpoint.Entered; turn++)
        {
            if (view.Stage == ActionStage.Closed)
            {
                return;
            }

            if (view.NextMoment <= context.CurrentUtcDateTime)
            {
                var now = context.CurrentUtcDateTime;
                await context.CallActivityAsync(
                    nameof(ActionActivities.RemindOfCorrectiveAction), new ActionTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
                checkpoint = checkpoint with { HandledUntil = now };
            }
            else
            {
                await context.WaitForChangeAsync(view.NextMoment ?? context.CurrentUtcDateTime + LongestWait);
            }

            view = await LookAsync(context, checkpoint);
        }

        context.ContinueAsNew(checkpoint);
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

    private static Task<ActionView> LookAsync(TaskOrchestrationContext context, ActionCheckpoint checkpoint) =>
        context.CallActivityAsync<ActionView>(
            nameof(ActionActivities.LookAtCorrectiveAction), new ActionLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
}

/// <summary>Where a corrective action's workflow stands; its input, too.</summary>
/// <param name="Id">The action's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders of this stage have been dealt with, UTC.</param>
public sealed record ActionCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for a corrective action's state.</summary>
public sealed record ActionLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of a corrective action.</summary>
public sealed record ActionView(string Id, ActionStage Stage, int Serial, DateTime? NextMoment);

/// <summary>A step of a corrective action.</summary>
/// <param name="Id">The action's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record ActionStep(string Id, int Serial);

/// <summary>The time that has passed for a corrective action, UTC.</summary>
public sealed record ActionTime(string Id, DateTime After, DateTime Until);
