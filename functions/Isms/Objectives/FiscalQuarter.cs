using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Isms.Year;

namespace Isms.Objectives;

/// <summary>A quarter of a fiscal year, counted from the year's start: the first of a year that starts in October is October to December.</summary>
public sealed record FiscalQuarter
{
    private const int MonthsEach = 3;

    /// <summary>The quarter of this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 1–4.</exception>
    public FiscalQuarter(FiscalYear year, int number)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 4);
        (Year, Number) = (year, number);
    }

    /// <summary>Its fiscal year.</summary>
    public FiscalYear Year { get; }

    /// <summary>Which of the year's quarters it is, 1–4.</summary>
    public int Number { get; }

    /// <summary>Its name, such as <c>FY2026-q1</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Year.Id}-q{Number}");

    /// <summary>Its first day.</summary>
    public DateOnly From => Year.FirstDayOf((MonthsEach * (Number - 1)) + 1);

    /// <summary>Its last day.</summary>
    public DateOnly Until => Year.LastDayOf(MonthsEach * Number);

    /// <summary>The quarter before it, of the year before where it is a year's first.</summary>
    public FiscalQuarter Previous => Number == 1 ? new FiscalQuarter(Year.Previous, 4) : new FiscalQuarter(Year, Number - 1);

    /// <summary>The quarter of a date.</summary>
    public static FiscalQuarter Of(DateOnly date, int startMonth)
    {
        var year = FiscalYear.Of(date, startMonth);
        return new FiscalQuarter(year, (year.MonthOf(date)!.Value + MonthsEach - 1) / MonthsEach);
    }

    /// <summary>Reads a name such as <c>FY2026-q1</c>; exactly this form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, int startMonth, [NotNullWhen(true)] out FiscalQuarter? quarter)
    {
        quarter = text is [.., '-', 'q', >= '1' and <= '4'] && FiscalYear.TryParse(text[..^3], startMonth, out var year)
            ? new FiscalQuarter(year, text[^1] - '0')
            : null;
        return quarter is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
