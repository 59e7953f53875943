using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>What a year's workflow has to do next.</summary>
public enum YearStage
{
    /// <summary>Open items as their windows come.</summary>
    InProgress,

    /// <summary>Close: its last day is over.</summary>
    Ending,

    /// <summary>Nothing any more.</summary>
    Closed,
}

/// <summary>What a year's workflow sees of its state.</summary>
/// <param name="Stage">What is to do.</param>
/// <param name="NextMoment">When it has to look again, UTC.</param>
public sealed record YearLook(YearStage Stage, DateTime NextMoment);

/// <summary>What a year's workflow does. Each activity can be repeated: it completes what an earlier attempt left undone.</summary>
public sealed class YearActivities(
    StateStore states,
    YearStore years,
    YearPlanner planner,
    IEnumerable<IPlanPart> parts,
    YearPlans plans,
    YearSummaries summaries,
    IWorkflowStarter workflows,
    WorkflowGate gate,
    OrganizationStore organizations,
    TimeProvider clock)
{
    /// <summary>Looks at the year.</summary>
    [Function(nameof(ReadYear))]
    public async Task<YearLook> ReadYear([ActivityTrigger] YearCheckpoint input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await years.GetAsync(input.Instance, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var (year, now) = (stored.Value.ToFiscalYear(), clock.GetUtcNow());
        var stage = stored.Value.State == YearState.Closed ? YearStage.Closed
            : now >= YearRules.ClosesAt(year, office) ? YearStage.Ending
            : YearStage.InProgress;
        return new YearLook(stage, YearRules.NextMoment(year, office, now).UtcDateTime);
    }

    /// <summary>Completes the plan and records it, takes over what the year before left, and opens the items whose window has come.</summary>
    [Function(nameof(OpenPlanItems))]
    public async Task OpenPlanItems(
        [ActivityTrigger] YearCheckpoint input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var year = await years.GetAsync(input.Instance, cancellationToken);
        await planner.CompletePlanAsync(year.Value, cancellationToken);
        await planner.TakeOverAsync(year.Value, cancellationToken);
        foreach (var part in parts)
        {
            await part.BringUpToDateAsync(year.Value, client, cancellationToken);
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var now = clock.GetUtcNow();
        foreach (var item in await years.ItemsAsync(year.Value.FiscalYear, cancellationToken))
        {
            var pending = item.Pending;
            if (YearRules.IsToOpen(item.Value, office, now))
            {
                await states.UpdateAsync<PlanItem>(
                    YearStore.Item,
                    item.Id,
                    i => YearRules.IsToOpen(i, office, now) ? PlanItemHandover.Begin(PlanItemProgress.Open(i, now), organization) : i,
                    wakes: true,
                    cancellationToken: cancellationToken);
                pending = true;
            }

            if (pending)
            {
                await workflows.EnsureRunningAsync(client, YearStore.Item, item.Id, cancellationToken);
            }
        }

        // Last, so that evidence that cannot be written keeps nobody from their work.
        await plans.RecordOnceAsync(input.Instance, cancellationToken);
    }

    /// <summary>Hands what is still open over to the next year.</summary>
    [Function(nameof(CarryOverPlanItems))]
    public async Task CarryOverPlanItems(
        [ActivityTrigger] YearCheckpoint input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var year = await years.GetAsync(input.Instance, cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var item in await years.ItemsAsync(year.Value.FiscalYear, cancellationToken))
        {
            var wasOpened = item.Value.State != PlanItemState.Scheduled;
            var carried = await states.UpdateAsync<PlanItem>(
                YearStore.Item, item.Id, i => PlanItemProgress.CarryOver(i, now), wakes: wasOpened, cancellationToken: cancellationToken);
            if (carried is { Pending: true, Value.State: PlanItemState.CarriedOver })
            {
                await gate.WakeAsync(client, item.Id);
            }
        }
    }

    /// <summary>Writes the year's summary and closes it.</summary>
    [Function(nameof(CloseYear))]
    public async Task CloseYear([ActivityTrigger] YearCheckpoint input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var year = await years.GetAsync(input.Instance, cancellationToken);
        var summary = await summaries.RecordAsync(year.Value, cancellationToken);
        await states.UpdateAsync<ManagementYear>(
            YearStore.Year, input.Instance, y => y.Close(summary.Id, clock.GetUtcNow()), cancellationToken: cancellationToken);
    }
}
