using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Notifications;

/// <summary>Tries again to send what could not be sent.</summary>
public sealed class NotificationTimers(Outbox outbox, Notifier notifier, TimeProvider clock)
{
    /// <summary>Leaves a message alone that the activity which queued it is still about to send.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private const int FailuresInARow = 5;

    /// <summary>Runs by the setting <c>Schedules__UnsentNotifications</c>.</summary>
    [Function(nameof(SendUnsentNotifications))]
    public async Task SendUnsentNotifications(
        [TimerTrigger("%Schedules:UnsentNotifications%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var failures = 0;
        await foreach (var id in outbox.ListQueuedAsync(clock.GetUtcNow() - Grace, cancellationToken))
        {
            failures = await notifier.TrySendAsync(id, cancellationToken) ? 0 : failures + 1;
            if (failures == FailuresInARow)
            {
                return; // The mail system is away; asking it for each message would only burden it.
            }
        }
    }
}
