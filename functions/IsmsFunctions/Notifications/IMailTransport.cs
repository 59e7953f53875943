namespace IsmsFunctions.Notifications;

/// <summary>A mail, ready to be sent.</summary>
/// <param name="Id">The notification's id.</param>
/// <param name="FromName">The sender's name.</param>
/// <param name="FromAddress">The sender's address.</param>
/// <param name="ToName">The recipient's name.</param>
/// <param name="ToAddress">The recipient's address.</param>
/// <param name="Subject">Subject line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="Date">When it was written, in the organisation's time zone.</param>
/// <param name="Attachment">What comes with it; null for nothing.</param>
public sealed record Mail(
    string Id, string FromName, string FromAddress, string ToName, string ToAddress, string Subject, string Body, DateTimeOffset Date,
    MailAttachment? Attachment = null);

/// <summary>Carries mails.</summary>
public interface IMailTransport
{
    /// <summary>Whether mails reach anybody; where they do not, messages are only kept.</summary>
    bool Delivers { get; }

    /// <summary>Whether <see cref="WasSentAsync"/> can tell. Where sending the same mail twice is harmless, nobody has to ask.</summary>
    bool RemembersWhatItSent => false;

    /// <summary>Whether the mail was sent before, as far as the mail system shows.</summary>
    Task<bool> WasSentAsync(Mail mail, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Sends a mail. May be called again with the same mail after a crash.</summary>
    Task SendAsync(Mail mail, CancellationToken cancellationToken);
}

/// <summary>Sends nothing.</summary>
public sealed class NoTransport : IMailTransport
{
    /// <inheritdoc/>
    public bool Delivers => false;

    /// <inheritdoc/>
    public Task SendAsync(Mail mail, CancellationToken cancellationToken) => Task.CompletedTask;
}
