using Isms.Certification;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Certification;

/// <summary>Keeps the running years' plans in step with the certification track: its dates are agreed with the body in the middle of a year.</summary>
public sealed class CertificationPlan(
    StateStore states, YearStore years, CertificationStore audits, OrganizationStore organizations, WorkflowGate gate, TimeProvider clock)
    : IPlanPart, ISettingsListener
{
    /// <inheritdoc/>
    public async Task BringUpToDateAsync(ManagementYear year, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var organization = await organizations.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var planned = CertificationPlanning.ItemsOf(year.ToFiscalYear(), organization, now);
        var stored = await StoredAsync(year.FiscalYear, cancellationToken);
        foreach (var item in planned)
        {
            if (stored.FirstOrDefault(s => s.Id == item.InstanceId) is { } present)
            {
                await ChangeAsync(client, present, i => CertificationPlanning.Reconciled(i, item, now), cancellationToken);
            }
            else
            {
                await states.TryCreateAsync(YearStore.Item, item.InstanceId, item, cancellationToken: cancellationToken);
            }
        }

        foreach (var left in stored.Where(s => planned.All(p => p.InstanceId != s.Id)))
        {
            await ChangeAsync(client, left, i => CertificationPlanning.Withdrawn(i, organization, now), cancellationToken);
        }
    }

    /// <summary>Has the running years, and the audits that are being prepared, look at the settings again.</summary>
    public async Task SettingsChangedAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        if ((await organizations.GetAsync(cancellationToken)).Certification is null)
        {
            return;
        }

        foreach (var year in (await years.AllAsync(cancellationToken)).Where(y => y.Value.State == YearState.Running))
        {
            await gate.WakeAsync(client, year.Id);
        }

        foreach (var audit in (await audits.AllAsync(cancellationToken)).Where(a => a.Stage == CertificationAuditStage.Planned))
        {
            await gate.WakeAsync(client, audit.Id);
        }
    }

    private async Task<IReadOnlyList<Stored<PlanItem>>> StoredAsync(string fiscalYear, CancellationToken cancellationToken)
    {
        var prefix = PlanItem.InstanceIdOf(fiscalYear, CertificationPlanning.ItemIdOf(""));
        return await states.ListAsync<PlanItem>(YearStore.Item, prefix, cancellationToken).ToListAsync(cancellationToken);
    }

    private async Task ChangeAsync(DurableTaskClient client, Stored<PlanItem> item, Func<PlanItem, PlanItem> change, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(change(item.Value), item.Value))
        {
            return;
        }

        // A withdrawn item has no workflow yet; the year starts it, since it is pending, and it puts the withdrawal on record.
        var changed = await states.UpdateAsync(YearStore.Item, item.Id, change, wakes: change(item.Value).State != PlanItemState.Scheduled, cancellationToken: cancellationToken);
        if (changed.Value.State is PlanItemState.Open or PlanItemState.Returned)
        {
            await gate.WakeAsync(client, item.Id);
        }
    }
}
