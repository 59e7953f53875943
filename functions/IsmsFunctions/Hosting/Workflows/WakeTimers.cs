using IsmsFunctions.Hosting.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>
/// Repeats wake-ups that got lost: whatever changed a while ago without its workflow having looked is woken again, and its workflow is started where a crash
/// came between storing the state and starting it.
/// </summary>
public sealed partial class WakeTimers(StateStore states, IWorkflowStarter workflows, WorkflowGate gate, TimeProvider clock, ILogger<WakeTimers> logger)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Runs by the setting <c>Schedules__ForgottenWorkflows</c>; every six hours is often enough, since a lost wake-up is rare and no deadline is shorter.</summary>
    [Function(nameof(WakeForgottenWorkflows))]
    public async Task WakeForgottenWorkflows(
        [TimerTrigger("%Schedules:ForgottenWorkflows%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var (kind, id) in states.ListPendingAsync(clock.GetUtcNow() - Grace, cancellationToken))
        {
            try
            {
                if (!await workflows.EnsureRunningAsync(client, kind, id, cancellationToken))
                {
                    await gate.WakeAsync(client, id);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that cannot be started must not keep the others asleep; it is still pending at the next sweep.
                NotWoken(logger, e, id);
            }
        }
    }

    [LoggerMessage(EventId = 1102, EventName = "WorkflowLost", Level = LogLevel.Error, Message = "Workflow {Instance} could neither be started nor woken")]
    private static partial void NotWoken(ILogger logger, Exception exception, string instance);
}
