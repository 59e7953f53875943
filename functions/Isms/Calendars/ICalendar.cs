using System.Globalization;
using System.Text;
using Isms.Text;

namespace Isms.Calendars;

/// <summary>Writes events in the iCalendar format (RFC 5545), in UTF-8. Equal events have equal bytes: nothing in it comes from a clock.</summary>
public static class ICalendar
{
    // Section 3.1: lines should not be longer than 75 octets, the break not counted.
    private const int LineOctets = 75;

    /// <summary>The bytes of a calendar.</summary>
    /// <param name="name">What the calendar is called.</param>
    /// <param name="events">Its events.</param>
    /// <param name="domain">What makes the events' ids unique in the world: a domain name of the organisation.</param>
    /// <param name="culture">The language it is written in.</param>
    public static byte[] ToBytes(LocalizedText name, IEnumerable<CalendarEvent> events, string domain, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(culture);
        var text = new StringBuilder();
        Add(text, "BEGIN:VCALENDAR");
        Add(text, "VERSION:2.0");
        Add(text, "PRODID:-//IsmsFunctions//ISMS calendar//" + culture.TwoLetterISOLanguageName.ToUpperInvariant());
        Add(text, "CALSCALE:GREGORIAN");
        Add(text, "METHOD:PUBLISH");
        Add(text, "NAME:" + Escape(name.In(culture))); // RFC 7986; the next line is what programs older than it read
        Add(text, "X-WR-CALNAME:" + Escape(name.In(culture)));
        Add(text, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        foreach (var e in events.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            AddEvent(text, e, domain, culture);
        }

        Add(text, "END:VCALENDAR");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// An event for one person's calendar, as it comes with a mail (RFC 5546): the same <c>UID</c> as in the feeds with a higher <c>SEQUENCE</c> moves the entry that
    /// is there, and <c>METHOD:CANCEL</c> takes it out. Nobody has to answer: who is audited, and by whom, is decided by the plan.
    /// </summary>
    /// <param name="e">The event.</param>
    /// <param name="organizer">The address the mail comes from.</param>
    /// <param name="attendee">The address it goes to.</param>
    /// <param name="culture">The language it is written in.</param>
    public static string Invitation(CalendarEvent e, string organizer, string attendee, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(organizer);
        ArgumentNullException.ThrowIfNull(culture);
        var text = new StringBuilder();
        Add(text, "BEGIN:VCALENDAR");
        Add(text, "VERSION:2.0");
        Add(text, "PRODID:-//IsmsFunctions//ISMS calendar//" + culture.TwoLetterISOLanguageName.ToUpperInvariant());
        Add(text, "METHOD:" + MethodOf(e));
        AddEvent(text, e, organizer[(organizer.LastIndexOf('@') + 1)..], culture, (organizer, attendee));
        Add(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>The iTIP method of an event's invitation: <c>REQUEST</c>, or <c>CANCEL</c> once it was called off.</summary>
    public static string MethodOf(CalendarEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.Status == EventStatus.Cancelled ? "CANCEL" : "REQUEST";
    }

    private static void AddEvent(StringBuilder text, CalendarEvent e, string domain, CultureInfo culture, (string Organizer, string Attendee)? invited = null)
    {
        var changed = e.ChangedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Add(text, "BEGIN:VEVENT");
        Add(text, "UID:" + Escape($"{e.Key}@{domain}"));
        Add(text, "DTSTAMP:" + changed); // section 3.8.7.2: with METHOD it is the time of this revision
        Add(text, "LAST-MODIFIED:" + changed);
        Add(text, "SEQUENCE:" + e.Revision.ToString(CultureInfo.InvariantCulture));
        Add(text, "DTSTART;VALUE=DATE:" + Day(e.First));
        Add(text, "DTEND;VALUE=DATE:" + Day(e.Last.AddDays(1))); // section 3.6.1: the end is the first day that is not part of it
        Add(text, "SUMMARY:" + Escape(e.Title.In(culture)));
        Add(text, "DESCRIPTION:" + Escape(e.Description.In(culture)));
        Add(text, "STATUS:" + e.Status.ToString().ToUpperInvariant());
        if (invited is { } people)
        {
            Add(text, "ORGANIZER:mailto:" + Escape(people.Organizer));
            Add(text, "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:" + Escape(people.Attendee));
        }

        Add(text, "TRANSP:TRANSPARENT"); // a due date does not make anybody busy
        Add(text, "CATEGORIES:ISMS");
        if (e.Link is { } link)
        {
            Add(text, "URL:" + link.AbsoluteUri);
        }

        Add(text, "END:VEVENT");
    }

    /// <summary>Section 3.3.11. Other control characters may not stand in a text.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            escaped.Append(c switch
            {
                '\\' => "\\\\",
                ';' => "\\;",
                ',' => "\\,",
                '\n' => "\\n",
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Folds a line between characters, never within one (section 3.1): the break is followed by a space, which counts for the next line.</summary>
    private static void Add(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }

    private static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
