using Isms.Calendars;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>Meetings in the calendars of those who are invited.</summary>
public static class MeetingCalendar
{
    /// <summary>The event of a meeting; null as long as no date is set.</summary>
    public static CalendarEvent? Of(Meeting meeting, string site)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(site);
        if (meeting.Appointment is not { } appointment)
        {
            return null;
        }

        var day = meeting.Minutes?.HeldOn ?? appointment.Date;
        var place = appointment.Place is { } name ? LocalizedText.Same(name) : Texts.Get("meeting.no-place");
        return new CalendarEvent(
            meeting.Id, day, day, Texts.Get("meeting.calendar.title", MeetingRules.NameOf(meeting)),
            Texts.Get("meeting.calendar.description", MeetingTexts.When(appointment), place, MeetingRules.NameOf(meeting.Stage)),
            meeting.Stage == MeetingStage.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed, meeting.Log.Count, meeting.Log[^1].At,
            Uri.TryCreate($"{site.TrimEnd('/')}/api/meetings/{meeting.Id}", UriKind.Absolute, out var link) ? link : null);
    }

    /// <summary>Whether a person is invited.</summary>
    public static bool Concerns(Meeting meeting, Person person, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(person);
        return meeting.Appointment is not null && MeetingPlanning.InviteesOf(meeting, organization).Contains(person.Id);
    }

    /// <summary>Whether somebody who holds the role is invited.</summary>
    public static bool Concerns(Meeting meeting, Role role, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.InRole(role).Any(p => Concerns(meeting, p, organization));
    }
}
