using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Notifications;

/// <summary>
/// Posts cards to a Workflows webhook of Teams. Whoever knows a webhook's address can post to it: it is read from the settings at each use, and neither logged
/// nor stored nor part of an exception. One attempt: what fails for now stays in the outbox.
/// </summary>
public sealed class TeamsWebhookTransport(IOptionsMonitor<NotificationOptions> options, HttpMessageHandler handler) : ITeamsTransport, IDisposable
{
    // Made here rather than by the client factory, which logs the address of each request.
    private readonly HttpClient http = new(handler) { Timeout = TimeSpan.FromSeconds(30) };

    /// <inheritdoc/>
    public bool Delivers => true;

    /// <inheritdoc/>
    public async Task SendAsync(TeamsCard card, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (!Uri.TryCreate(options.CurrentValue.WebhookOf(card.Person), UriKind.Absolute, out var webhook) || webhook.Scheme != Uri.UriSchemeHttps)
        {
            throw new TeamsRefusedException(new MessageFailure("teams-webhook-missing", ""));
        }

        using var content = new ByteArrayContent(card.Payload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        var status = await PostAsync(webhook, content, cancellationToken);
        switch ((int)status)
        {
            case >= 200 and <= 299:
                return;
            case 408 or 429 or >= 500:
                throw new HttpRequestException($"Teams answered {(int)status}.", null, status);
            default:
                throw new TeamsRefusedException(new MessageFailure("teams-webhook-refused", ((int)status).ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<HttpStatusCode> PostAsync(Uri webhook, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.PostAsync(webhook, content, cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException e)
        {
            // Its message names the host; the outbox logs exceptions.
            throw new HttpRequestException(e.HttpRequestError, "Teams could not be reached.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Teams did not answer in time.");
        }
    }
}
