using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Year;

public sealed class FiscalYearTests
{
    [Theory]
    [InlineData(4, "2026-04-01", "2027-03-31")]
    [InlineData(1, "2026-01-01", "2026-12-31")]
    [InlineData(10, "2026-10-01", "2027-09-30")]
    [InlineData(12, "2026-12-01", "2027-11-30")]
    public void A_year_is_named_after_the_calendar_year_it_starts_in(int startMonth, string start, string end)
    {
        var year = new FiscalYear(2026, startMonth);

        Assert.Equal("FY2026", year.Id);
        Assert.Equal(Day(start), year.Start);
        Assert.Equal(Day(end), year.End);
    }

    [Theory]
    [InlineData("2026-03-31", 4, "FY2025")]
    [InlineData("2026-04-01", 4, "FY2026")]
    [InlineData("2027-03-31", 4, "FY2026")]
    [InlineData("2026-01-01", 1, "FY2026")]
    [InlineData("2026-12-31", 1, "FY2026")]
    [InlineData("2026-11-30", 12, "FY2025")]
    public void A_date_lies_in_the_year_that_started_before_it(string date, int startMonth, string id) =>
        Assert.Equal(id, FiscalYear.Of(Day(date), startMonth).Id);

    [Theory]
    [InlineData("2026-04-01", 1)]
    [InlineData("2026-12-31", 9)]
    [InlineData("2027-01-01", 10)]
    [InlineData("2027-03-31", 12)]
    [InlineData("2027-04-01", null)]
    [InlineData("2026-03-31", null)]
    public void Months_are_counted_from_the_start(string date, int? month) =>
        Assert.Equal(month, new FiscalYear(2026, 4).MonthOf(Day(date)));

    [Fact]
    public void Months_follow_each_other_without_a_gap_in_every_year_and_for_every_start_month()
    {
        for (var startMonth = 1; startMonth <= 12; startMonth++)
        {
            foreach (var number in new[] { 2023, 2024, 2027, 2028 })
            {
                var year = new FiscalYear(number, startMonth);
                Assert.Equal(year.Start, year.FirstDayOf(1));
                Assert.Equal(year.End, year.LastDayOf(12));
                Assert.Equal(year.End.AddDays(1), year.Next.Start);
                Assert.Equal(year.Start.AddDays(-1), year.Previous.End);
                for (var month = 1; month < 12; month++)
                {
                    Assert.Equal(year.FirstDayOf(month + 1), year.LastDayOf(month).AddDays(1));
                    Assert.Equal(month, year.MonthOf(year.LastDayOf(month)));
                }
            }
        }
    }

    [Fact]
    public void A_year_with_the_29th_of_February_has_366_days()
    {
        var year = new FiscalYear(2027, 4);

        Assert.Equal(365, year.End.DayNumber - year.Start.DayNumber);
        Assert.Equal(new DateOnly(2028, 2, 29), year.LastDayOf(11));
    }

    [Theory]
    [InlineData("FY2026", true)]
    [InlineData("FY1900", true)]
    [InlineData("fy2026", false)]
    [InlineData("FY26", false)]
    [InlineData("FY20266", false)]
    [InlineData("FY-026", false)]
    [InlineData("FY\uff12\uff10\uff12\uff16", false)]
    [InlineData("FY0001", false)]
    [InlineData("FY9999", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_year_has_one_spelling_only(string? text, bool valid)
    {
        Assert.Equal(valid, FiscalYear.TryParse(text, 4, out var year));
        Assert.Equal(valid ? text : null, year?.Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void A_year_has_twelve_months(int month)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiscalYear(2026, month));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiscalYear(2026, 4).FirstDayOf(month));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiscalYear(2026, 4).LastDayOf(month));
    }
}
