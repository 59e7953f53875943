using Isms.Certification;
using Isms.Year;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>Starts years and makes their plans. Everything in it can be repeated; a crash in between is completed by the year's workflow.</summary>
public sealed class YearPlanner(StateStore states, YearStore years, OrganizationStore organizations, IWorkflowStarter workflows, TimeProvider clock)
{
    /// <summary>Starts a year; one that runs already is left as it is.</summary>
    /// <exception cref="Isms.Rules.RefusedException">The name is malformed, the year has ended or is too far ahead, or there is no organisation yet.</exception>
    public async Task<Stored<ManagementYear>> StartAsync(string fiscalYear, Actor actor, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var organization = await organizations.GetAsync(cancellationToken);
        var year = YearRules.Named(fiscalYear, organization.FiscalYearStartMonth).Value;
        var id = ManagementYear.InstanceIdOf(year.Id);
        var stored = await states.FindAsync<ManagementYear>(YearStore.Year, id, cancellationToken);
        if (stored is null)
        {
            var now = clock.GetUtcNow();
            _ = YearRules.Startable(year, OfficeTime.Of(organization.TimeZone).DateAt(now)).Value;
            var started = new ManagementYear { FiscalYear = year.Id, StartMonth = year.StartMonth, StartedAt = now, StartedBy = actor.PersonId };
            stored = await states.TryCreateAsync(YearStore.Year, id, started, wakes: true, cancellationToken: cancellationToken)
                ?? await years.GetAsync(id, cancellationToken);
        }

        if (stored.Value.State == YearState.Closed)
        {
            _ = YearRules.Startable(stored.Value.ToFiscalYear(), OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow())).Value;
            return stored;
        }

        await CompletePlanAsync(stored.Value, cancellationToken);
        await workflows.EnsureRunningAsync(client, YearStore.Year, id, cancellationToken);
        return stored;
    }

    /// <summary>Stores the plan's items, unless that was done before: later changes of the settings do not change a plan that was made.</summary>
    public async Task CompletePlanAsync(ManagementYear year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        if (year.PlannedAt is not null)
        {
            return;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        IReadOnlyList<PlanChange> changes = [.. organization.PlanChanges.Where(c => c.HoldsFor(year.FiscalYear))];
        var catalogue = PlanChanges.Apply(PlanCatalogue.Standard, changes, year.FiscalYear);
        var fiscalYear = year.ToFiscalYear();
        await StoreAsync(YearPlanning.Plan(fiscalYear, organization, catalogue, year.StartedAt), cancellationToken);
        await StoreAsync(CertificationPlanning.ItemsOf(fiscalYear, organization, year.StartedAt), cancellationToken);
        await states.UpdateAsync<ManagementYear>(
            YearStore.Year, year.InstanceId, y => y.PlannedAt is null ? y with { PlannedAt = clock.GetUtcNow(), Changes = changes } : y,
            cancellationToken: cancellationToken);
    }

    /// <summary>Takes over what the year before carried over. Asked for every month, since that year may have closed after this one was started.</summary>
    public async Task TakeOverAsync(ManagementYear year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var fiscalYear = year.ToFiscalYear();
        var before = await years.ItemsAsync(fiscalYear.Previous.Id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        await StoreAsync(YearPlanning.CarryInto(fiscalYear, before.Select(i => i.Value), organization, clock.GetUtcNow()), cancellationToken);
    }

    private async Task StoreAsync(IReadOnlyList<PlanItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            await states.TryCreateAsync(YearStore.Item, item.InstanceId, item, cancellationToken: cancellationToken);
        }
    }
}
