using Isms.Rules;

namespace Isms.Year;

/// <summary>Which year may be started, and when its steps come.</summary>
public static class YearRules
{
    /// <summary>Reads the name of a year.</summary>
    public static Outcome<FiscalYear> Named(string? name, int startMonth) =>
        FiscalYear.TryParse(name, startMonth, out var year)
            ? year
            : Refusal.Of(RefusalKind.InvalidInput, "fiscal-year-malformed", "fy", name, name);

    /// <summary>Whether the year can be started on <paramref name="today"/>: it has not ended, and it is this year or the next one.</summary>
    public static Outcome<FiscalYear> Startable(FiscalYear year, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(year);
        var present = FiscalYear.Of(today, year.StartMonth);
        if (year.End < today)
        {
            return Refusal.Of(RefusalKind.IllegalState, "year-ended", "fy", year.Id, PlanItemTexts.NameOfYear(year.Id), year.End, present.Id);
        }

        return year.Start > present.Next.Start
            ? Refusal.Of(RefusalKind.IllegalState, "year-too-far-ahead", "fy", year.Id, PlanItemTexts.NameOfYear(year.Id), year.Start, present.Next.Id)
            : year;
    }

    /// <summary>When the year next has something to do by itself after <paramref name="now"/>: a month's items open, or the year closes.</summary>
    public static DateTimeOffset NextMoment(FiscalYear year, OfficeTime office, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(office);
        var openings = Enumerable.Range(1, 12).Select(m => office.MorningOf(year.FirstDayOf(m)));
        return openings.Append(ClosesAt(year, office)).FirstOrDefault(m => m > now, now);
    }

    /// <summary>When the year closes: as its last day ends.</summary>
    public static DateTimeOffset ClosesAt(FiscalYear year, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(office);
        return office.StartOf(year.End.AddDays(1));
    }

    /// <summary>Whether the item's window has come.</summary>
    public static bool IsToOpen(PlanItem item, OfficeTime office, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(office);
        return item.State == PlanItemState.Scheduled && office.MorningOf(item.OpensOn) <= now;
    }
}
