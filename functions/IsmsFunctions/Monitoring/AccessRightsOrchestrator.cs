using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring;

/// <summary>Collects a snapshot of who may do what.</summary>
public static class AccessRightsOrchestrator
{
    /// <summary>Directory, roles and applications by an activity each, at the same time, then the item of them all.</summary>
    [Function(nameof(CollectAccessRights))]
    public static async Task CollectAccessRights([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<CollectorInput>()!;
        try
        {
            var snapshot = await context.CallActivityAsync<SnapshotTask>(
                nameof(AccessRightsActivities.BeginAccessRights), new BeginAccessRightsInput(input.InstanceId, input.At), Retries.Transient);
            string[] parts =
                [nameof(AccessRightsActivities.PullDirectory), nameof(AccessRightsActivities.PullRoles), nameof(AccessRightsActivities.PullApplications)];
            await Task.WhenAll(parts.Select(part =>
                context.PullAsync(part, (final, standing) => new PullSnapshotInput(snapshot, final) { Standing = standing })));
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
