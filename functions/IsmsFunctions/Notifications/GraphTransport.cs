using System.Net.Http.Json;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Notifications;

/// <summary>
/// Hands mails to Microsoft Graph's <c>sendMail</c>, with the one mailbox that the app may send from. One attempt: what fails stays in the outbox and is repeated
/// from there.
/// </summary>
public sealed class GraphTransport(GraphHttp graph) : IMailTransport
{
    /// <inheritdoc/>
    public bool Delivers => true;

    /// <inheritdoc/>
    public async Task SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var message = new Message(
            mail.Subject,
            new Body("Text", mail.Body),
            [new Recipient(new EmailAddress(mail.ToAddress, mail.ToName))],
            [new Header("x-isms-notification", mail.Id)]);
        var address = new Uri(graph.BaseAddress, $"v1.0/users/{Uri.EscapeDataString(mail.FromAddress)}/sendMail");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new SendMail(message, SaveToSentItems: true), options: Json.Options),
        };
        using var response = await graph.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"sendMail answered {(int)response.StatusCode}.", null, response.StatusCode);
        }
    }

    private sealed record SendMail(Message Message, bool SaveToSentItems);

    private sealed record Message(
        string Subject, Body Body, IReadOnlyList<Recipient> ToRecipients, IReadOnlyList<Header> InternetMessageHeaders);

    private sealed record Body(string ContentType, string Content);

    private sealed record Recipient(EmailAddress EmailAddress);

    private sealed record EmailAddress(string Address, string Name);

    private sealed record Header(string Name, string Value);
}
