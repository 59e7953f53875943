using Isms.Text;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>
/// By when the reports of article 26 have to be made (施行規則 第8条・第10条; 個人情報保護委員会ガイドライン(通則編)3-5-3-3, 3-5-3-4, 3-5-4-2). How we read them is written
/// down in decision 0068.
/// </summary>
/// <param name="office">The organisation's time zone.</param>
public sealed class ReportDeadlines(OfficeTime office)
{
    private const int TargetDays = 3;
    private const int LimitDays = 5;
    private const int FinalDays = 30;
    private const int ExtendedFinalDays = 60;

    /// <summary>Target and limit of a report.</summary>
    /// <param name="kind">The report.</param>
    /// <param name="known">When the first department knew.</param>
    /// <param name="isExtended">Whether an unjust purpose is suspected.</param>
    public (DateTimeOffset? Target, DateTimeOffset Limit) Of(BreachReportKind kind, DateTimeOffset known, bool isExtended) => kind switch
    {
        BreachReportKind.Preliminary => (SameTimeAfter(known, TargetDays), SameTimeAfter(known, LimitDays)),
        BreachReportKind.Final => (null, FinalLimit(known, isExtended)),

        // The law says "promptly" and no number; the final report has to tell what was done towards the persons, so that it cannot come later.
        _ => (SameTimeAfter(known, LimitDays), FinalLimit(known, isExtended)),
    };

    /// <summary>An instant as people read it; the end of a day is 24:00 of that day.</summary>
    public LocalizedText Written(DateTimeOffset instant)
    {
        var (date, time) = (office.DateAt(instant), office.TimeAt(instant));
        return time == TimeOnly.MinValue
            ? Texts.Get("incident.day-time", date.AddDays(-1), "24:00")
            : WrittenMoment(instant);
    }

    /// <summary>A moment at which something happened, as people read it.</summary>
    public LocalizedText WrittenMoment(DateTimeOffset instant) =>
        Texts.Get("incident.day-time", office.DateAt(instant), office.TimeAt(instant).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Three and five days "from the time of knowing": to the hour, at the same local time of day.</summary>
    private DateTimeOffset SameTimeAfter(DateTimeOffset known, int days) => office.At(office.DateAt(known).AddDays(days), office.TimeAt(known));

    /// <summary>The day of knowing is the first day; weekends and holidays count, but the last day moves behind those on which the authorities are closed.</summary>
    private DateTimeOffset FinalLimit(DateTimeOffset known, bool isExtended)
    {
        var last = office.DateAt(known).AddDays((isExtended ? ExtendedFinalDays : FinalDays) - 1);
        while (AuthoritiesAreClosed(last))
        {
            last = last.AddDays(1);
        }

        return office.StartOf(last.AddDays(1));
    }

    /// <summary>Saturdays, Sundays, public holidays, and 29 December to 3 January (行政機関の休日に関する法律 第1条).</summary>
    private static bool AuthoritiesAreClosed(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || day is { Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 } || JapaneseHolidays.Includes(day);
}
