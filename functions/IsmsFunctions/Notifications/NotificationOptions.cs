namespace IsmsFunctions.Notifications;

/// <summary>What carries mails.</summary>
public enum MailTransportKind
{
    /// <summary>Nothing does: messages are only listed.</summary>
    None,

    /// <summary>A folder, into which each mail is written as a file.</summary>
    Folder,

    /// <summary>Microsoft Graph's <c>sendMail</c>.</summary>
    Graph,
}

/// <summary>The settings under <c>Notifications__</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Notifications";

    /// <summary>What carries mails.</summary>
    public MailTransportKind Transport { get; set; }

    /// <summary>With <see cref="MailTransportKind.Folder"/>: where mails are written.</summary>
    public string? Folder { get; set; }

    /// <summary>The address that mails come from; with <see cref="MailTransportKind.Graph"/> the mailbox that the app may send from.</summary>
    public string From { get; set; } = "isms@localhost";

    /// <summary>The address under which people reach the app, such as <c>https://isms.example.co.jp</c>; mails link to it.</summary>
    public string Site { get; set; } = "";
}
