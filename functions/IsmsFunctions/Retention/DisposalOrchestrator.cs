using IsmsFunctions.Hosting.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IsmsFunctions.Retention;

/// <summary>A disposal that is carried out.</summary>
/// <param name="Id">The disposal.</param>
public sealed record DisposalCheckpoint(string Id);

/// <summary>The carrying out of an approved disposal: it is on record before anything is removed.</summary>
public static class DisposalOrchestrator
{
    /// <summary>Runs it.</summary>
    [Function(nameof(RunDisposal))]
    public static Task RunDisposal([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.RunTurnAsync(context.GetInput<DisposalCheckpoint>()!, async checkpoint =>
        {
            await context.CallActivityAsync(nameof(DisposalActivities.RecordDisposal), checkpoint.Id, Retries.Transient);
            await context.CallActivityAsync(nameof(DisposalActivities.RemoveDisposedFiles), checkpoint.Id, Retries.Transient);
        });
}
