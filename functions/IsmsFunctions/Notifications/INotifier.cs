using Isms.Text;

namespace IsmsFunctions.Notifications;

/// <summary>A message to one person.</summary>
/// <param name="Id">Deterministic: the same id is sent once, however often it is asked for.</param>
/// <param name="RecipientId">The person's id.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="About">The workflow instance it is about.</param>
public sealed record Notification(string Id, string RecipientId, LocalizedText Subject, LocalizedText Body, string About);

/// <summary>Sends messages through an outbox: stored first, sent once, repeated until it worked.</summary>
public interface INotifier
{
    /// <summary>Puts the message into the outbox, unless its id is there already.</summary>
    Task NotifyAsync(Notification notification, CancellationToken cancellationToken);
}
