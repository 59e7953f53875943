using System.Globalization;
using Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;
using Microsoft.Extensions.Configuration;

namespace LocalRuntime.Tests.Timers;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 30 2 * * *", "2026-04-01T00:00:00Z", "2026-04-01T02:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-04-01T02:30:00Z", "2026-04-02T02:30:00Z")]
    [InlineData("30 2 * * *", "2026-04-01T00:00:00Z", "2026-04-01T02:30:00Z")]
    [InlineData("0 0 9 1 4 *", "2026-04-01T09:00:00Z", "2027-04-01T09:00:00Z")]
    [InlineData("0 0 9 * * MON", "2026-04-01T00:00:00Z", "2026-04-06T09:00:00Z")]
    [InlineData("*/20 * * * * *", "2026-04-01T00:00:05Z", "2026-04-01T00:00:20Z")]
    [InlineData("00:30:00", "2026-04-01T00:00:05Z", "2026-04-01T00:30:05Z")]
    public void The_next_occurrence_is_the_first_one_later(string expression, string after, string expected)
    {
        Assert.Equal(At(expected), Read(expression).Next(At(after)));
    }

    [Theory]
    [InlineData("Asia/Tokyo", "0 0 9 * * *", "2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z")]
    [InlineData("Tokyo Standard Time", "0 0 9 * * *", "2026-03-31T23:59:00Z", "2026-04-01T00:00:00Z")]
    public void Expressions_are_in_the_time_zone_of_the_site(string zone, string expression, string after, string expected)
    {
        Assert.Equal(At(expected), Read(expression, ("WEBSITE_TIME_ZONE", zone)).Next(At(after)));
    }

    [Theory]
    [InlineData("0 30 1 * * *", "2018-11-04T07:59:00Z", "2018-11-04T08:30:00Z")] // once, in summer time, …
    [InlineData("0 30 1 * * *", "2018-11-04T08:30:00Z", "2018-11-05T09:30:00Z")] // … and not again an hour later
    [InlineData("0 30 1 * * *", "2018-11-04T09:29:00Z", "2018-11-05T09:30:00Z")]
    [InlineData("0 */30 * * * *", "2018-11-04T07:30:00Z", "2018-11-04T08:00:00Z")] // an interval goes on through both hours
    [InlineData("0 */30 * * * *", "2018-11-04T08:30:00Z", "2018-11-04T09:00:00Z")]
    [InlineData("0 */30 * * * *", "2018-11-04T09:00:00Z", "2018-11-04T09:30:00Z")]
    [InlineData("0 */30 * * * *", "2018-11-04T09:30:00Z", "2018-11-04T10:00:00Z")]
    [InlineData("0 30 2 * * *", "2018-03-11T09:00:00Z", "2018-03-11T10:30:00Z")] // a time that does not exist comes an hour later
    public void The_turns_of_the_clocks_neither_double_nor_lose_a_run(string expression, string after, string expected)
    {
        Assert.Equal(At(expected), Read(expression, ("WEBSITE_TIME_ZONE", "America/Los_Angeles")).Next(At(after)));
    }

    [Fact]
    public void A_setting_between_percent_signs_is_the_schedule()
    {
        Assert.Equal(At("2026-04-01T03:00:00Z"), Read("%SignInsSchedule%", ("SignInsSchedule", "0 0 3 * * *")).Next(At("2026-04-01T00:00:00Z")));
    }

    [Theory]
    [InlineData("%Missing%", "Missing")]
    [InlineData("%Bad%", "every morning")]
    [InlineData("0 0 25 * * *", "0 0 25 * * *")]
    [InlineData("00:00:00", "00:00:00")]
    public void What_is_no_schedule_is_refused_by_function_and_setting(string expression, string mentioned)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(expression, ("Bad", "every morning")));

        Assert.Contains("'CollectSignIns'", error.Message, StringComparison.Ordinal);
        Assert.Contains(mentioned, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/10 * * * * *", true)]
    [InlineData("0 * * * * *", false)]
    [InlineData("*/10 0 * * * *", false)]
    [InlineData("* * * * *", false)]
    [InlineData("00:00:30", true)]
    [InlineData("00:01:00", false)]
    public void Only_schedules_of_less_than_a_minute_are_not_monitored(string expression, bool expected)
    {
        Assert.Equal(expected, Read(expression).IsTooFrequentToMonitor);
    }

    private static Schedule Read(string expression, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)))
            .Build();
        return new ScheduleReader(configuration).Read("CollectSignIns", expression);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
