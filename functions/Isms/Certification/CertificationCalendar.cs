using Isms.Calendars;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Certification;

/// <summary>The certification track in the calendars.</summary>
public static class CertificationCalendar
{
    private static readonly Role[] SeeIt = [Role.TopManagement, Role.IsmsManager, Role.Secretariat, Role.PersonInCharge];

    /// <summary>Whether who holds a role has to know of audits of the certification body.</summary>
    public static bool Concerns(Role role) => SeeIt.Contains(role);

    /// <summary>The audits and milestones that lie in a year.</summary>
    /// <param name="organization">Whose track it is.</param>
    /// <param name="year">The year.</param>
    /// <param name="held">The audits there are: their dates are those that hold.</param>
    /// <param name="revision">Counts the changes of the settings, on which the dates rest.</param>
    /// <param name="site">Where the app is found.</param>
    public static IReadOnlyList<CalendarEvent> Of(
        Organization organization, FiscalYear year, IReadOnlyList<CertificationAudit> held, int revision, string site)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(held);
        var track = CertificationTrack.Of(organization.Certification, WorkingDays.Of(organization), year.End.AddYears(1)).Audits;
        return [.. track.SelectMany(a => Events(a, held.FirstOrDefault(h => h.Track == a.Id))).Where(e => year.Contains(e.First))];

        IEnumerable<CalendarEvent> Events(TrackAudit audit, CertificationAudit? state)
        {
            var (from, to) = (state?.From ?? audit.From, state?.To ?? audit.To);
            var description = Texts.Get("certification.calendar.description", audit.Title, organization.Certification!.Body, from, to, audit.LatestOn);
            var link = Uri.TryCreate(site.TrimEnd('/') + "/api/certification", UriKind.Absolute, out var address) ? address : null;
            var number = revision + (state?.Log.Count ?? 0);
            var changed = state?.Log[^1].At ?? DateTimeOffset.UnixEpoch;
            CalendarEvent Event(string key, DateOnly first, DateOnly last, LocalizedText title, EventStatus status) =>
                new($"certification-{audit.Id}{key}", first, last, title, description, status, number, changed, link);
            var status = state?.Stage == CertificationAuditStage.Cancelled ? EventStatus.Cancelled
                : state?.Outcome is not null || audit.IsAgreed ? EventStatus.Confirmed
                : EventStatus.Tentative;
            yield return Event("", from, to, Texts.Get("certification.calendar.title", audit.Title), status);
            foreach (var milestone in audit.Milestones)
            {
                var name = Texts.Get("certification.calendar.milestone", audit.Title, Texts.Get("certification.milestone." + milestone.Kind));
                yield return Event("." + milestone.Kind.ToString().ToLowerInvariant(), milestone.DueOn, milestone.DueOn, name, status);
            }
        }
    }
}
