using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring;

/// <summary>Collects sign-ins: every window that is due, one after the other.</summary>
public static class SignInsOrchestrator
{
    /// <summary>One window a turn of the orchestration; the next turn begins with a fresh history.</summary>
    [Function(nameof(CollectSignIns))]
    public static async Task CollectSignIns([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<CollectorInput>()!;
        try
        {
            var windows = input.Windows ?? await context.CallActivityAsync<IReadOnlyList<WindowTask>>(
                nameof(SignInsActivities.PlanSignInWindows), new PlanWindows(input.InstanceId), Retries.Transient);
            if (windows.Count == 0)
            {
                return;
            }

            var isLast = windows.Count == 1;
            await context.PullAsync(
                nameof(SignInsActivities.CollectSignInWindow),
                (final, before) => new CollectSignInWindowInput(input.InstanceId, windows[0], isLast, final, before));
            if (!isLast)
            {
                context.ContinueAsNew(input with { Windows = [.. windows.Skip(1)] });
            }
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(
                nameof(CollectorActivities.FailCollection),
                new FailCollectionInput(CollectorCatalogue.SignIns.Name, input.InstanceId, e.FailureDetails.ErrorType), Retries.Transient);
            throw;
        }
    }
}
