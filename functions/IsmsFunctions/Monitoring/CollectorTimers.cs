using Isms.Rules;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Monitoring;

/// <summary>Starts collectors by their schedules.</summary>
public sealed partial class CollectorTimers(CollectorRuns runs, ILogger<CollectorTimers> logger)
{
    /// <summary>Collects the days of sign-ins that are over. Most runs of an hourly schedule find nothing due.</summary>
    [Function(nameof(CollectSignInsOnSchedule))]
    public Task CollectSignInsOnSchedule(
        [TimerTrigger("%Schedules:SignIns%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync(client, CollectorCatalogue.SignIns, cancellationToken);

    /// <summary>Takes a snapshot of access rights.</summary>
    [Function(nameof(CollectAccessRightsOnSchedule))]
    public Task CollectAccessRightsOnSchedule(
        [TimerTrigger("%Schedules:AccessRights%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync(client, CollectorCatalogue.AccessRights, cancellationToken);

    private async Task StartAsync(DurableTaskClient client, Collector collector, CancellationToken cancellationToken)
    {
        try
        {
            await runs.StartAsync(client, collector, CollectorRuns.Schedule, null, cancellationToken);
        }
        catch (RefusedException e)
        {
            NotStarted(logger, collector.Name, e.Refusal.Code); // Before the organisation is set up there is nobody to collect for.
        }
    }

    [LoggerMessage(EventId = 2101, EventName = "CollectorNotStarted", Level = LogLevel.Warning, Message = "Collector {Collector} was not started: {Code}")]
    private static partial void NotStarted(ILogger logger, string collector, string code);
}
