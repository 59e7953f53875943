using Isms.Notifications;
using Isms.Text;

namespace IsmsFunctions.Notifications;

/// <summary>A message to one person.</summary>
/// <param name="Id">Deterministic: the same id is sent once, however often it is asked for.</param>
/// <param name="RecipientId">The person's id.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="About">The workflow instance it is about.</param>
/// <param name="Delivery">How soon it goes out.</param>
/// <param name="Facts">The facts in short, which stand below the subject line when it goes out in a digest.</param>
/// <param name="To">Where to write to, for somebody who is not among the people of the settings; those are written to as the settings say.</param>
public sealed record Notification(
    string Id, string RecipientId, LocalizedText Subject, LocalizedText Body, string About, Delivery Delivery = Delivery.Direct, LocalizedText? Facts = null,
    Addressee? To = null);

/// <summary>Somebody who is written to without having a part in the management system, such as a participant of a training.</summary>
/// <param name="Name">The name.</param>
/// <param name="Mail">The mail address.</param>
public sealed record Addressee(string Name, string Mail);

/// <summary>Sends messages through an outbox: stored first, sent once, repeated until it worked.</summary>
public interface INotifier
{
    /// <summary>Puts the message into the outbox, unless its id is there already; it goes out when its delivery and the quiet hours say so.</summary>
    Task NotifyAsync(Notification notification, CancellationToken cancellationToken);
}
