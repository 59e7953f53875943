using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring;

/// <summary>Collects a snapshot of who may do what.</summary>
public static class AccessRightsOrchestrator
{
    /// <summary>Directory, roles and applications by an activity each, then the item of them all.</summary>
    [Function(nameof(CollectAccessRights))]
    public static async Task CollectAccessRights([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<CollectorInput>()!;
        try
        {
            var snapshot = await context.CallActivityAsync<SnapshotTask>(
                nameof(AccessRightsActivities.BeginAccessRights), new BeginAccessRightsInput(input.InstanceId, input.At), Retries.Transient);
            await context.PullAsync(nameof(AccessRightsActivities.PullDirectory), final => new PullSnapshotInput(snapshot, final));
            await context.PullAsync(nameof(AccessRightsActivities.PullRoles), final => new PullSnapshotInput(snapshot, final));
            await context.PullAsync(nameof(AccessRightsActivities.PullApplications), final => new PullSnapshotInput(snapshot, final));
            await context.CallActivityAsync(
                nameof(AccessRightsActivities.RecordAccessRights), new RecordAccessRightsInput(input.InstanceId, snapshot), Retries.Transient);
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
