using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>Collects a snapshot, of whichever collector.</summary>
public static class SnapshotOrchestrator
{
    /// <summary>Takes the snapshot, as often as the service puts it off.</summary>
    [Function(nameof(CollectSnapshot))]
    public static async Task CollectSnapshot([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<CollectorInput>()!;
        try
        {
            await context.PullAsync(
                nameof(SnapshotActivities.TakeSnapshot),
                (final, before) => new TakeSnapshotInput(input.Collector!, input.InstanceId, input.At, final, before));
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(
                nameof(CollectorActivities.FailCollection), new FailCollectionInput(input.Collector!, input.InstanceId, e.FailureDetails.ErrorType), Retries.Transient);
            throw;
        }
    }
}
