using Isms.Organizations;

namespace Isms.Year;

/// <summary>Which days the organisation works on: not on Saturdays, Sundays, Japanese public holidays, and its own days off.</summary>
/// <param name="daysOff">The organisation's days off.</param>
public sealed class WorkingDays(IEnumerable<DateOnly> daysOff)
{
    private readonly HashSet<DateOnly> daysOff = [.. daysOff];

    /// <summary>The working days of an organisation.</summary>
    public static WorkingDays Of(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return new WorkingDays(organization.Holidays);
    }

    /// <summary>Whether people are at work on the date.</summary>
    public bool Include(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !daysOff.Contains(date) && !JapaneseHolidays.Includes(date);

    /// <summary>The date itself when it is a working day, the next working day otherwise.</summary>
    public DateOnly OnOrAfter(DateOnly date)
    {
        while (!Include(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>The date itself when it is a working day, the working day before it otherwise.</summary>
    public DateOnly OnOrBefore(DateOnly date)
    {
        while (!Include(date))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    /// <summary>
    /// When something due on <paramref name="date"/> of a fiscal year is due in fact: on the next working day, but within the year, because what is open
    /// at its end is carried over.
    /// </summary>
    public DateOnly DueDate(DateOnly date, FiscalYear year)
    {
        ArgumentNullException.ThrowIfNull(year);
        var due = OnOrAfter(date);
        return due <= year.End ? due : OnOrBefore(date < year.End ? date : year.End);
    }
}
