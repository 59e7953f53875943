using Isms.Year;

namespace Isms.Reports;

/// <summary>When the weekly overview and the monthly report are due: on the first working day of the week or month, at nine.</summary>
/// <param name="days">The organisation's working days.</param>
/// <param name="office">Its time.</param>
public sealed class ReportSchedule(WorkingDays days, OfficeTime office)
{
    private const int DaysOfWeek = 7;

    /// <summary>The Monday of the week whose overview is due by now; null before its first working day, and in a week that is all off.</summary>
    public DateOnly? WeekDue(DateTimeOffset now)
    {
        var today = office.DateAt(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));
        var first = days.OnOrAfter(monday);
        return first < monday.AddDays(DaysOfWeek) && now >= office.MorningOf(first) ? monday : null;
    }

    /// <summary>The first day of the month whose report is due by now; null before its first working day.</summary>
    public DateOnly? MonthDue(DateTimeOffset now)
    {
        var today = office.DateAt(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        return now >= office.MorningOf(days.OnOrAfter(month)) ? month : null;
    }
}
