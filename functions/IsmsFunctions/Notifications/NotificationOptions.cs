using Isms.Organizations;

namespace IsmsFunctions.Notifications;

/// <summary>What carries messages.</summary>
public enum MailTransportKind
{
    /// <summary>Nothing does: messages are only listed.</summary>
    None,

    /// <summary>A folder, into which each mail and each card is written as a file.</summary>
    Folder,

    /// <summary>Microsoft Graph's <c>sendMail</c>, and the webhooks of Teams.</summary>
    Graph,
}

/// <summary>The settings under <c>Notifications__</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Notifications";

    private const string DefaultWebhook = "Default";

    /// <summary>What carries messages.</summary>
    public MailTransportKind Transport { get; set; }

    /// <summary>With <see cref="MailTransportKind.Folder"/>: where messages are written.</summary>
    public string? Folder { get; set; }

    /// <summary>The address that mails come from; with <see cref="MailTransportKind.Graph"/> the mailbox that the app may send from.</summary>
    public string From { get; set; } = "isms@localhost";

    /// <summary>The address under which people reach the app, such as <c>https://isms.example.co.jp</c>; mails link to it.</summary>
    public string Site { get; set; } = "";

    /// <summary>
    /// The addresses of the Teams webhooks, which are secrets (Key Vault references): by person id, by role such as <c>TopManagement</c>, and <c>Default</c>.
    /// </summary>
    public Dictionary<string, string> TeamsWebhooks { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The webhook for a person: the person's own, else that of the first of the person's roles that has one, else the default; null for none.</summary>
    public string? WebhookOf(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        string[] names = [person.Id, .. person.Roles.Select(r => r.ToString()), DefaultWebhook];
        return names.Select(TeamsWebhooks.GetValueOrDefault).FirstOrDefault(address => address is { Length: > 0 });
    }
}
