using Isms.Rules;
using Isms.Text;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Notifications;

/// <summary>What was written to whom.</summary>
public sealed class NotificationHttp(Outbox outbox)
{
    private const int DefaultTop = 50;

    /// <summary>Messages, newest first: <c>?about=&amp;recipient=&amp;top=&amp;continuationToken=</c>.</summary>
    [Function(nameof(ListNotifications))]
    public async Task<IResult> ListNotifications(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notifications")] HttpRequest request, CancellationToken cancellationToken)
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
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notifications/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var message = await outbox.FindAsync(id, cancellationToken)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-notification", "id", id, id));
        return Answers.Ok(message);
    }

    private static NotificationLine Line(OutboxMessage m) => new(m.Id, m.RecipientId, m.Subject, m.About, m.QueuedAt, m.State, m.SettledAt);

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private sealed record NotificationLine(
        string Id, string RecipientId, LocalizedText Subject, string About, DateTimeOffset QueuedAt, MessageState State, DateTimeOffset? SettledAt);
}
