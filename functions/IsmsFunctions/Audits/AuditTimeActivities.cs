using Isms.Audits;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Audits;

/// <summary>What an audit writes to people, and what happens to it when time passes.</summary>
public sealed class AuditTimeActivities(
    StateStore states, AuditStore audits, AuditInvitations invitations, AuditTeamWatch team, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteAuditLetters))]
    public async Task WriteAuditLetters([ActivityTrigger] AuditStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        if (audit.Serial == input.Serial)
        {
            // Otherwise somebody was faster than the mail, and what it would say is no longer so.
            var organization = await organizations.GetAsync(cancellationToken);
            await notifier.NotifyAsync(audit.Id, audit.Serial, AuditLetters.OnEntering(audit, organization), cancellationToken, invitations.Of(audit, organization));
        }
    }

    /// <summary>Begins fieldwork on its day, closes the audit when its actions are, reminds and escalates.</summary>
    [Function(nameof(FollowAuditCalendar))]
    public async Task FollowAuditCalendar([ActivityTrigger] AuditTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var until = new DateTimeOffset(input.Until, TimeSpan.Zero);
        var stored = await states.UpdateAsync<Audit>(
            AuditStore.Kind, input.Id,
            audit => AuditSchedule.FieldworkIsDue(audit, office, until)
                ? AuditRules.FieldworkBegins(audit, clock.GetUtcNow())
                : AuditRules.AuditIsClosedWhenAllActionsAre(audit, clock.GetUtcNow()),
            cancellationToken: cancellationToken);
        var audit = stored.Value;
        var after = new DateTimeOffset(input.After, TimeSpan.Zero);
        foreach (var moment in AuditSchedule.DeadlineOf(audit, office)?.Between(after, until, office) ?? [])
        {
            await notifier.NotifyAsync(audit.Id, audit.Serial, AuditLetters.At(moment, audit, organization), cancellationToken);
        }

        await team.LookAsync(audit, cancellationToken);
    }
}
