using Isms.Year;
using IsmsFunctions.Hosting.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Year;

/// <summary>Brings the plan and the workflows that do its duties together.</summary>
public sealed partial class PlannedWorkActivities(
    StateStore states, YearStore years, IEnumerable<IPlannedWork> works, TimeProvider clock, ILogger<PlannedWorkActivities> logger)
{
    /// <summary>Has the item's work found or started, and notes it. Repeated after a crash it comes to the same work.</summary>
    [Function(nameof(AssignWorkToPlanItem))]
    public async Task AssignWorkToPlanItem(
        [ActivityTrigger] PlanItemCheckpoint input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var item = (await years.GetItemAsync(input.Instance, cancellationToken)).Value;
        if (!PlanItemProgress.LacksItsWork(item))
        {
            return;
        }

        if (works.FirstOrDefault(w => w.Kind == item.Work) is not { } work)
        {
            // A duty that an organisation added: people file its records, as for any other duty.
            UnknownKind(logger, item.InstanceId, item.Work);
        }
        else if (await work.FindOrStartAsync(item, client, cancellationToken) is { } id)
        {
            await states.UpdateAsync<PlanItem>(
                YearStore.Item, input.Instance, i => PlanItemProgress.AssignWork(i, id, clock.GetUtcNow()), cancellationToken: cancellationToken);
        }
    }

    [LoggerMessage(EventId = 3103, EventName = "UnknownWork", Level = LogLevel.Warning, Message = "Nothing does work of the kind {Kind}, which {Item} names")]
    private static partial void UnknownKind(ILogger logger, string item, string? kind);
}
