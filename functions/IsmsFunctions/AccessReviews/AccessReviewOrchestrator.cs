using Isms.AccessReviews;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.AccessReviews;

/// <summary>
/// The story of a review of access rights (A.5.18). One turn is one look at it: a stage that it has come to is entered, it is looked after, it is over, or the workflow
/// waits. Rights and names stay in the rows; the workflow knows the review's id and the time.
/// </summary>
public static class AccessReviewOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunAccessReview))]
    public static Task RunAccessReview([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<AccessReviewCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, AccessReviewCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<AccessReviewView>(
            nameof(AccessReviewActivities.LookAtAccessReview), new AccessReviewLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
        var now = context.CurrentUtcDateTime;
        if (view.Serial != checkpoint.Entered)
        {
            await EnterAsync(context, view);
            if (view.Stage is not (AccessReviewStage.Closed or AccessReviewStage.Cancelled))
            {
                context.ContinueAsNew(checkpoint with { Entered = view.Serial, HandledUntil = view.Since });
            }
        }
        else if (view.Stage is AccessReviewStage.Closed or AccessReviewStage.Cancelled)
        {
            return;
        }
        else if (view.IsAsked || view.NextMoment <= now)
        {
            await context.CallActivityAsync(
                nameof(AccessReviewActivities.LookAfterAccessReview), new AccessReviewTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent.</summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, AccessReviewView view)
    {
        Task Do(string activity) => context.CallActivityAsync(activity, new AccessReviewStep(view.Id, view.Serial), Retries.Transient);
        switch (view.Stage)
        {
            case AccessReviewStage.Preparing:
                await Do(nameof(AccessReviewActivities.GiveOutReviewSheets));
                break;
            case AccessReviewStage.FollowingUp or AccessReviewStage.Closed:
                await Do(nameof(AccessReviewRecordActivities.RecordAccessReview));
                await Do(nameof(AccessReviewActivities.WriteAccessReviewLetters));
                break;
            default:
                await Do(nameof(AccessReviewActivities.WriteAccessReviewLetters));
                break;
        }
    }
}

/// <summary>Where a review's workflow stands; its input, too.</summary>
/// <param name="Id">The review's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders and looks at snapshots have been dealt with, UTC.</param>
public sealed record AccessReviewCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for a review's state.</summary>
public sealed record AccessReviewLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of a review.</summary>
public sealed record AccessReviewView(string Id, AccessReviewStage Stage, int Serial, DateTime Since, bool IsAsked, DateTime? NextMoment);

/// <summary>A step of a review.</summary>
/// <param name="Id">The review's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record AccessReviewStep(string Id, int Serial);

/// <summary>The time that has passed for a review, UTC.</summary>
public sealed record AccessReviewTime(string Id, DateTime After, DateTime Until);
