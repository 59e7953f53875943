using Isms.Text;

namespace IsmsFunctions.Notifications;

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>It waits to be sent.</summary>
    Queued,

    /// <summary>It was handed to the mail system.</summary>
    Sent,

    /// <summary>It was not sent, since no transport is configured.</summary>
    Kept,

    /// <summary>It could not be sent: its recipient is not among the organisation's people any more.</summary>
    Undeliverable,
}

/// <summary>A message of the outbox.</summary>
/// <param name="Id">The notification's id.</param>
/// <param name="RecipientId">The person it is for.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="About">The workflow instance it is about.</param>
/// <param name="QueuedAt">When it was put into the outbox.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SettledAt">When it left the queue; null while it waits.</param>
public sealed record OutboxMessage(
    string Id,
    string RecipientId,
    LocalizedText Subject,
    LocalizedText Body,
    string About,
    DateTimeOffset QueuedAt,
    MessageState State,
    DateTimeOffset? SettledAt);
