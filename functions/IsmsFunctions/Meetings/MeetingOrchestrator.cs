using Isms.Meetings;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Meetings;

/// <summary>
/// The story of a management review (clause 9.3) or a committee meeting (clause 7.4). One turn is one look at the meeting: a stage that it has come to is entered,
/// papers are given out and people reminded as the calendar demands, or the workflow waits for them.
/// </summary>
public static class MeetingOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunMeeting))]
    public static Task RunMeeting([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<MeetingCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, MeetingCheckpoint checkpoint)
    {
        var view = await context.CallActivityAsync<MeetingView>(
            nameof(MeetingActivities.LookAtMeeting), new MeetingLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
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
            await context.CallActivityAsync(nameof(MeetingTimeActivities.FollowMeetingCalendar), new MeetingTime(view.Id, checkpoint.HandledUntil, now), Retries.Transient);
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>
    /// What entering a stage demands. Every step is idempotent. People may be faster than the workflow, which then never sees a stage: so each stage makes up for
    /// the records of those before it.
    /// </summary>
    private static async Task EnterAsync(TaskOrchestrationContext context, MeetingView view)
    {
        Task Do(string activity) => context.CallActivityAsync(activity, new MeetingStep(view.Id, view.Serial), Retries.Transient);
        switch (view.Stage)
        {
            case MeetingStage.Preparing:
                await Do(nameof(MeetingActivities.CompileMeetingMaterial));
                break;
            case MeetingStage.Held:
                await Do(nameof(MeetingRecordActivities.RecordMeetingPapers));
                break;
            case MeetingStage.FollowingUp or MeetingStage.Closed:
                await Do(nameof(MeetingRecordActivities.RecordMeetingPapers));
                await Do(nameof(MeetingRecordActivities.RecordMeetingMinutes));
                await Do(nameof(MeetingFollowUpActivities.StartWorkOfDecisions));
                await Do(nameof(MeetingFollowUpActivities.EnterMeetingInRegister));
                break;
            default:
                break;
        }

        await Do(nameof(MeetingTimeActivities.WriteMeetingLetters));
        if (view.Stage == MeetingStage.FollowingUp)
        {
            await Do(nameof(MeetingFollowUpActivities.CloseMeetingWithoutOpenDecisions));
        }
    }
}

/// <summary>Where a meeting's workflow stands; its input, too.</summary>
/// <param name="Id">The meeting's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="HandledUntil">Until when reminders of this stage have been dealt with, UTC.</param>
public sealed record MeetingCheckpoint(string Id, int Entered = 0, DateTime HandledUntil = default);

/// <summary>Asks for a meeting's state.</summary>
public sealed record MeetingLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of a meeting: no names, no texts.</summary>
public sealed record MeetingView(string Id, MeetingStage Stage, int Serial, DateTime Since, bool Ended, DateTime? NextMoment);

/// <summary>A step of a meeting.</summary>
/// <param name="Id">The meeting's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record MeetingStep(string Id, int Serial);

/// <summary>The time that has passed for a meeting, UTC.</summary>
public sealed record MeetingTime(string Id, DateTime After, DateTime Until);
