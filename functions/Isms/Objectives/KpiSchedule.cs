using Isms.Deadlines;
using Isms.Year;

namespace Isms.Objectives;

/// <summary>Which days matter to a quarter's measurement.</summary>
public static class KpiSchedule
{
    private const int WorkingDaysToMeasure = 10;
    private const int WorkingDaysToCheck = 3;

    /// <summary>
    /// When a quarter is measured, by when people enter what only they know, and when the sheet is recorded with whatever there is: ten, three and no working
    /// days before its plan item is due, so that whoever submits the item has had the sheet in hand.
    /// </summary>
    public static (DateOnly MeasuresOn, DateOnly EnterBy, DateOnly RecordsOn) DaysOf(FiscalQuarter quarter, WorkingDays days)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        ArgumentNullException.ThrowIfNull(days);
        var due = days.DueDate(quarter.Until, quarter.Year);
        return (Before(due, WorkingDaysToMeasure), Before(due, WorkingDaysToCheck), due);

        DateOnly Before(DateOnly day, int count)
        {
            for (var i = 0; i < count; i++)
            {
                day = days.OnOrBefore(day.AddDays(-1));
            }

            return day;
        }
    }

    /// <summary>By when people enter their values; null where nobody is waited for.</summary>
    public static Deadline? DeadlineOf(KpiMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement.Stage == KpiStage.Entering ? new Deadline(measurement.EnterBy) { DaysBefore = [3], ManagerAfter = 2 } : null;
    }

    /// <summary>Whether the system is to measure now.</summary>
    public static bool MeasuringIsDue(KpiMeasurement measurement, OfficeTime office, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(office);
        return measurement.Stage == KpiStage.Scheduled && now >= office.MorningOf(measurement.MeasuresOn);
    }

    /// <summary>Whether the sheet is to be written now: every value is there, or the day has come.</summary>
    public static bool RecordingIsDue(KpiMeasurement measurement, OfficeTime office, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(office);
        return measurement.Stage == KpiStage.Entering && (measurement.IsComplete || now >= office.MorningOf(measurement.RecordsOn));
    }

    /// <summary>The next moment at which something happens of itself; null when it has ended.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="office">Its organisation's office time.</param>
    /// <param name="after">Until when reminders have been dealt with.</param>
    public static DateTimeOffset? NextMoment(KpiMeasurement measurement, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(office);
        if (measurement.Stage == KpiStage.Scheduled)
        {
            return office.MorningOf(measurement.MeasuresOn);
        }

        if (measurement.Stage != KpiStage.Entering)
        {
            return null;
        }

        var records = measurement.IsComplete ? measurement.StageSince : office.MorningOf(measurement.RecordsOn);
        return DeadlineOf(measurement)!.NextAfter(after, office)?.At is { } reminder && reminder < records ? reminder : records;
    }
}
