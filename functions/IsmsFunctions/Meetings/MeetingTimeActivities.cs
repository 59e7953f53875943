using Isms.Meetings;
using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Meetings;

/// <summary>What a meeting writes to people, and what happens to it when time passes.</summary>
public sealed class MeetingTimeActivities(
    StateStore states, MeetingStore meetings, MeetingMaterials materials, MeetingRecords records, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteMeetingLetters))]
    public async Task WriteMeetingLetters([ActivityTrigger] MeetingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var meeting = (await meetings.GetAsync(input.Id, cancellationToken)).Value;
        if (meeting.Serial == input.Serial)
        {
            // Otherwise somebody was faster than the mail, and what it would say is no longer so.
            var organization = await organizations.GetAsync(cancellationToken);
            await notifier.NotifyAsync(meeting.Id, meeting.Serial, MeetingLetters.OnEntering(meeting, organization), cancellationToken);
        }
    }

    /// <summary>Gives the papers out on their day, reminds and escalates, and calls a meeting off whose plan item was waived.</summary>
    [Function(nameof(FollowMeetingCalendar))]
    public async Task FollowMeetingCalendar([ActivityTrigger] MeetingTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var (after, until) = (new DateTimeOffset(input.After, TimeSpan.Zero), new DateTimeOffset(input.Until, TimeSpan.Zero));
        var meeting = await WithoutWaivedItemAsync((await meetings.GetAsync(input.Id, cancellationToken)).Value, cancellationToken);
        meeting = await IssueAsync(meeting, organization, until, cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        foreach (var moment in MeetingSchedule.DeadlineOf(meeting, office)?.Between(after, until, office) ?? [])
        {
            await notifier.NotifyAsync(meeting.Id, meeting.Serial, MeetingLetters.At(moment, meeting, organization), cancellationToken);
        }

        foreach (var decision in MeetingSchedule.WatchedDecisions(meeting))
        {
            foreach (var moment in MeetingSchedule.DeadlineOf(meeting, decision).Between(after, until, office))
            {
                await notifier.NotifyAsync(meeting.Id, meeting.Serial, MeetingLetters.At(moment, decision, meeting, organization), cancellationToken);
            }
        }
    }

    private async Task<Meeting> WithoutWaivedItemAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        if (meeting.Item is null || !MeetingRules.PossibleIn(meeting.Stage).Contains(MeetingRules.Cancel)
            || await states.FindAsync<PlanItem>(YearStore.Item, meeting.Item, cancellationToken) is not { Value.State: PlanItemState.Waived } item)
        {
            return meeting;
        }

        var reason = item.Value.Log.LastOrDefault(e => e.Act == PlanItemAct.Waived)?.Comment;
        return (await states.UpdateAsync<Meeting>(
            MeetingStore.Kind, meeting.Id, m => MeetingRules.ItsItemIsWaived(m, reason, clock.GetUtcNow()), cancellationToken: cancellationToken)).Value;
    }

    /// <summary>Papers are compiled once more and then stay as they are; they are recorded before anybody is told of them.</summary>
    private async Task<Meeting> IssueAsync(Meeting meeting, Organization organization, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (meeting.Stage != MeetingStage.Scheduled)
        {
            return meeting;
        }

        if (MeetingSchedule.PapersAt(meeting, OfficeTime.Of(organization.TimeZone), WorkingDays.Of(organization)) is { } at && at <= until)
        {
            var material = await materials.CompileAsync(meeting, cancellationToken);
            meeting = (await states.UpdateAsync<Meeting>(
                MeetingStore.Kind, meeting.Id, m => MeetingRules.PapersAreIssued(m, material, clock.GetUtcNow()), cancellationToken: cancellationToken)).Value;
        }

        if (MeetingRules.IsIssuedForItsDate(meeting))
        {
            // Said again at each look, and done once: a crash may have come between the state and the record.
            await records.RecordPapersAsync(meeting, organization, cancellationToken);
            await notifier.NotifyAsync(meeting.Id, meeting.Serial, MeetingLetters.OnIssue(meeting, organization), cancellationToken);
        }

        return meeting;
    }
}
