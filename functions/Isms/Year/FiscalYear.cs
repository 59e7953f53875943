using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Isms.Year;

/// <summary>
/// A fiscal year, named after the calendar year in which it starts: <c>FY2026</c> is 2026-04-01 … 2027-03-31 when years start in April. Its months are
/// counted from the start, 1–12, so that a plan fits any start month.
/// </summary>
public sealed record FiscalYear
{
    private const string Prefix = "FY";

    /// <summary>The fiscal year that starts in <paramref name="startMonth"/> of the calendar year <paramref name="year"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not 1900–9000, or the month is not 1–12.</exception>
    public FiscalYear(int year, int startMonth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1900);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9000);
        ArgumentOutOfRangeException.ThrowIfLessThan(startMonth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startMonth, 12);
        Year = year;
        StartMonth = startMonth;
    }

    /// <summary>The calendar year in which it starts.</summary>
    public int Year { get; }

    /// <summary>The calendar month in which it starts, 1–12.</summary>
    public int StartMonth { get; }

    /// <summary>Its name, such as <c>FY2026</c>.</summary>
    public string Id => Prefix + Year.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Its first day.</summary>
    public DateOnly Start => new(Year, StartMonth, 1);

    /// <summary>Its last day.</summary>
    public DateOnly End => Start.AddYears(1).AddDays(-1);

    /// <summary>The year after it.</summary>
    public FiscalYear Next => new(Year + 1, StartMonth);

    /// <summary>The year before it.</summary>
    public FiscalYear Previous => new(Year - 1, StartMonth);

    /// <summary>The fiscal year that <paramref name="date"/> lies in.</summary>
    public static FiscalYear Of(DateOnly date, int startMonth) => new(date.Month >= startMonth ? date.Year : date.Year - 1, startMonth);

    /// <summary>Reads a name such as <c>FY2026</c>; exactly this form, so that a year has one name only.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, int startMonth, [NotNullWhen(true)] out FiscalYear? year)
    {
        year = null;
        if (text is not { Length: 6 } || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.AsSpan(2).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = int.Parse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
        year = number is >= 1900 and <= 9000 ? new FiscalYear(number, startMonth) : null;
        return year is not null;
    }

    /// <summary>The first day of a month of the year, counted 1–12 from its start.</summary>
    public DateOnly FirstDayOf(int month) => Start.AddMonths(Checked(month) - 1);

    /// <summary>The last day of a month of the year, counted 1–12 from its start.</summary>
    public DateOnly LastDayOf(int month) => Start.AddMonths(Checked(month)).AddDays(-1);

    /// <summary>Which month of the year <paramref name="date"/> lies in, 1–12; null outside the year.</summary>
    public int? MonthOf(DateOnly date) => Contains(date) ? (((date.Year - Year) * 12) + date.Month - StartMonth) + 1 : null;

    /// <summary>Whether the date lies in the year.</summary>
    public bool Contains(DateOnly date) => date >= Start && date <= End;

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static int Checked(int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        return month;
    }
}
