using Isms.Objectives;
using Isms.Rules;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Objectives;

/// <summary>Keeps the measurements of quarters.</summary>
public sealed class KpiStore(StateStore states, IWorkflowStarter workflows, WorkflowGate gate, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The kind of a measurement's state; its id is the workflow's instance id.</summary>
    public const string Kind = "kpi-measurement";

    /// <summary>The measurement of this id.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Stored<KpiMeasurement>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<KpiMeasurement>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-kpi-measurement", "id", id, id));

    /// <summary>The measurements of a fiscal year, in the order of its quarters.</summary>
    public async Task<IReadOnlyList<Stored<KpiMeasurement>>> ListAsync(string fiscalYear, CancellationToken cancellationToken) =>
        await states.ListAsync<KpiMeasurement>(Kind, $"kpi-{fiscalYear}-", cancellationToken).ToListAsync(cancellationToken);

    /// <summary>The measurement of a quarter, which is planned and whose workflow is started when there is none. Asking again finds the one there is.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="quarter">The quarter.</param>
    /// <param name="item">The plan item whose record the sheet is; null where none asks.</param>
    /// <param name="by">The person id of who asks, or <c>system</c>.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<Stored<KpiMeasurement>> FindOrStartAsync(
        DurableTaskClient client, FiscalQuarter quarter, string? item, string by, CancellationToken cancellationToken)
    {
        var id = KpiMeasurement.IdOf(quarter);
        var stored = await states.FindAsync<KpiMeasurement>(Kind, id, cancellationToken);
        if (stored is null)
        {
            var organization = await organizations.GetAsync(cancellationToken);
            stored = await states.TryCreateAsync(
                Kind, id, KpiRules.IsPlanned(quarter, item, organization, by, clock.GetUtcNow()), wakes: true, cancellationToken: cancellationToken)
                ?? await GetAsync(id, cancellationToken);
        }

        if (item is not null && stored.Value.Item is null)
        {
            stored = await states.UpdateAsync<KpiMeasurement>(Kind, id, m => KpiRules.BelongsToItem(m, item), wakes: true, cancellationToken: cancellationToken);
        }

        await WakeAsync(client, stored, cancellationToken);
        return stored;
    }

    /// <summary>Has a pending measurement looked at; one whose workflow has ended gets it again, since a value that comes later makes another sheet.</summary>
    public async Task WakeAsync(DurableTaskClient client, Stored<KpiMeasurement> stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Pending && !await workflows.EnsureRunningAsync(client, Kind, stored.Id, cancellationToken))
        {
            await gate.WakeAsync(client, stored.Id);
        }
    }
}
