using System.Globalization;
using System.Text.Json;
using Isms.Calendars;
using Isms.Certification;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Audits;
using IsmsFunctions.Certification;
using IsmsFunctions.Meetings;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Calendars;

/// <summary>Whose calendar it is: a person's, or a role's.</summary>
/// <param name="Person">The person.</param>
/// <param name="Role">The role, where no person is meant.</param>
public sealed record CalendarSubject(Person? Person, Role? Role)
{
    /// <summary>The names of the roles in addresses, such as <c>top-management</c>.</summary>
    public static IReadOnlyDictionary<string, Role> Roles { get; } =
        Enum.GetValues<Role>().ToDictionary(r => JsonNamingPolicy.KebabCaseLower.ConvertName(r.ToString()), StringComparer.Ordinal);

    /// <summary>The subject of a name in an address. A role goes before a person whose id is the same.</summary>
    /// <exception cref="RefusedException">There is neither.</exception>
    public static CalendarSubject Of(string name, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        if (Roles.TryGetValue(name, out var role))
        {
            return new CalendarSubject(null, role);
        }

        return organization.FindPerson(name) is { } person
            ? new CalendarSubject(person, null)
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "calendar-unknown", "name", name, name, string.Join(", ", Roles.Keys)));
    }

    /// <summary>Whether a person may see it: it is their own, a role's they hold, or they look after the whole.</summary>
    public bool IsVisibleTo(Person reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Person?.Id == reader.Id || (Role is { } role && reader.Roles.Contains(role))
            || reader.Roles.Any(r => r is Isms.Organizations.Role.Secretariat or Isms.Organizations.Role.IsmsManager or Isms.Organizations.Role.TopManagement);
    }
}

/// <summary>Writes calendars from what is stored of years, audits and meetings.</summary>
public sealed class CalendarFeeds(
    YearStore years,
    AuditStore audits,
    MeetingStore meetings,
    CertificationStore certification,
    OrganizationStore organizations,
    IOptions<NotificationOptions> options)
{
    /// <summary>The calendar: the running years and the last one that was closed.</summary>
    public async Task<byte[]> WriteAsync(CalendarSubject subject, Organization organization, CultureInfo culture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(organization);
        var all = (await years.AllAsync(cancellationToken)).Select(y => y.Value).ToList();
        var shown = all.Where(y => y.State == YearState.Running).Concat(all.Where(y => y.State == YearState.Closed).TakeLast(1)).ToList();
        var (site, events) = (options.Value.Site, new List<CalendarEvent>());
        var held = organization.Certification is null ? [] : await certification.AllAsync(cancellationToken);
        var settings = await organizations.FindAsync(cancellationToken);
        foreach (var year in shown)
        {
            var items = (await years.ItemsAsync(year.FiscalYear, cancellationToken)).Select(i => i.Value);
            events.AddRange(items
                .Where(i => subject.Person is { } p ? CalendarEvents.Concerns(i, p, organization) : CalendarEvents.Concerns(i, subject.Role!.Value))
                .SelectMany(i => CalendarEvents.Of(i, organization, site)));
            var ofAudits = (await audits.ListAsync(year.FiscalYear, cancellationToken)).Select(a => a.Value);
            events.AddRange(ofAudits
                .Where(a => subject.Person is { } p ? CalendarEvents.Concerns(a, p, organization) : CalendarEvents.ConcernsAudits(subject.Role!.Value))
                .Select(a => CalendarEvents.Of(a, organization, site)));
            if (subject.Person is { } reader ? reader.Roles.Any(CertificationCalendar.Concerns) : CertificationCalendar.Concerns(subject.Role!.Value))
            {
                events.AddRange(CertificationCalendar.Of(organization, year.ToFiscalYear(), held, (int)(settings?.Revision ?? 1), site));
            }
        }

        // A meeting that people called without a year's plan is held all the same.
        var ofMeetings = await meetings.ListAfterAsync(null, null, null, cancellationToken).Select(m => m.Value).ToListAsync(cancellationToken);
        events.AddRange(ofMeetings
            .Where(m => !m.Ended || shown.Any(y => y.FiscalYear == m.FiscalYear))
            .Where(m => subject.Person is { } p ? MeetingCalendar.Concerns(m, p, organization) : MeetingCalendar.Concerns(m, subject.Role!.Value, organization))
            .Select(m => MeetingCalendar.Of(m, site)).OfType<CalendarEvent>());

        var whose = subject.Person is { } person ? person.Name : Texts.Get("calendar.role." + subject.Role);
        var from = options.Value.From;
        return ICalendar.ToBytes(Texts.Get("calendar.name", organization.Name, whose), events, from[(from.LastIndexOf('@') + 1)..], culture);
    }
}
