using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

/// <summary>Years with a 29 February: inside, as their last day, and in the way of the first day's anniversary.</summary>
public sealed class LeapYearTests
{
    [Theory]
    [InlineData(2027, 4, "2028-02-29")]
    [InlineData(2028, 1, "2028-02-29")]
    [InlineData(2027, 10, "2028-02-29")]
    [InlineData(2026, 4, "2027-03-01")]
    public void What_is_due_by_the_end_of_February_is_due_on_its_29th_where_there_is_one(int year, int startMonth, string due)
    {
        var fiscalYear = new FiscalYear(year, startMonth);
        var february = fiscalYear.MonthOf(new DateOnly(fiscalYear.StartMonth <= 2 ? year : year + 1, 2, 1));

        var item = YearPlanning.Plan(fiscalYear, Firm, PlanCatalogue.Standard, Morning("2026-04-01")).Single(i => i.Id == $"backup-check-m{february:00}");

        Assert.Equal(Day(due), item.DueOn);
    }

    [Fact]
    public void A_year_that_begins_in_March_ends_on_the_29th()
    {
        var year = new FiscalYear(2027, 3);

        Assert.Equal(Day("2028-02-29"), year.End);
        Assert.Equal(366, year.End.DayNumber - year.Start.DayNumber + 1);
        Assert.Equal(12, year.MonthOf(Day("2028-02-29")));
        Assert.Equal(Day("2028-03-01"), year.Next.Start);
        Assert.Equal(Tokyo.StartOf(Day("2028-03-01")), YearRules.ClosesAt(year, Tokyo));
    }

    [Fact]
    public void Reminders_count_the_29th_as_a_day()
    {
        var item = Item(PlanItemState.Open) with { DueOn = Day("2028-03-14") };

        Assert.Contains(
            PlanItemNotices.Schedule(item, Tokyo).TakeWhile(n => n.At < Morning("2028-03-14")), n => n.At == Morning("2028-02-29") && n.Days == 14);
    }

    [Fact]
    public void A_day_off_on_the_29th_moves_what_is_due_to_March()
    {
        var closed = Firm with { Holidays = [Day("2028-02-29")] };

        var item = YearPlanning.Plan(new FiscalYear(2027, 4), closed, PlanCatalogue.Standard, Morning("2027-04-01")).Single(i => i.Id == "backup-check-m11");

        Assert.Equal(Day("2028-03-01"), item.DueOn);
    }
}
