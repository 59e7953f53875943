using Isms.Certification;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Certification;

/// <summary>
/// The story of an audit of the certification body: it is prepared by its milestones, held, answered by the body's deadline, and closed once its corrective actions
/// are. One turn is one look at the audit.
/// </summary>
public static class CertificationOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunCertificationAudit))]
    public static Task RunCertificationAudit([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<CertificationCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, CertificationCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<CertificationView>(
            nameof(CertificationActivities.LookAtCertificationAudit), new CertificationLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
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
            await context.CallActivityAsync(
                nameof(CertificationActivities.FollowCertificationCalendar), new CertificationTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent.</summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, CertificationView view)
    {
        Task Do(string activity) => context.CallActivityAsync(activity, new CertificationStep(view.Id, view.Serial), Retries.Transient);
        if (view.Stage == CertificationAuditStage.Held)
        {
            await Do(nameof(CertificationRecordActivities.RecordCertificationReport));
            await Do(nameof(CertificationActivities.WriteCertificationLetters));
            foreach (var finding in view.NonconformitiesWithoutAction)
            {
                await context.CallActivityAsync(
                    nameof(CertificationActivities.StartActionOfCertificationFinding), new CertificationFindingStep(view.Id, finding), Retries.Transient);
            }

            await Do(nameof(CertificationActivities.NoteCertificationResult));
        }
        else
        {
            if (view.PlanIsSent)
            {
                await Do(nameof(CertificationRecordActivities.RecordCertificationPlan));
            }

            await Do(nameof(CertificationActivities.WriteCertificationLetters));
        }
    }
}

/// <summary>Where the workflow of an audit stands; its input, too.</summary>
/// <param name="Id">The audit's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders of this stage have been dealt with, UTC.</param>
public sealed record CertificationCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for an audit's state.</summary>
public sealed record CertificationLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of an audit: no names, no texts.</summary>
/// <param name="Id">The audit's id.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Serial">Counts the stages it entered.</param>
/// <param name="Since">When it entered its stage, UTC.</param>
/// <param name="Ended">Whether nothing more happens to it.</param>
/// <param name="NextMoment">When something happens of itself, UTC.</param>
/// <param name="PlanIsSent">Whether there is a corrective action plan to put on record.</param>
/// <param name="NonconformitiesWithoutAction">Ids of the findings whose corrective action is to be started.</param>
public sealed record CertificationView(
    string Id,
    CertificationAuditStage Stage,
    int Serial,
    DateTime Since,
    bool Ended,
    DateTime? NextMoment,
    bool PlanIsSent,
    IReadOnlyList<string> NonconformitiesWithoutAction);

/// <summary>A step of an audit.</summary>
/// <param name="Id">The audit's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record CertificationStep(string Id, int Serial);

/// <summary>A finding of an audit.</summary>
public sealed record CertificationFindingStep(string Id, string Finding);

/// <summary>The time that has passed for an audit, UTC.</summary>
public sealed record CertificationTime(string Id, DateTime After, DateTime Until);
