using Isms.Notifications;
using Isms.Rules;
using Isms.Text;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Notifications;

/// <summary>What was written to whom.</summary>
public sealed class NotificationHttp(Outbox outbox, Dispatch dispatch, TimeProvider clock)
{
    private const int DefaultTop = 50;

    /// <summary>Messages, newest first: <c>?about=&amp;recipient=&amp;top=&amp;continuationToken=</c>.</summary>
    [Function(nameof(ListNotifications))]
    public async Task<IResult> ListNotifications(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/notifications")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = request.Query;
        var page = PageRequest.Of(request, "t:", DefaultTop);
        var (messages, end) = await outbox.ListAsync(Given(query["about"]), Given(query["recipient"]), page.Top, page.After, cancellationToken);
        return Answers.Ok(new ListPage<NotificationLine>([.. messages.Select(Line)], end is null ? null : PageRequest.TokenOf(end)));
    }

    /// <summary>A message with its text.</summary>
    [Function(nameof(GetNotification))]
    public async Task<IResult> GetNotification(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/notifications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Answers.Ok(await FindAsync(id, cancellationToken));

    /// <summary>Sends a message again that failed or was undeliverable, after what was in its way has been mended.</summary>
    [Function(nameof(ResendNotification))]
    public async Task<IResult> ResendNotification(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/notifications/{id}/resend")] HttpRequest request, string id,
        CancellationToken cancellationToken)
    {
        var message = await FindAsync(id, cancellationToken);
        if (message.State is not (MessageState.Failed or MessageState.Undeliverable))
        {
            throw new RefusedException(
                Refusal.Of(RefusalKind.IllegalState, "notification-not-resendable", "id", id, id, Texts.Get("message-state." + message.State)));
        }

        var queued = message with { State = MessageState.Queued, SettledAt = null, Failure = null, Delivery = Delivery.Direct, DueAt = clock.GetUtcNow() };
        if (await outbox.TryRequeueAsync(queued, cancellationToken))
        {
            await dispatch.TrySendAsync(queued, isNew: false, cancellationToken);
        }

        return Answers.Ok(await FindAsync(id, cancellationToken));
    }

    private async Task<OutboxMessage> FindAsync(string id, CancellationToken cancellationToken) =>
        await outbox.FindAsync(id, cancellationToken)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-notification", "id", id, id));

    private static NotificationLine Line(OutboxMessage m) =>
        new(m.Id, m.RecipientId, m.Channel, m.Subject, m.About, m.QueuedAt, m.DueAt, m.State, m.SettledAt, m.DigestId, m.Failure);

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private sealed record NotificationLine(
        string Id, string RecipientId, Channel Channel, LocalizedText Subject, string About, DateTimeOffset QueuedAt, DateTimeOffset DueAt, MessageState State,
        DateTimeOffset? SettledAt, string? DigestId, MessageFailure? Failure);
}
