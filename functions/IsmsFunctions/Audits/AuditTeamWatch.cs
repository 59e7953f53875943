using Isms.Audits;
using Isms.Year;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Audits;

/// <summary>Looks at the teams of running audits again when people change (clause 9.2.2 c): by new settings at once, by a date at the audit's own calendar.</summary>
public sealed class AuditTeamWatch(AuditStore audits, INotifier notifier, OrganizationStore organizations, WorkflowGate gate, TimeProvider clock) : ISettingsListener
{
    /// <inheritdoc/>
    public async Task SettingsChangedAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var stored in (await audits.ListAsync(null, cancellationToken)).Where(a => !a.Value.Ended))
        {
            await LookAsync(stored.Value, cancellationToken);
            await gate.WakeAsync(client, stored.Id); // the days on which people change may be others now
        }
    }

    /// <summary>Asks the lead auditor and the secretariat for other auditors where the team has come to break a rule; once for the same state of things.</summary>
    public async Task LookAsync(Audit audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var violations = AuditTeam.Violations(audit, organization, today);
        await notifier.NotifyAsync(audit.Id, audit.Serial, AuditLetters.OnViolations(audit, violations, organization), cancellationToken);
    }
}
