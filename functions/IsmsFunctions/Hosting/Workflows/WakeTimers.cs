using IsmsFunctions.Hosting.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>Repeats wake-ups that got lost: whatever changed a while ago without its workflow having looked is woken again.</summary>
public sealed class WakeTimers(StateStore states, WorkflowGate gate, TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Runs every six hours: a lost wake-up is rare, and no deadline of a management system is shorter.</summary>
    [Function(nameof(WakeForgottenWorkflows))]
    public async Task WakeForgottenWorkflows(
        [TimerTrigger("0 5 */6 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await foreach (var (_, id) in states.ListPendingAsync(clock.GetUtcNow() - Grace, cancellationToken))
        {
            await gate.WakeAsync(client, id);
        }
    }
}
