using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Notifications;

/// <summary>Sends what waits: digests, what came in quiet hours, and what could not be sent.</summary>
public sealed class NotificationTimers(OutboxSweep sweep)
{
    /// <summary>Runs by the setting <c>Schedules__UnsentNotifications</c>; it has to run at the organisation's time of digests, or soon after it.</summary>
    [Function(nameof(SendUnsentNotifications))]
    public Task SendUnsentNotifications([TimerTrigger("%Schedules:UnsentNotifications%")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.SendDueAsync(cancellationToken);
}
