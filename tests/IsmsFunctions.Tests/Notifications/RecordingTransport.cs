using IsmsFunctions.Notifications;

namespace IsmsFunctions.Tests.Notifications;

/// <summary>A mail system that remembers each mail it took, as often as it took it, and can be away.</summary>
internal sealed class RecordingTransport : IMailTransport
{
    public bool Away { get; set; }

    public List<Mail> Sent { get; } = [];

    public bool Delivers => true;

    public Task SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        if (Away)
        {
            throw new HttpRequestException("away");
        }

        lock (Sent)
        {
            Sent.Add(mail);
        }

        return Task.CompletedTask;
    }
}
