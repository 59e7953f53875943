using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring;

/// <summary>Collects the directory's audit log: every window that is due, one after the other.</summary>
public static class DirectoryAuditsOrchestrator
{
    /// <summary>One window a turn of the orchestration; the next turn begins with a fresh history.</summary>
    [Function(nameof(CollectDirectoryAudits))]
    public static async Task CollectDirectoryAudits([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<CollectorInput>()!;
        try
        {
            var windows = input.Windows ?? await context.CallActivityAsync<IReadOnlyList<WindowTask>>(
                nameof(DirectoryAuditsActivities.PlanDirectoryAuditWindows), new PlanWindows(input.InstanceId), Retries.Transient);
            if (windows.Count == 0)
            {
                return;
            }

            var isLast = windows.Count == 1;
            await context.PullAsync(
                nameof(DirectoryAuditsActivities.CollectDirectoryAuditWindow),
                (final, before) => new CollectLogWindowInput(input.InstanceId, windows[0], isLast, final, before));
            if (!isLast)
            {
                context.ContinueAsNew(input with { Windows = [.. windows.Skip(1)] });
            }
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(
                nameof(CollectorActivities.FailCollection),
                new FailCollectionInput(CollectorCatalogue.DirectoryAudits.Name, input.InstanceId, e.FailureDetails.ErrorType), Retries.Transient);
            throw;
        }
    }
}
