using System.Security.Cryptography;
using System.Text;
using Isms.Monitoring;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Notifications;

/// <summary>Writes to system administrators and ISMS managers at once what collectors found and cannot wait.</summary>
public sealed class CollectorAlarm(INotifier notifier, OrganizationStore organizations) : ICollectorAlarm
{
    /// <inheritdoc/>
    public async Task RaiseAsync(IReadOnlyList<CollectorAlert> alerts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (alerts.Count == 0 || await organizations.FindInForceAsync(cancellationToken) is not { } organization)
        {
            return;
        }

        var people = organization.InRole(Role.SystemAdministrator).Concat(organization.InRole(Role.IsmsManager)).Select(p => p.Id).Distinct(StringComparer.Ordinal).ToList();
        foreach (var alert in alerts)
        {
            foreach (var person in people)
            {
                await notifier.NotifyAsync(LetterOf(alert, person), cancellationToken);
            }
        }
    }

    private static Notification LetterOf(CollectorAlert alert, string person)
    {
        var collector = Texts.Get($"collector.{alert.Collector}.title");
        var subject = Texts.Get("alert.subject", Texts.Get($"alert.{alert.Code}.title"));
        var name = alert.SubjectName.Length > 0 ? alert.SubjectName : alert.SubjectId;
        var body = Texts.Get("alert.body", Texts.Get($"alert.{alert.Code}.title"), name, alert.Detail, collector, Texts.Get($"alert.{alert.Code}.remedy"));
        return new Notification($"alert.{KeyOf(alert)}.{person}", person, subject, body, $"collector-{alert.Collector}", Delivery.Urgent);
    }

    /// <summary>The same fact has the same id, whenever and however often it is found.</summary>
    private static string KeyOf(CollectorAlert alert) =>
        $"{alert.Code}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert.Code}\n{alert.SubjectId}\n{alert.Fact}")).AsSpan(0, 8))}";
}
