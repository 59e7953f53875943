using Isms.Incidents;
using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Incidents;

/// <summary>How an incident's workflow looks at its state and writes to people.</summary>
public sealed class IncidentActivities(StateStore states, IncidentStore incidents, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Letters about clocks belong to no stage: the same one is written once, whatever stage it is written in.</summary>
    private const int NoStage = 0;

    /// <summary>Reads the incident's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtIncident))]
    public async Task<IncidentView> LookAtIncident([ActivityTrigger] IncidentLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await incidents.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var incident = stored.Value;
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var next = IncidentSchedule.NextMoment(incident, office, new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        var clockChanges = incident.Clocks.Count + incident.Clocks.Count(c => c.ReplacedAt is not null);
        return new IncidentView(stored.Id, incident.Stage, incident.Serial, clockChanges, incident.Reports.Count, next?.UtcDateTime);
    }

    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteIncidentLetters))]
    public async Task WriteIncidentLetters([ActivityTrigger] IncidentStepInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (incident, organization) = await ReadAsync(input.Id, cancellationToken);
        if (incident.Serial == input.Serial)
        {
            // Otherwise somebody was faster than the mail, and what it would say is no longer so.
            await notifier.NotifyAsync(incident.Id, incident.Serial, IncidentLetters.OnEntering(incident, organization), cancellationToken);
        }
    }

    /// <summary>Management has been told: the incident can be judged.</summary>
    [Function(nameof(BeginTriage))]
    public async Task BeginTriage([ActivityTrigger] IncidentStepInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var today = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone).DateAt(clock.GetUtcNow());
        await states.UpdateAsync<Incident>(
            IncidentStore.Kind, input.Id, i => IncidentRules.ManagementIsTold(i, clock.GetUtcNow(), today), cancellationToken: cancellationToken);
    }

    /// <summary>Writes which clocks run, after they were set, replaced or withdrawn.</summary>
    [Function(nameof(TellOfIncidentClocks))]
    public async Task TellOfIncidentClocks([ActivityTrigger] IncidentStepInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (incident, organization) = await ReadAsync(input.Id, cancellationToken);
        await notifier.NotifyAsync(incident.Id, NoStage, IncidentLetters.OnClocks(incident, organization), cancellationToken);
    }

    /// <summary>Reminds and escalates what has come due, of the stage and of the clocks.</summary>
    [Function(nameof(RemindOfIncident))]
    public async Task RemindOfIncident([ActivityTrigger] IncidentTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (incident, organization) = await ReadAsync(input.Id, cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var (after, until) = (new DateTimeOffset(input.After, TimeSpan.Zero), new DateTimeOffset(input.Until, TimeSpan.Zero));
        foreach (var moment in IncidentClocks.Between(incident, after, until))
        {
            await notifier.NotifyAsync(incident.Id, NoStage, IncidentLetters.At(moment, incident, organization), cancellationToken);
        }

        foreach (var moment in IncidentSchedule.Between(incident, office, after, until))
        {
            await notifier.NotifyAsync(incident.Id, incident.Serial, IncidentLetters.At(moment, incident, organization), cancellationToken);
        }
    }

    private async Task<(Incident Incident, Organization Organization)> ReadAsync(string id, CancellationToken cancellationToken) =>
        ((await incidents.GetAsync(id, cancellationToken)).Value, await organizations.GetAsync(cancellationToken));
}
