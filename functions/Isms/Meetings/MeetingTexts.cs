using System.Globalization;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>How appointments are spoken of.</summary>
public static class MeetingTexts
{
    /// <summary>The day, with the time where one is set.</summary>
    public static LocalizedText When(Appointment appointment)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        return appointment.Time is { } time
            ? Texts.Get("meeting.when", appointment.Date, time.ToString("HH:mm", CultureInfo.InvariantCulture))
            : Texts.Get("document.day", appointment.Date);
    }
}
