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
/// <param name="Attachment">What comes with it. Only mail carries attachments, so a message with one goes out by mail as well.</param>
public sealed record Notification(
    string Id, string RecipientId, LocalizedText Subject, LocalizedText Body, string About, Delivery Delivery = Delivery.Direct, LocalizedText? Facts = null,
    Addressee? To = null, MailAttachment? Attachment = null);

/// <summary>A small text file that comes with a mail, such as an entry for the recipient's calendar. It is kept with the message, so it stays under 30,000 characters.</summary>
/// <param name="Name">The file name.</param>
/// <param name="MediaType">The media type with its parameters.</param>
/// <param name="Content">The text; it is sent in UTF-8.</param>
public sealed record MailAttachment(string Name, string MediaType, string Content);

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
