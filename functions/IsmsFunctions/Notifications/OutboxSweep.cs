using System.Globalization;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Notifications;

/// <summary>Sends what is due: makes a digest of each person's reminders, and tries again what could not be sent.</summary>
public sealed class OutboxSweep(Outbox outbox, Dispatch dispatch, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Leaves a message alone that the activity which queued it is still about to send.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private const int FailuresInARow = 5;

    /// <summary>Sends what is due now.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = (await outbox.ListDueAsync(now, cancellationToken).ToListAsync(cancellationToken))
            .Where(m => m.DueAt > m.QueuedAt || m.QueuedAt <= now - Grace)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id, StringComparer.Ordinal)
            .ToList();
        var send = due.Where(m => m.Delivery != Delivery.Digest).Select(m => m.Id).ToList();
        foreach (var reminders in due.Where(m => m.Delivery == Delivery.Digest).GroupBy(m => (m.RecipientId, m.Channel)))
        {
            foreach (var portion in reminders.Chunk(Outbox.MostJoined))
            {
                send.AddRange(await JoinAsync(portion, cancellationToken));
            }
        }

        await SendAsync(send, cancellationToken);
    }

    private async Task SendAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var failures = 0;
        foreach (var id in ids)
        {
            if (await outbox.FindAsync(id, cancellationToken) is not { State: MessageState.Queued } message)
            {
                continue;
            }

            await outbox.MarkJoinedAsync(message, clock.GetUtcNow(), cancellationToken);
            failures = await dispatch.TrySendAsync(message, isNew: false, cancellationToken) ? 0 : failures + 1;
            if (failures == FailuresInARow)
            {
                return; // The mail system is away; asking it for each message would only burden it.
            }
        }
    }

    /// <summary>Makes a digest of a person's reminders; one alone goes out as it is. Returns the ids of what is to be sent.</summary>
    private async Task<IReadOnlyList<string>> JoinAsync(QueuedMark[] marks, CancellationToken cancellationToken)
    {
        if (marks.Length == 1)
        {
            return [marks[0].Id];
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var messages = new List<OutboxMessage>();
        foreach (var mark in marks)
        {
            if (await outbox.FindAsync(mark.Id, cancellationToken) is { State: MessageState.Queued } message)
            {
                messages.Add(message);
            }
        }

        // Whoever cannot be written to gets no digest: each of the reminders is found undeliverable.
        return messages is [] ? []
            : messages[^1].RecipientIn(organization) is { } person ? await AddAsync(messages, marks, person, organization, cancellationToken)
            : [.. marks.Select(m => m.Id)];
    }

    private async Task<IReadOnlyList<string>> AddAsync(
        List<OutboxMessage> messages, QueuedMark[] marks, Person person, Organization organization, CancellationToken cancellationToken)
    {
        var entries = messages.Select(m => new DigestEntry(m.Id, m.About, m.Subject, m.Facts, m.QueuedAt));
        var (subject, body) = Digest.Write(entries, person, organization);
        var name = NameOf(marks, person, organization);
        for (var number = 1; ; number++)
        {
            var notification = number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
            var digest = new OutboxMessage
            {
                Id = OutboxMessage.IdOf(notification, marks[0].Channel),
                RecipientId = person.Id,
                To = messages[^1].To,
                Channel = marks[0].Channel,
                Subject = subject,
                Body = body,
                About = "digest",
                QueuedAt = clock.GetUtcNow(),
                DueAt = clock.GetUtcNow(),
                Entries = [.. messages.Select(m => m.Id)],
            };
            if (await outbox.TryJoinAsync(digest, cancellationToken))
            {
                return [digest.Id];
            }

            if (await outbox.FindAsync(digest.Id, cancellationToken) is null)
            {
                return []; // Its entries left the queue in between: another sweep has them.
            }

            // There is a digest of the day: its reminders were joined while some came late, or there were too many for one.
        }
    }

    /// <summary>Named after the day on which its newest reminder is due, so that a sweep that is repeated after a crash makes the same digest.</summary>
    private static string NameOf(QueuedMark[] marks, Person person, Organization organization)
    {
        var day = OfficeTime.Of(organization.TimeZone).DateAt(marks.Max(m => m.DueAt));
        return string.Create(CultureInfo.InvariantCulture, $"digest-{day:yyyy-MM-dd}.{person.Id}");
    }
}
