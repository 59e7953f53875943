using Isms.Incidents;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Incidents;

/// <summary>
/// The response to an incident (controls 5.24–5.28). One turn is one look at the incident: a stage that it has come to is entered, clocks that were set are told,
/// reports that were made are put on record, people are reminded to the hour, or the workflow waits for them.
/// </summary>
public static class IncidentOrchestrator
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>Runs one turn.</summary>
    [Function(nameof(RunIncidentResponse))]
    public static Task RunIncidentResponse([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<IncidentCheckpoint>()!, checkpoint => TurnAsync(context, checkpoint));

    private static async Task TurnAsync(TaskOrchestrationContext context, IncidentCheckpoint checkpoint)
    {
        Task Do(string activity, object input) => context.CallActivityAsync(activity, input, Retries.Transient);
        var view = await context.CallActivityAsync<IncidentView>(
            nameof(IncidentActivities.LookAtIncident), new IncidentLook(checkpoint.Id, checkpoint.HandledUntil), Retries.Transient);
        var now = context.CurrentUtcDateTime;
        if (view.Serial != checkpoint.Entered)
        {
            await EnterAsync(Do, view);
            context.ContinueAsNew(checkpoint with { Entered = view.Serial });
        }
        else if (view.ClockChanges != checkpoint.ClocksTold)
        {
            await Do(nameof(IncidentActivities.TellOfIncidentClocks), new IncidentStepInput(view.Id, view.Serial));
            context.ContinueAsNew(checkpoint with { ClocksTold = view.ClockChanges });
        }
        else if (view.Reports > checkpoint.ReportsRecorded)
        {
            await Do(nameof(IncidentRecordActivities.RecordBreachReports), new BreachReportsToRecord(view.Id, checkpoint.ReportsRecorded));
            context.ContinueAsNew(checkpoint with { ReportsRecorded = view.Reports });
        }
        else if (view.Stage == IncidentStage.Closed)
        {
            return;
        }
        else if (view.NextMoment <= now)
        {
            await Do(nameof(IncidentActivities.RemindOfIncident), new IncidentTime(view.Id, checkpoint.HandledUntil, now));
            context.ContinueAsNew(checkpoint with { HandledUntil = now });
        }
        else
        {
            await context.WaitForChangeAsync(view.NextMoment ?? now + LongestWait);
            context.ContinueAsNew(checkpoint);
        }
    }

    /// <summary>What entering a stage demands. Every step is idempotent.</summary>
    private static async Task EnterAsync(Func<string, object, Task> act, IncidentView view)
    {
        var step = new IncidentStepInput(view.Id, view.Serial);
        if (view.Stage is IncidentStage.LessonsLearned or IncidentStage.Closed)
        {
            // The last lessons may have been added and the incident closed between two looks.
            await act(nameof(IncidentRecordActivities.FollowUpIncidentLessons), step);
        }

        if (view.Stage == IncidentStage.Closed)
        {
            await act(nameof(IncidentRecordActivities.RecordIncident), step);
        }

        await act(nameof(IncidentActivities.WriteIncidentLetters), step);
        if (view.Stage == IncidentStage.Reported)
        {
            await act(nameof(IncidentActivities.BeginTriage), step);
        }
    }
}

/// <summary>Where an incident's workflow stands; its input, too.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Entered">The serial of the stage that was entered last; 0 before the first.</param>
/// <param name="ClocksTold">How many changes of clocks people have been told of.</param>
/// <param name="ReportsRecorded">How many reports are on record.</param>
/// <param name="HandledUntil">Until when reminders have been dealt with, UTC.</param>
public sealed record IncidentCheckpoint(string Id, int Entered = 0, int ClocksTold = 0, int ReportsRecorded = 0, DateTime HandledUntil = default);

/// <summary>Asks for an incident's state.</summary>
public sealed record IncidentLook(string Id, DateTime HandledUntil);

/// <summary>What the workflow needs to know of an incident.</summary>
public sealed record IncidentView(string Id, IncidentStage Stage, int Serial, int ClockChanges, int Reports, DateTime? NextMoment);

/// <summary>A step of an incident.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Serial">The serial of the stage it belongs to.</param>
public sealed record IncidentStepInput(string Id, int Serial);

/// <summary>The reports of an incident that are not on record yet.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Recorded">How many are.</param>
public sealed record BreachReportsToRecord(string Id, int Recorded);

/// <summary>The time that has passed for an incident, UTC.</summary>
public sealed record IncidentTime(string Id, DateTime After, DateTime Until);
