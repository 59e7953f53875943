using System.Globalization;
using Isms.Notifications;
using Isms.Organizations;
using IsmsFunctions.Organizations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Notifications;

/// <summary>Sends one message by its channel, and notes what came of it.</summary>
public sealed partial class Dispatch(
    Outbox outbox,
    IMailTransport mails,
    ITeamsTransport teams,
    OrganizationStore organizations,
    IOptions<NotificationOptions> options,
    TimeProvider clock,
    ILogger<Dispatch> logger)
{
    /// <summary>Sends a message that waits. Returns whether it has left the queue; a failure is logged, and the message stays.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isNew">Whether it was added just now, so that nobody can have tried to send it before.</param>
    /// <param name="cancellationToken">Cancels before it is handed over.</param>
    public async Task<bool> TrySendAsync(OutboxMessage message, bool isNew, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            var settled = await SendAsync(message, isNew, cancellationToken);
            await outbox.SettleAsync(settled with { SettledAt = clock.GetUtcNow() }, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The mail system being away must not stop the workflow that wants to write; the message is safe.
            NotSent(logger, e, message.Id);
            return false;
        }
    }

    private async Task<OutboxMessage> SendAsync(OutboxMessage message, bool isNew, CancellationToken cancellationToken)
    {
        if (!(message.Channel == Channel.Teams ? teams.Delivers : mails.Delivers))
        {
            return message with { State = MessageState.Kept };
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (message.RecipientIn(organization) is not { } person)
        {
            return message with { State = MessageState.Undeliverable };
        }

        return message.Channel == Channel.Teams
            ? await PostAsync(message, person, organization, cancellationToken)
            : await MailAsync(message, isNew, person, organization, cancellationToken);
    }

    private async Task<OutboxMessage> MailAsync(
        OutboxMessage message, bool isNew, Person person, Organization organization, CancellationToken cancellationToken)
    {
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
            TimeZoneInfo.ConvertTime(message.QueuedAt, zone),
            message.Attachment);
        if (mails.RemembersWhatItSent)
        {
            // An attempt whose outcome we do not know – a crash came first – may have succeeded.
            if (!isNew && await outbox.WasAttemptedAsync(message.Id, cancellationToken) && await mails.WasSentAsync(mail, cancellationToken))
            {
                return message with { State = MessageState.Sent };
            }

            await outbox.NoteAttemptAsync(message.Id, clock.GetUtcNow(), cancellationToken);
        }

        await mails.SendAsync(mail, cancellationToken);
        return message with { State = MessageState.Sent };
    }

    private async Task<OutboxMessage> PostAsync(OutboxMessage message, Person person, Organization organization, CancellationToken cancellationToken)
    {
        try
        {
            await teams.SendAsync(TeamsCard.Of(message, person, organization, options.Value.Site), cancellationToken);
            return message with { State = MessageState.Sent };
        }
        catch (TeamsRefusedException e)
        {
            // Nobody may miss a message since a webhook is gone: it goes out by mail, unless it does anyway.
            Refused(logger, message.Id, e.Failure.Code, e.Failure.Detail);
            var mail = message.ByMail();
            var isNew = await outbox.TryAddAsync(mail, cancellationToken);
            if (isNew)
            {
                await TrySendAsync(mail, isNew, cancellationToken);
            }

            return message with { State = MessageState.Failed, Failure = e.Failure };
        }
    }

    [LoggerMessage(EventId = 1201, EventName = "NotificationNotSent", Level = LogLevel.Warning, Message = "Notification {Id} could not be sent; it stays in the outbox")]
    private static partial void NotSent(ILogger logger, Exception exception, string id);

    [LoggerMessage(EventId = 1202, EventName = "NotificationRefusedByTeams", Level = LogLevel.Error, Message = "Notification {Id} was refused by Teams ({Code} {Detail}); it goes out by mail")]
    private static partial void Refused(ILogger logger, string id, string code, string detail);
}
