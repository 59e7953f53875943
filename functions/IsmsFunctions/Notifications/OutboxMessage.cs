using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace IsmsFunctions.Notifications;

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>It waits to be sent.</summary>
    Queued,

    /// <summary>It was handed to the mail system or to Teams.</summary>
    Sent,

    /// <summary>It was not sent, since no transport is configured.</summary>
    Kept,

    /// <summary>It could not be sent: its recipient is not among the organisation's people any more.</summary>
    Undeliverable,

    /// <summary>It is part of a digest, which is a message of its own.</summary>
    Joined,

    /// <summary>The channel refuses it for good; somebody has to mend the channel.</summary>
    Failed,
}

/// <summary>Why a message could not be sent.</summary>
/// <param name="Code">The code of its texts, such as <c>teams-webhook-refused</c>.</param>
/// <param name="Detail">What the texts mention, such as the HTTP status.</param>
public sealed record MessageFailure(string Code, string Detail)
{
    /// <summary>What is wrong.</summary>
    public LocalizedText Title => Texts.Get(Code + ".title", Detail);

    /// <summary>What to do about it.</summary>
    public LocalizedText Remedy => Texts.Get(Code + ".remedy", Detail);
}

/// <summary>A message of the outbox, to one person by one channel.</summary>
public sealed record OutboxMessage
{
    /// <summary>What the ids of messages to Teams end in; the same message by mail has the id without it.</summary>
    private const string TeamsSuffix = ".teams";

    /// <summary>The notification's id, with the channel behind it unless that is mail.</summary>
    public required string Id { get; init; }

    /// <summary>The person it is for.</summary>
    public required string RecipientId { get; init; }

    /// <summary>Where to write to, for somebody who is not among the people of the settings.</summary>
    public Addressee? To { get; init; }

    /// <summary>What carries it.</summary>
    public Channel Channel { get; init; }

    /// <summary>How soon it goes out.</summary>
    public Delivery Delivery { get; init; }

    /// <summary>Subject line.</summary>
    public required LocalizedText Subject { get; init; }

    /// <summary>Plain text.</summary>
    public required LocalizedText Body { get; init; }

    /// <summary>The facts in short, for a digest.</summary>
    public LocalizedText? Facts { get; init; }

    /// <summary>The workflow instance it is about.</summary>
    public required string About { get; init; }

    /// <summary>What comes with it by mail.</summary>
    public MailAttachment? Attachment { get; init; }

    /// <summary>When it was put into the outbox.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it goes out.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Where it stands.</summary>
    public MessageState State { get; init; }

    /// <summary>When it left the queue; null while it waits.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The digest that it became part of.</summary>
    public string? DigestId { get; init; }

    /// <summary>For a digest: the ids of the messages it is made of.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public MessageFailure? Failure { get; init; }

    /// <summary>The id of a notification's message by a channel.</summary>
    public static string IdOf(string notification, Channel channel) => channel == Channel.Teams ? notification + TeamsSuffix : notification;

    /// <summary>Whom it goes to: the person of the settings, as they stand now, else whom it was addressed to. Null where nobody can be written to.</summary>
    public Person? RecipientIn(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.FindPerson(RecipientId) ?? (To is { } to ? new Person(RecipientId, LocalizedText.Same(to.Name), to.Mail, "", []) : null);
    }

    /// <summary>The same message by mail.</summary>
    public OutboxMessage ByMail() => this with
    {
        Id = Channel == Channel.Teams ? Id[..^TeamsSuffix.Length] : Id,
        Channel = Channel.Mail,
        State = MessageState.Queued,
        SettledAt = null,
        Entries = [],
        Failure = null,
    };
}

/// <summary>A message's mark in the queue.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="RecipientId">The person it is for.</param>
/// <param name="Channel">What carries it.</param>
/// <param name="Delivery">How soon it goes out.</param>
/// <param name="QueuedAt">When it was put into the outbox.</param>
/// <param name="DueAt">When it goes out.</param>
public sealed record QueuedMark(string Id, string RecipientId, Channel Channel, Delivery Delivery, DateTimeOffset QueuedAt, DateTimeOffset DueAt);
