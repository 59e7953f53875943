using System.Globalization;
using Isms.CorrectiveActions;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>What comes of approved minutes elsewhere: corrective actions, entries in registers.</summary>
public sealed class MeetingFollowUpActivities(
    StateStore states, MeetingStore meetings, ActionStarter actions, RegisterEditor registers, OrganizationStore organizations, TimeProvider clock)
{
    private const string Meetings = "meetings";
    private const string Suggestions = "suggestions";

    /// <summary>Starts what the decisions ask for; doing it again finds what was started.</summary>
    [Function(nameof(StartWorkOfDecisions))]
    public async Task StartWorkOfDecisions([ActivityTrigger] MeetingStep input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var meeting = (await meetings.GetAsync(input.Id, cancellationToken)).Value;
        foreach (var decision in meeting.Decisions.Where(d => d is { Raises: not null, Started: null, Status: DecisionStatus.Open }))
        {
            var started = decision.Raises == DecisionFollowUp.CorrectiveAction
                ? await RaiseActionAsync(meeting, decision, client, cancellationToken)
                : await SuggestAsync(meeting, decision, cancellationToken);
            await states.UpdateAsync<Meeting>(MeetingStore.Kind, meeting.Id, m => DecisionRules.WorkIsStarted(m, decision.Id, started), cancellationToken: cancellationToken);
        }
    }

    /// <summary>Enters the meeting in the register of meetings, once.</summary>
    [Function(nameof(EnterMeetingInRegister))]
    public async Task EnterMeetingInRegister([ActivityTrigger] MeetingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var meeting = (await meetings.GetAsync(input.Id, cancellationToken)).Value;
        var organization = await organizations.GetAsync(cancellationToken);
        var values = MeetingRegister.MeetingValues(meeting, organization, MeetingRecords.MinutesOf(meeting));
        await WriteAsync(Meetings, values, meeting.Approval!.By, $"meeting {meeting.Id}", organization, cancellationToken);
    }

    /// <summary>Closes the meeting where nothing that was decided is left to do.</summary>
    [Function(nameof(CloseMeetingWithoutOpenDecisions))]
    public async Task CloseMeetingWithoutOpenDecisions([ActivityTrigger] MeetingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        await states.UpdateAsync<Meeting>(
            MeetingStore.Kind, input.Id, m => DecisionRules.MeetingIsClosedWhenDecisionsAreSettled(m, clock.GetUtcNow()), cancellationToken: cancellationToken);
    }

    private async Task<string> RaiseActionAsync(Meeting meeting, Decision decision, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var requirement = Texts.Get("meeting.decided", MeetingRules.NameOf(meeting), decision.Id);
        var nonconformity = new Nonconformity(decision.Department!, requirement, decision.What, [MeetingRecords.MinutesOf(meeting)], "10.1");
        var origin = meeting.Kind == MeetingKind.ManagementReview ? ActionOrigin.Review : ActionOrigin.Committee;
        var action = await actions.RaiseAsync(
            client, new ActionSource(origin, meeting.Id, decision.Id), nonconformity, decision.Owner, meeting.Approval!.By, $"{meeting.Id}/{decision.Id}",
            clock.GetUtcNow(), cancellationToken);
        return action.Id;
    }

    private async Task<string> SuggestAsync(Meeting meeting, Decision decision, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var values = MeetingRegister.SuggestionValues(meeting, decision, organization);
        var id = await WriteAsync(Suggestions, values, meeting.Approval!.By, $"meeting {meeting.Id} {decision.Id}", organization, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{Suggestions}/{id}");
    }

    private async Task<string> WriteAsync(
        string register, IReadOnlyDictionary<string, string> values, string by, string key, Organization organization, CancellationToken cancellationToken)
    {
        var canonical = RegisterEditor.Canonical(RegisterDefinitions.Of(organization).Find(register)!, values);
        var committed = await registers.ApplyAsync(
            [new ProposedChange(register, null, RegisterChangeKind.Created, canonical)], new RegisterAuthor(by, RegisterChange.Rule, key), null, cancellationToken);
        return committed.Earlier?.Id ?? committed.Changes[0].Id;
    }
}
