using Isms.Audits;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Audits;

/// <summary>
/// The story of an internal audit (clause 9.2). One turn is one look at the audit: a stage that it has come to is entered, what the calendar demands is done, or
/// the workflow waits for people, dates and corrective actions.
/// </summary>
public static class AuditOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunAudit))]
    public static Task RunAudit([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<AuditCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, AuditCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<AuditView>(
            nameof(AuditActivities.LookAtAudit), new AuditLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
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
            await context.CallActivityAsync(nameof(AuditTimeActivities.FollowAuditCalendar), new AuditTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent, so that a repetition after a crash changes nothing.</summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, AuditView view)
    {
        Task Do(string activity) => context.CallActivityAsync(activity, new AuditStep(view.Id, view.Serial), Retries.Transient);
        switch (view.Stage)
        {
            case AuditStage.Planning:
                await Do(nameof(AuditActivities.DrawUpAuditChecklist));
                break;
            case AuditStage.Notified:
                await Do(nameof(AuditRecordActivities.RecordAuditPlan));
                await Do(nameof(AuditTimeActivities.WriteAuditLetters));
                break;
            case AuditStage.Reporting:
                await Do(nameof(AuditRecordActivities.RecordAuditChecklist));
                await Do(nameof(AuditActivities.WriteAuditReport));
                break;
            case AuditStage.FollowingUp:
                await Do(nameof(AuditRecordActivities.RecordAuditReport));
                await Do(nameof(AuditTimeActivities.WriteAuditLetters));
                foreach (var finding in view.NonconformitiesWithoutAction)
                {
                    await context.CallActivityAsync(nameof(AuditActivities.StartActionOfFinding), new AuditFinding(view.Id, finding), Retries.Transient);
                }

                break;
            default:
                await Do(nameof(AuditTimeActivities.WriteAuditLetters));
                break;
        }
    }
}

/// <summary>Where an audit's workflow stands; its input, too.</summary>
/// <param name="Id">The audit's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders of this stage have been dealt with, UTC.</param>
public sealed record AuditCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for an audit's state.</summary>
public sealed record AuditLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of an audit: no names, no texts.</summary>
public sealed record AuditView(
    string Id, AuditStage Stage, int Serial, DateTime Since, bool Ended, DateTime? NextMoment, IReadOnlyList<string> NonconformitiesWithoutAction);

/// <summary>A step of an audit.</summary>
/// <param name="Id">The audit's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record AuditStep(string Id, int Serial);

/// <summary>A finding of an audit.</summary>
public sealed record AuditFinding(string Id, string Finding);

/// <summary>The time that has passed for an audit, UTC.</summary>
public sealed record AuditTime(string Id, DateTime After, DateTime Until);
