using Isms.Meetings;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Meetings;

/// <summary>What a meeting's workflow does to its state.</summary>
public sealed class MeetingActivities(
    StateStore states, MeetingStore meetings, MeetingMaterials materials, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Reads the meeting's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtMeeting))]
    public async Task<MeetingView> LookAtMeeting([ActivityTrigger] MeetingLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await meetings.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var meeting = stored.Value;
        var next = MeetingSchedule.NextMoment(meeting, await organizations.GetAsync(cancellationToken), new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        return new MeetingView(meeting.Id, meeting.Stage, meeting.Serial, meeting.StageSince.UtcDateTime, meeting.Ended, next?.UtcDateTime);
    }

    /// <summary>Compiles inputs or agenda, and proposes the date.</summary>
    [Function(nameof(CompileMeetingMaterial))]
    public async Task CompileMeetingMaterial([ActivityTrigger] MeetingStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var meeting = (await meetings.GetAsync(input.Id, cancellationToken)).Value;
        var organization = await organizations.GetAsync(cancellationToken);
        var material = await materials.CompileAsync(meeting, cancellationToken);
        var now = clock.GetUtcNow();
        var proposal = MeetingPlanning.Propose(meeting, organization, OfficeTime.Of(organization.TimeZone).DateAt(now));
        await states.UpdateAsync<Meeting>(
            MeetingStore.Kind, input.Id, m => MeetingRules.MaterialIsCompiled(m, material, proposal, now), cancellationToken: cancellationToken);
    }
}
