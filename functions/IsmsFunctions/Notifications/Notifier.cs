using System.Globalization;
using IsmsFunctions.Organizations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Notifications;

/// <summary>
/// The outbox at work: a message is stored first and sent right after; what could not be sent stays queued and is tried again by
/// <see cref="NotificationTimers"/>.
/// </summary>
public sealed partial class Notifier(
    Outbox outbox,
    IMailTransport transport,
    OrganizationStore organizations,
    IOptions<NotificationOptions> options,
    TimeProvider clock,
    ILogger<Notifier> logger) : INotifier
{
    /// <inheritdoc/>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (notification.Id.Length is 0 or > 400 || notification.Id.Any(c => c is <= ' ' or > '~' or '/' or '\\' or '#' or '?' or '<' or '>' or '@'))
        {
            throw new ArgumentException($"'{notification.Id}' cannot be the id of a notification.", nameof(notification));
        }

        var message = new OutboxMessage(
            notification.Id, notification.RecipientId, notification.Subject, notification.Body, notification.About, clock.GetUtcNow(), MessageState.Queued, null);
        if (await outbox.TryAddAsync(message, cancellationToken))
        {
            await TrySendAsync(message, cancellationToken);
        }
        else
        {
            await TrySendAsync(notification.Id, cancellationToken);
        }
    }

    /// <summary>Sends a message if it still waits. Returns whether it has left the queue; a failure is logged, and the message stays.</summary>
    public async Task<bool> TrySendAsync(string id, CancellationToken cancellationToken) =>
        await outbox.FindAsync(id, cancellationToken) is not { State: MessageState.Queued } message || await TrySendAsync(message, cancellationToken);

    private async Task<bool> TrySendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var state = await SendAsync(message, cancellationToken);
            await outbox.SettleAsync(message, state, clock.GetUtcNow(), cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The mail system being away must not stop the workflow that wants to write; the message is safe.
            NotSent(logger, e, message.Id);
            return false;
        }
    }

    private async Task<MessageState> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (!transport.Delivers)
        {
            return MessageState.Kept;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (organization.FindPerson(message.RecipientId) is not { } person)
        {
            return MessageState.Undeliverable;
        }

        var culture = CultureInfo.GetCultureInfo(organization.Culture);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var mail = new Mail(
            message.Id,
            $"{organization.Name.In(culture)} ISMS",
            options.Value.From,
            person.Name.In(culture),
            person.Mail,
            message.Subject.In(culture),
            message.Body.In(culture),
            TimeZoneInfo.ConvertTime(message.QueuedAt, zone));
        await transport.SendAsync(mail, cancellationToken);
        return MessageState.Sent;
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "Notification {Id} could not be sent; it stays in the outbox")]
    private static partial void NotSent(ILogger logger, Exception exception, string id);
}
