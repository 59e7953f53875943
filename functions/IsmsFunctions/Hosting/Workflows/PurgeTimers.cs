using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>Forgets workflows that ended long ago. What an auditor needs is evidence by then, and what is shown of them is in the state's rows.</summary>
public sealed partial class PurgeTimers(TimeProvider clock, ILogger<PurgeTimers> logger)
{
    private const int MostAtOnce = 1_000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Runs by the setting <c>Schedules__EndedWorkflows</c>, every night as we deploy it, and leaves what is more than a portion to the next time.</summary>
    [Function(nameof(PurgeEndedWorkflows))]
    public async Task PurgeEndedWorkflows(
        [TimerTrigger("%Schedules:EndedWorkflows%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var purged = 0;
        foreach (var instance in await ListAsync(client, clock.GetUtcNow() - Kept, cancellationToken))
        {
            purged += (await client.PurgeInstanceAsync(instance, cancellationToken)).PurgedInstanceCount;
        }

        if (purged > 0)
        {
            Purged(logger, purged);
        }
    }

    /// <summary>
    /// The filter knows when an instance began and not when it ended, and a purge by that filter would take a workflow that ran for a year on the day of its
    /// end. Listed first and purged then, since a page's token may not outlive the rows of that page.
    /// </summary>
    private static async Task<IReadOnlyList<string>> ListAsync(DurableTaskClient client, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var instances = new List<string>();
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: until, Statuses: Ended)).WithCancellation(cancellationToken))
        {
            if (instance.LastUpdatedAt > until)
            {
                continue;
            }

            instances.Add(instance.InstanceId);
            if (instances.Count == MostAtOnce)
            {
                break;
            }
        }

        return instances;
    }

    [LoggerMessage(EventId = 1103, EventName = "WorkflowsPurged", Level = LogLevel.Information, Message = "{Count} workflows that ended 90 days ago were purged")]
    private static partial void Purged(ILogger logger, int count);
}
