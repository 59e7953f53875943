using System.Globalization;
using Isms.Audits;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Audits;

/// <summary>Starts audits, for people and for the year alike.</summary>
public sealed class AuditStarter(
    StateStore states, Sequences sequences, AuditStore audits, IAuditFocusSource focus, OrganizationStore organizations, IWorkflowStarter workflows)
{
    /// <summary>Plans an audit, stores it and starts its workflow. The same key starts one audit, however often it is asked for.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="request">What is asked for; what it leaves out is proposed.</param>
    /// <param name="by">The person id of who asks, or <c>system</c>.</param>
    /// <param name="key">Recognises a repetition; null when there is none.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    /// <exception cref="RefusedException">The plan breaks a rule; nothing was stored.</exception>
    public async Task<Stored<Audit>> StartAsync(
        DurableTaskClient client, AuditRequest request, string by, string? key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var excluded = (await focus.ReadAsync(cancellationToken)).ExcludedControls;
        var planned = AuditPlanning.Plan(request, organization, OfficeTime.Of(organization.TimeZone).DateAt(at), excluded).Value;
        var number = await sequences.TakeAsync($"audit-{planned.FiscalYear.Id}", key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"audit-{planned.FiscalYear.Id}-{number:00}");
        var audit = AuditRules.IsPlanned(id, planned, by, at);
        var stored = await states.TryCreateAsync(AuditStore.Kind, id, audit, key, wakes: true, cancellationToken)
            ?? await audits.GetAsync(id, cancellationToken);
        await workflows.EnsureRunningAsync(client, AuditStore.Kind, id, cancellationToken);
        return stored;
    }
}
