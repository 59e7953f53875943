using Isms.Organizations;
using Isms.Text;

namespace Isms.Notifications;

/// <summary>A reminder that waits for its person's digest.</summary>
/// <param name="Id">The notification's id.</param>
/// <param name="About">The workflow instance it is about.</param>
/// <param name="Subject">Its subject line.</param>
/// <param name="Facts">The facts in short; null when the subject says it all.</param>
/// <param name="QueuedAt">When it was written.</param>
public sealed record DigestEntry(string Id, string About, LocalizedText Subject, LocalizedText? Facts, DateTimeOffset QueuedAt);

/// <summary>Makes one message out of a person's reminders.</summary>
public static class Digest
{
    /// <summary>The most reminders that are spelt out; people do not read more, and a message has to stay small.</summary>
    public const int MostEntries = 60;

    /// <summary>What the digest says: of several reminders about the same thing only the newest.</summary>
    public static IReadOnlyList<DigestEntry> Standing(IEnumerable<DigestEntry> entries) =>
        [.. entries
            .GroupBy(e => e.About, StringComparer.Ordinal)
            .Select(about => about.OrderBy(e => e.QueuedAt).ThenBy(e => e.Id, StringComparer.Ordinal).Last())
            .OrderBy(e => e.QueuedAt).ThenBy(e => e.Id, StringComparer.Ordinal)];

    /// <summary>The digest's subject line and text.</summary>
    /// <param name="entries">The reminders, at least one.</param>
    /// <param name="recipient">Whom it addresses.</param>
    /// <param name="organization">Whose secretariat signs.</param>
    public static (LocalizedText Subject, LocalizedText Body) Write(IEnumerable<DigestEntry> entries, Person recipient, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(organization);
        var standing = Standing(entries);
        var parts = standing.Take(MostEntries).Select((e, index) => Spell(e, index + 1)).ToList();
        if (standing.Count > MostEntries)
        {
            parts.Add(Texts.Get("digest.more", standing.Count - MostEntries));
        }

        var list = new LocalizedText(string.Join("\n\n", parts.Select(p => p.Ja)), string.Join("\n\n", parts.Select(p => p.En)));
        return (
            Texts.Get("digest.subject", standing.Count),
            Texts.Get("item-notice.letter", recipient.Name, Texts.Get("digest.body", standing.Count), list, organization.Name));
    }

    private static LocalizedText Spell(DigestEntry entry, int number)
    {
        var headline = new LocalizedText(WithoutMark(entry.Subject.Ja, '】'), WithoutMark(entry.Subject.En, ']'));
        return entry.Facts is { } facts ? Texts.Get("digest.entry", number, headline, facts) : Texts.Get("digest.entry-bare", number, headline);
    }

    /// <summary>The subject line without the mark that mail programs sort by.</summary>
    private static string WithoutMark(string subject, char end) =>
        subject is ['【' or '[', ..] && subject.IndexOf(end, StringComparison.Ordinal) is > 0 and var at ? subject[(at + 1)..].TrimStart() : subject;
}
