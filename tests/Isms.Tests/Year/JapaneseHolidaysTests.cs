using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Year;

/// <summary>Against the Cabinet Office's published table.</summary>
public sealed class JapaneseHolidaysTests
{
    [Theory]
    [InlineData(2015, "01-01 01-12 02-11 03-21 04-29 05-03 05-04 05-05 05-06 07-20 09-21 09-22 09-23 10-12 11-03 11-23 12-23")]
    [InlineData(2016, "01-01 01-11 02-11 03-20 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-22 10-10 11-03 11-23 12-23")]
    [InlineData(2017, "01-01 01-02 01-09 02-11 03-20 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23 12-23")]
    [InlineData(2018, "01-01 01-08 02-11 02-12 03-21 04-29 04-30 05-03 05-04 05-05 07-16 08-11 09-17 09-23 09-24 10-08 11-03 11-23 12-23 12-24")]
    [InlineData(2019, "01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-23 10-14 10-22 11-03 11-04 11-23")]
    [InlineData(2020, "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23")]
    [InlineData(2021, "01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23")]
    [InlineData(2022, "01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23")]
    [InlineData(2023, "01-01 01-02 01-09 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23")]
    [InlineData(2024, "01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23")]
    [InlineData(2025, "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24")]
    [InlineData(2026, "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23")]
    [InlineData(2027, "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23")]
    [InlineData(2032, "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-21 09-22 10-11 11-03 11-23")]
    public void The_holidays_of_a_year_are_those_of_the_official_table(int year, string expected) =>
        Assert.Equal(expected, string.Join(' ', JapaneseHolidays.Of(year).Keys.Order().Select(d => $"{d:MM-dd}")));

    [Theory]
    [InlineData(2028, 20, 22)]
    [InlineData(2029, 20, 23)]
    [InlineData(2030, 20, 23)]
    [InlineData(2031, 21, 23)]
    [InlineData(2033, 20, 23)]
    [InlineData(2034, 20, 23)]
    [InlineData(2035, 21, 23)]
    public void Equinoxes_fall_on_the_predicted_days(int year, int march, int september)
    {
        Assert.Equal("春分の日", JapaneseHolidays.NameOf(new DateOnly(year, 3, march))?.Ja);
        Assert.Equal("秋分の日", JapaneseHolidays.NameOf(new DateOnly(year, 9, september))?.Ja);
    }

    [Theory]
    [InlineData("2026-05-06", "振替休日")]
    [InlineData("2026-09-22", "国民の休日")]
    [InlineData("2019-04-30", "国民の休日")]
    [InlineData("2019-10-22", "即位礼正殿の儀の行われる日")]
    [InlineData("2019-10-14", "体育の日")]
    [InlineData("2021-07-23", "スポーツの日")]
    [InlineData("2026-09-24", null)]
    public void A_holiday_has_its_name(string date, string? name) => Assert.Equal(name, JapaneseHolidays.NameOf(Day(date))?.Ja);

    [Theory]
    [InlineData(2006)]
    [InlineData(2100)]
    public void Years_that_cannot_be_computed_are_refused_rather_than_guessed(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JapaneseHolidays.Of(year));
}
