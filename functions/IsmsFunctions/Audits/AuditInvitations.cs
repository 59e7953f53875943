using System.Globalization;
using Isms.Audits;
using Isms.Calendars;
using Isms.Notifications;
using Isms.Organizations;
using IsmsFunctions.Notifications;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Audits;

/// <summary>
/// The calendar entry that comes with a letter about an audit. It is the same event as in the calendar feeds, so that whoever has both sees it once; each change of
/// the audit has a higher sequence number, and a cancelled audit, like a part that passed to somebody else, is taken out of the calendar.
/// </summary>
public sealed class AuditInvitations(IOptions<NotificationOptions> options)
{
    private const string FileName = "internal-audit.ics";

    /// <summary>What comes with the letters about an audit; null with those that say nothing about dates.</summary>
    public Func<Letter, MailAttachment?> Of(Audit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var entry = CalendarEvents.Of(audit, organization, options.Value.Site);
        return letter =>
        {
            // Keys may carry a number behind the dash, which tells repetitions apart.
            var kind = letter.Key.Split('-')[0];
            return organization.FindPerson(letter.Recipient) is not { } person ? null
                : kind is "auditees" or "auditors" or "assigned" ? Attach(entry, person, organization)
                : kind is "released" ? Attach(entry with { Status = EventStatus.Cancelled }, person, organization)
                : kind is "cancelled" && audit.PlanApproval is not null ? Attach(entry, person, organization)
                : null;
        };
    }

    private MailAttachment Attach(CalendarEvent entry, Person person, Organization organization) => new(
        FileName, "text/calendar; charset=utf-8; method=" + ICalendar.MethodOf(entry),
        ICalendar.Invitation(entry, options.Value.From, person.Mail, CultureInfo.GetCultureInfo(organization.Culture)));
}
