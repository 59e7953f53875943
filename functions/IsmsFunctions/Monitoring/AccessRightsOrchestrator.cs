using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring;

/// <summary>Collects a snapshot of who may do what.</summary>
public static class AccessRightsOrchestrator
{
    /// <summary>Takes the snapshot, as often as the service puts it off.</summary>
    [Function(nameof(CollectAccessRights))]
    public static async Task CollectAccessRights([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<CollectorInput>()!;
        try
        {
            await context.PullAsync(
                nameof(AccessRightsActivities.TakeAccessRights),
                (final, before) => new TakeAccessRightsInput(input.InstanceId, input.At, final, before));
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(
                nameof(CollectorActivities.FailCollection),
                new FailCollectionInput(CollectorCatalogue.AccessRights.Name, input.InstanceId, e.FailureDetails.ErrorType), Retries.Transient);
            throw;
        }
    }
}
