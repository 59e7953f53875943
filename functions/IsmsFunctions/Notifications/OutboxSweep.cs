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
        var send = due.Where(m => m.Delivery != Delivery.Digest).Select(m => new Sendable(m.Id)).ToList();
        foreach (var reminders in due.Where(m => m.Delivery == Delivery.Digest).GroupBy(m => (m.RecipientId, m.Channel)))
        {
            foreach (var portion in reminders.Chunk(Outbox.MostJoined))
            {
                send.AddRange(await JoinAsync(portion, cancellationToken));
            }
        }

        await SendAsync(send, cancellationToken);
    }

    private async Task SendAsync(IEnumerable<Sendable> sendables, CancellationToken cancellationToken)
    {
        var failures = 0;
        foreach (var sendable in sendables)
        {
            if ((sendable.Digest ?? await outbox.FindAsync(sendable.Id, cancellationToken)) is not { State: MessageState.Queued } message)
            {
                continue;
            }

            // Of a digest that an earlier sweep made, before it was interrupted, the entries have to be read first.
            var entries = sendable.Digest is null ? await outbox.FindAllAsync(message.Entries, cancellationToken) : sendable.Entries;
            await outbox.MarkJoinedAsync(message, entries, clock.GetUtcNow(), cancellationToken);
            failures = await dispatch.TrySendAsync(message, isNew: false, cancellationToken) ? 0 : failures + 1;
            if (failures == FailuresInARow)
            {
                return; // The mail system is away; asking it for each message would only burden it.
            }
        }
    }

    /// <summary>Makes a digest of a person's reminders; one alone goes out as it is.</summary>
    private async Task<IReadOnlyList<Sendable>> JoinAsync(QueuedMark[] marks, CancellationToken cancellationToken)
    {
        if (marks.Length == 1)
        {
            return [new Sendable(marks[0].Id)];
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var found = await outbox.FindAllAsync([.. marks.Select(m => m.Id)], cancellationToken);
        var messages = found.Where(m => m.State == MessageState.Queued).ToList();

        // Whoever cannot be written to gets no digest: each of the reminders is found undeliverable.
        return messages is [] ? []
            : messages[^1].RecipientIn(organization) is { } person ? await AddAsync(messages, marks, person, organization, cancellationToken)
            : [.. marks.Select(m => new Sendable(m.Id))];
    }

    private async Task<IReadOnlyList<Sendable>> AddAsync(
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
                return [new Sendable(digest.Id, digest, messages)];
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

    /// <summary>What is to be sent: a message that waits, or a digest that was made just now, with what it is made of.</summary>
    private sealed record Sendable(string Id, OutboxMessage? Digest = null, IReadOnlyList<OutboxMessage>? MadeOf = null)
    {
        public IReadOnlyList<OutboxMessage> Entries => MadeOf ?? [];
    }
}
