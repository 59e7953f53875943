using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Year;

public sealed class WorkingDaysTests
{
    private readonly WorkingDays days = new([Day("2026-12-29"), Day("2026-12-30"), Day("2026-12-31"), Day("2027-01-02"), Day("2027-01-03")]);

    [Theory]
    [InlineData("2026-04-30", "2026-04-30")] // a Thursday between Showa Day and the weekend
    [InlineData("2026-05-31", "2026-06-01")] // a Sunday
    [InlineData("2026-10-31", "2026-11-02")] // a Saturday
    [InlineData("2026-05-03", "2026-05-07")] // Golden Week with its substitute holiday
    [InlineData("2026-09-19", "2026-09-24")] // Silver Week: weekend, Respect for the Aged, citizens' holiday, equinox
    [InlineData("2026-12-31", "2027-01-04")] // the organisation's own days off around New Year
    public void What_is_due_on_a_day_off_is_due_on_the_next_working_day(string date, string due) =>
        Assert.Equal(Day(due), days.DueDate(Day(date), new FiscalYear(2026, 4)));

    [Theory]
    [InlineData(2028, 4, "2029-03-30")] // 31 March 2029 is a Saturday
    [InlineData(2023, 1, "2023-12-29")] // 31 December 2023 is a Sunday
    [InlineData(2026, 4, "2027-03-31")]
    public void Nothing_is_due_after_the_year_has_ended(int year, int startMonth, string due)
    {
        var fiscalYear = new FiscalYear(year, startMonth);

        Assert.Equal(Day(due), new WorkingDays([]).DueDate(fiscalYear.End, fiscalYear));
    }

    [Fact]
    public void Nine_in_the_morning_is_meant_in_the_organisations_time_zone()
    {
        var tokyo = OfficeTime.Of("Asia/Tokyo");
        var berlin = OfficeTime.Of("Europe/Berlin");

        Assert.Equal(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), tokyo.MorningOf(Day("2026-04-01")));
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 15, 0, 0, TimeSpan.Zero), tokyo.StartOf(Day("2026-04-01")));
        Assert.Equal(new DateTimeOffset(2026, 3, 28, 8, 0, 0, TimeSpan.Zero), berlin.MorningOf(Day("2026-03-28")));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 7, 0, 0, TimeSpan.Zero), berlin.MorningOf(Day("2026-03-29")));
    }

    [Theory]
    [InlineData("2026-03-31T14:59:59Z", "2026-03-31")]
    [InlineData("2026-03-31T15:00:00Z", "2026-04-01")]
    public void The_local_date_changes_at_local_midnight(string instant, string date) =>
        Assert.Equal(Day(date), OfficeTime.Of("Asia/Tokyo").DateAt(DateTimeOffset.Parse(instant, null)));
}
