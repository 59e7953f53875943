using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Notifications;

/// <summary>
/// Hands mails to Microsoft Graph's <c>sendMail</c>, with the one mailbox that the app may send from. One attempt: what fails stays in the outbox and is repeated
/// from there. Each mail carries its notification's id as an extended property, by which it is found among the sent items.
/// </summary>
public sealed class GraphTransport(GraphHttp graph) : IMailTransport
{
    // A named property in a set of our own; the id must never change, or mails sent before are not recognised.
    private const string NotificationProperty = "String {7a3c1d52-6f0e-4b1f-9c38-2f6d5a0e91b7} Name IsmsNotification";

    /// <inheritdoc/>
    public bool Delivers => true;

    /// <inheritdoc/>
    public bool RemembersWhatItSent => true;

    /// <inheritdoc/>
    /// <remarks>False as well where the app may not read the mailbox (<c>Mail.Read</c>): a mail that goes out twice is better than one that never does.</remarks>
    public async Task<bool> WasSentAsync(Mail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var filter = $"singleValueExtendedProperties/any(p: p/id eq '{NotificationProperty}' and p/value eq '{mail.Id.Replace("'", "''", StringComparison.Ordinal)}')";
        using var request = new HttpRequestMessage(
            HttpMethod.Get, Address(mail, $"mailFolders/sentitems/messages?$select=id&$top=1&$filter={Uri.EscapeDataString(filter)}"));
        using var response = await graph.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        if (status is >= 400 and < 500 and not 429)
        {
            return false;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The look-up among the sent items answered {status}.", null, response.StatusCode);
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var found = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken);
        return found.RootElement.GetProperty("value").GetArrayLength() > 0;
    }

    /// <inheritdoc/>
    public async Task SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var message = new Message(
            mail.Subject,
            new Body("Text", mail.Body),
            [new Recipient(new EmailAddress(mail.ToAddress, mail.ToName))],
            [new Header("x-isms-notification", mail.Id)],
            [new ExtendedProperty(NotificationProperty, mail.Id)],
            mail.Attachment is { } file ? [new FileAttachment("#microsoft.graph.fileAttachment", file.Name, file.MediaType, Encoding.UTF8.GetBytes(file.Content))] : null);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(mail, "sendMail"))
        {
            Content = JsonContent.Create(new SendMail(message, SaveToSentItems: true), options: Json.Options),
        };
        using var response = await graph.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"sendMail answered {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }

    private Uri Address(Mail mail, string path) => new(graph.BaseAddress, $"v1.0/users/{Uri.EscapeDataString(mail.FromAddress)}/{path}");

    private sealed record SendMail(Message Message, bool SaveToSentItems);

    private sealed record Message(
        string Subject, Body Body, IReadOnlyList<Recipient> ToRecipients, IReadOnlyList<Header> InternetMessageHeaders,
        IReadOnlyList<ExtendedProperty> SingleValueExtendedProperties, IReadOnlyList<FileAttachment>? Attachments);

    private sealed record FileAttachment([property: JsonPropertyName("@odata.type")] string Type, string Name, string ContentType, byte[] ContentBytes);

    private sealed record Body(string ContentType, string Content);

    private sealed record Recipient(EmailAddress EmailAddress);

    private sealed record EmailAddress(string Address, string Name);

    private sealed record Header(string Name, string Value);

    private sealed record ExtendedProperty(string Id, string Value);
}
