using System.Globalization;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Training;

/// <summary>What a campaign's workflow does outside itself. Each activity can be repeated: letters go out once, rows are changed to what they are already.</summary>
public sealed class TrainingActivities(
    StateStore states,
    TrainingStore trainings,
    TrainingRoster roster,
    INotifier notifier,
    OrganizationStore organizations,
    TimeProvider clock)
{
    /// <summary>Reads the campaign's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtTraining))]
    public async Task<TrainingView> LookAtTraining([ActivityTrigger] TrainingLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await trainings.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var campaign = stored.Value;
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var next = TrainingSchedule.NextMoment(campaign, office, new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        var isComplete = campaign.Stage == TrainingStage.Running && TrainingRules.IsComplete(campaign, await ProgressAsync(campaign, cancellationToken), office);
        return new TrainingView(campaign.Id, campaign.Stage, campaign.Serial, campaign.StageSince.UtcDateTime, isComplete, next?.UtcDateTime);
    }

    /// <summary>Begins the campaign on its first day; asks the directory, invites who came in, and reminds who is missing.</summary>
    [Function(nameof(LookAfterTraining))]
    public async Task LookAfterTraining([ActivityTrigger] TrainingTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var campaign = (await trainings.GetAsync(input.Id, cancellationToken)).Value;
        if (await EndsWithItsItemAsync(campaign, cancellationToken))
        {
            return;
        }

        campaign = await roster.RefreshAsync(campaign, cancellationToken);
        if (campaign.Stage == TrainingStage.Planned)
        {
            await ChangeAsync(campaign.Id, c => TrainingRules.Begins(c, clock.GetUtcNow()), cancellationToken);
            return; // Entering the stage invites everybody.
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        await InviteAsync(campaign, organization, cancellationToken);
        var (after, until) = (new DateTimeOffset(input.After, TimeSpan.Zero), new DateTimeOffset(input.Until, TimeSpan.Zero));
        if (TrainingSchedule.ReminderDue(campaign, office, after, until) is { } moment)
        {
            await RemindAsync(moment, campaign, organization, office.DateAt(until), cancellationToken);
        }

        if (campaign.Roster.Problem is not null)
        {
            await TellOfSilenceAsync(campaign, organization, office.DateAt(until), cancellationToken);
        }
    }

    /// <summary>Everybody seems to be done: asks the directory once more, and closes the campaign if that is still so.</summary>
    [Function(nameof(CompleteTraining))]
    public async Task CompleteTraining([ActivityTrigger] TrainingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var campaign = await roster.RefreshAsync((await trainings.GetAsync(input.Id, cancellationToken)).Value, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var progress = await ProgressAsync(campaign, cancellationToken);
        if (TrainingRules.IsComplete(campaign, progress, OfficeTime.Of(organization.TimeZone)))
        {
            await ChangeAsync(campaign.Id, c => TrainingRules.EverybodyIsDone(c, clock.GetUtcNow()), cancellationToken);
        }
        else
        {
            await InviteAsync(campaign, organization, cancellationToken);
        }
    }

    /// <summary>Writes to all who have to attend and have not been invited.</summary>
    [Function(nameof(InviteToTraining))]
    public async Task InviteToTraining([ActivityTrigger] TrainingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var campaign = (await trainings.GetAsync(input.Id, cancellationToken)).Value;
        await InviteAsync(campaign, await organizations.GetAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Writes what the secretariat has to know about the stage that was entered.</summary>
    [Function(nameof(WriteTrainingLetters))]
    public async Task WriteTrainingLetters([ActivityTrigger] TrainingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var campaign = (await trainings.GetAsync(input.Id, cancellationToken)).Value;
        if (campaign.Serial != input.Serial)
        {
            return; // Somebody was faster than the mail, and what it would say is no longer so.
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var progress = campaign.Outcome ?? await ProgressAsync(campaign, cancellationToken);
        await notifier.NotifyAsync(campaign.Id, campaign.Serial, TrainingLetters.OnEntering(campaign, progress, organization), cancellationToken);
        if (campaign is { Stage: TrainingStage.Running, Roster.Problem: not null })
        {
            await TellOfSilenceAsync(campaign, organization, OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow()), cancellationToken);
        }
    }

    private async Task<bool> EndsWithItsItemAsync(TrainingCampaign campaign, CancellationToken cancellationToken)
    {
        if (campaign.Item is null || await states.FindAsync<PlanItem>(YearStore.Item, campaign.Item, cancellationToken) is not { Value: var item })
        {
            return false;
        }

        var after = await ChangeAsync(campaign.Id, c => TrainingRules.EndsWithItsItem(c, item.State, clock.GetUtcNow()), cancellationToken);
        return after.HasEnded;
    }

    private async Task InviteAsync(TrainingCampaign campaign, Organization organization, CancellationToken cancellationToken)
    {
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var participants = await trainings.ParticipantsAsync(campaign.Id, cancellationToken);
        var uninvited = participants.Where(p => p.InvitedOn is null && p.Attendances.Count == 0 && p.IsObliged);
        await TrainingStore.EachAsync(
            uninvited,
            async participant =>
            {
                await SendAsync(campaign, participant, TrainingLetters.Invite(campaign, participant, organization), cancellationToken);
                await trainings.ChangeAsync(campaign.Id, participant.Id, p => p with { InvitedOn = p.InvitedOn ?? today }, cancellationToken);
            },
            cancellationToken);
    }

    private async Task RemindAsync(
        Isms.Deadlines.DeadlineMoment moment, TrainingCampaign campaign, Organization organization, DateOnly today, CancellationToken cancellationToken)
    {
        var participants = await trainings.ParticipantsAsync(campaign.Id, cancellationToken);
        var progress = TrainingProgress.Of(participants, campaign.PassMark);
        if (progress.Missing == 0)
        {
            return;
        }

        // Who was invited this very day needs no reminder.
        await TrainingStore.EachAsync(
            participants.Where(p => p.InvitedOn is null || p.InvitedOn < today),
            participant => TrainingLetters.Remind(moment, campaign, participant, organization) is { } letter
                ? SendAsync(campaign, participant, letter, cancellationToken)
                : Task.CompletedTask,
            cancellationToken);
        await notifier.NotifyAsync(campaign.Id, campaign.Serial, TrainingLetters.State(moment, campaign, progress, organization), cancellationToken);
    }

    /// <summary>Once a week is enough: what is missing is a permission that somebody has to grant.</summary>
    private async Task TellOfSilenceAsync(TrainingCampaign campaign, Organization organization, DateOnly today, CancellationToken cancellationToken)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var progress = await ProgressAsync(campaign, cancellationToken);
        await notifier.NotifyAsync(
            campaign.Id, campaign.Serial, TrainingLetters.DirectoryIsSilent(campaign, monday, progress, organization), cancellationToken);
    }

    private Task SendAsync(TrainingCampaign campaign, Participant participant, Letter letter, CancellationToken cancellationToken)
    {
        // The serial is left out: nobody is invited again because the campaign changed.
        var id = string.Create(CultureInfo.InvariantCulture, $"{campaign.Id}.{letter.Key}.{letter.Recipient}");
        var to = participant.Mail is { Length: > 0 } mail ? new Addressee(participant.Name, mail) : null;
        return notifier.NotifyAsync(
            new Notification(id, letter.Recipient, letter.Subject, letter.Body, campaign.Id, letter.Delivery, letter.Facts, to), cancellationToken);
    }

    private async Task<TrainingCampaign> ChangeAsync(string id, Func<TrainingCampaign, TrainingCampaign> change, CancellationToken cancellationToken) =>
        (await states.UpdateAsync(TrainingStore.Kind, id, change, cancellationToken: cancellationToken)).Value;

    private async Task<TrainingProgress> ProgressAsync(TrainingCampaign campaign, CancellationToken cancellationToken) =>
        TrainingProgress.Of(await trainings.ParticipantsAsync(campaign.Id, cancellationToken), campaign.PassMark);
}
