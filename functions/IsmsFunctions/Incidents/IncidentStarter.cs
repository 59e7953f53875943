using System.Globalization;
using Isms.CorrectiveActions;
using Isms.Incidents;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Incidents;

/// <summary>Takes reports of incidents.</summary>
public sealed class IncidentStarter(StateStore states, Sequences sequences, IncidentStore incidents, OrganizationStore organizations, IWorkflowStarter workflows)
{
    /// <summary>Stores an incident and starts its workflow. The same key makes one, however often it is sent.</summary>
    /// <exception cref="RefusedException">The report is refused; nothing was stored.</exception>
    public async Task<Stored<Incident>> ReportAsync(DurableTaskClient client, ReportIncident report, CommandContext command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(command);
        var organization = await organizations.GetAsync(cancellationToken);
        if ((IncidentReporting.Check(report, organization, command.At) ?? await PlanItemIsThereAsync(report.PlanItem, cancellationToken)) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var office = OfficeTime.Of(organization.TimeZone);
        var today = office.DateAt(command.At);
        var year = FiscalYear.Of(today, organization.FiscalYearStartMonth);
        var key = report.Anonymous ? WithoutPerson(command) : command.IdempotencyKey;
        var number = await sequences.TakeAsync($"incident-{year.Id}", key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"incident-{year.Id}-{number:000}");
        var incident = IncidentReporting.IsReported(id, year, report, new ActingPerson(command.Actor.PersonId, command.At, today), office);
        var stored = await states.TryCreateAsync(IncidentStore.Kind, id, incident, key, wakes: true, cancellationToken)
            ?? await incidents.GetAsync(id, cancellationToken);
        await workflows.EnsureRunningAsync(client, IncidentStore.Kind, id, cancellationToken);
        return stored;
    }

    /// <summary>The key is stored with the incident and begins with who sent it, which is just what is not to be kept.</summary>
    private static string? WithoutPerson(CommandContext command) =>
        command.IdempotencyKey is { } key ? Incident.Anonymous + key[command.Actor.PersonId.Length..] : null;

    private async Task<Refusal?> PlanItemIsThereAsync(string? instance, CancellationToken cancellationToken) =>
        instance is not null && await states.FindAsync<PlanItem>(YearStore.Item, instance, cancellationToken) is null
            ? Refusal.Of(RefusalKind.InvalidInput, "incident-unknown-plan-item", "planItem", instance, instance)
            : null;
}
