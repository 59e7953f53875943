using System.Globalization;
using System.Text;
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
    private const int MostTop = 200;

    /// <summary>Messages, newest first: <c>?about=&amp;recipient=&amp;top=&amp;continuationToken=</c>.</summary>
    [Function(nameof(ListNotifications))]
    public async Task<IResult> ListNotifications(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "notifications")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = request.Query;
        var (messages, end) = await outbox.ListAsync(
            Given(query["about"]), Given(query["recipient"]), TopOf(Given(query["top"])), PositionOf(Given(query["continuationToken"])), cancellationToken);
        return Answers.Ok(new NotificationPage([.. messages.Select(Line)], end is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(end))));
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

    private static int TopOf(string? value) => value switch
    {
        null => DefaultTop,
        _ when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MostTop => top,
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "top-malformed", "top", value, value, MostTop)),
    };

    private static string? PositionOf(string? token)
    {
        if (token is null)
        {
            return null;
        }

        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is ['t', ':', ..] position
            ? position
            : throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "continuation-token-malformed", "continuationToken", token));
    }

    private sealed record NotificationPage(IReadOnlyList<NotificationLine> Items, string? ContinuationToken);

    private sealed record NotificationLine(
        string Id, string RecipientId, LocalizedText Subject, string About, DateTimeOffset QueuedAt, MessageState State, DateTimeOffset? SettledAt);
}
