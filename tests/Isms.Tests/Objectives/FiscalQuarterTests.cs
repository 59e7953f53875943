using Isms.Objectives;
using Isms.Year;

namespace Isms.Tests.Objectives;

public sealed class FiscalQuarterTests
{
    [Theory]
    [InlineData(1, 1, "2026-01-01", "2026-03-31")]
    [InlineData(1, 4, "2026-10-01", "2026-12-31")]
    [InlineData(4, 1, "2026-04-01", "2026-06-30")]
    [InlineData(4, 4, "2027-01-01", "2027-03-31")]
    [InlineData(10, 1, "2026-10-01", "2026-12-31")]
    [InlineData(10, 2, "2027-01-01", "2027-03-31")]
    [InlineData(10, 4, "2027-07-01", "2027-09-30")]
    public void A_quarter_is_counted_from_the_start_of_the_fiscal_year(int startMonth, int number, string from, string until)
    {
        var quarter = new FiscalQuarter(new FiscalYear(2026, startMonth), number);
        Assert.Equal(Dates.Day(from), quarter.From);
        Assert.Equal(Dates.Day(until), quarter.Until);
        Assert.Equal($"FY2026-q{number}", quarter.Id);
    }

    [Fact]
    public void The_quarters_of_any_year_cover_every_day_once_whatever_month_it_starts_in()
    {
        for (var startMonth = 1; startMonth <= 12; startMonth++)
        {
            var year = new FiscalYear(2027, startMonth); // of which some hold 29 February 2028
            for (var day = year.Start; day <= year.End; day = day.AddDays(1))
            {
                var quarter = FiscalQuarter.Of(day, startMonth);
                Assert.Equal(year, quarter.Year);
                Assert.InRange(day, quarter.From, quarter.Until);
                Assert.Equal(1, Enumerable.Range(1, 4).Select(n => new FiscalQuarter(year, n)).Count(q => day >= q.From && day <= q.Until));
            }
        }
    }

    [Fact]
    public void The_quarter_before_a_years_first_is_the_last_of_the_year_before()
    {
        Assert.Equal("FY2025-q4", new FiscalQuarter(new FiscalYear(2026, 4), 1).Previous.Id);
        Assert.Equal("FY2026-q2", new FiscalQuarter(new FiscalYear(2026, 4), 3).Previous.Id);
    }

    [Theory]
    [InlineData("FY2026-q1", true)]
    [InlineData("FY2026-q4", true)]
    [InlineData("FY2026-q5", false)]
    [InlineData("FY2026-Q1", false)]
    [InlineData("FY2026", false)]
    [InlineData("2026-q1", false)]
    [InlineData("-q1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_quarters_name_is_read_in_one_form_only(string? text, bool isRead)
    {
        Assert.Equal(isRead, FiscalQuarter.TryParse(text, 4, out var quarter));
        Assert.Equal(isRead ? text : null, quarter?.Id);
    }
}
