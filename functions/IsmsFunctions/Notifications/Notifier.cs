using Isms.Notifications;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Notifications;

/// <summary>
/// The outbox at work: a message is stored first, for each of the person's channels, and sent right after when its time has come; what has to wait, and what
/// could not be sent, goes out with <see cref="OutboxSweep"/>.
/// </summary>
public sealed class Notifier(Outbox outbox, Dispatch dispatch, OrganizationStore organizations, TimeProvider clock) : INotifier
{
    /// <inheritdoc/>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (notification.Id.Length is 0 or > 400 || notification.Id.Any(c => c is <= ' ' or > '~' or '/' or '\\' or '#' or '?' or '<' or '>' or '@'))
        {
            throw new ArgumentException($"'{notification.Id}' cannot be the id of a notification.", nameof(notification));
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var dueAt = DeliverySchedule.Of(organization).DueAt(notification.Delivery, now);
        var person = organization.FindPerson(notification.RecipientId);
        IEnumerable<Channel> channels = person is null ? [Channel.Mail] : organization.Notifications.ChannelsOf(person);
        foreach (var channel in notification.Attachment is null ? channels : channels.Append(Channel.Mail).Distinct())
        {
            await QueueAsync(notification, channel, now, dueAt, cancellationToken);
        }
    }

    private async Task QueueAsync(Notification notification, Channel channel, DateTimeOffset now, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var message = new OutboxMessage
        {
            Id = OutboxMessage.IdOf(notification.Id, channel),
            RecipientId = notification.RecipientId,
            To = notification.To,
            Channel = channel,
            Delivery = notification.Delivery,
            Subject = notification.Subject,
            Body = notification.Body,
            Facts = notification.Facts,
            About = notification.About,
            Attachment = channel == Channel.Mail ? notification.Attachment : null,
            QueuedAt = now,
            DueAt = dueAt,
        };
        var isNew = await outbox.TryAddAsync(message, cancellationToken);
        var stored = isNew ? message : await outbox.FindAsync(message.Id, cancellationToken);
        if (stored is { State: MessageState.Queued } && stored.Delivery != Delivery.Digest && stored.DueAt <= now)
        {
            await dispatch.TrySendAsync(stored, isNew, cancellationToken);
        }
    }
}
