using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

namespace LocalRuntime.Tests.Timers;

public sealed class RecordedTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Schedule Hourly = CronSchedule.TryParse("0 0 * * * *", TimeZoneInfo.Utc)!;

    [Fact]
    public void Without_a_status_the_next_occurrence_is_recorded()
    {
        var recorded = Recorded.At(Now, null, Hourly);

        Assert.True(recorded.IsNew);
        Assert.False(recorded.IsPastDue);
        Assert.Equal(Now.AddHours(1).UtcDateTime, recorded.Status.Next);
        Assert.Equal(default, recorded.Status.Last);
        Assert.Equal(Now.UtcDateTime, recorded.Status.LastUpdated);
    }

    [Theory]
    [InlineData(-3, true)]
    [InlineData(-1, true)] // its next occurrence is this very instant
    [InlineData(0, false)]
    public void An_occurrence_since_the_last_run_is_past_due(int lastRun, bool expected)
    {
        var recorded = Recorded.At(Now, Recorded.AfterRun(Now.AddHours(lastRun), Hourly), Hourly);

        Assert.Equal(expected, recorded.IsPastDue);
        Assert.False(recorded.IsNew);
    }

    [Fact]
    public void An_occurrence_since_the_first_start_is_past_due_even_if_none_was_run()
    {
        var status = Recorded.At(Now.AddHours(-3), null, Hourly).Status;

        Assert.True(Recorded.At(Now, status, Hourly).IsPastDue);
    }

    [Fact]
    public void What_an_earlier_schedule_missed_is_not_made_up_for()
    {
        var daily = CronSchedule.TryParse("0 0 6 * * *", TimeZoneInfo.Utc)!;
        var status = Recorded.AfterRun(Now.AddDays(-2), daily);

        var recorded = Recorded.At(Now, status, Hourly);

        Assert.False(recorded.IsPastDue);
        Assert.True(recorded.IsNew);
        Assert.Equal(Now.AddHours(1).UtcDateTime, recorded.Status.Next);
    }

    [Fact]
    public void A_changed_schedule_that_is_still_to_come_keeps_its_occurrence()
    {
        var yearly = CronSchedule.TryParse("0 0 6 1 1 *", TimeZoneInfo.Utc)!;
        var status = Recorded.AfterRun(Now.AddMinutes(-30), yearly);

        var recorded = Recorded.At(Now.AddMinutes(-10), status, Hourly);

        Assert.True(recorded.IsNew);
        Assert.Equal(Now.UtcDateTime, recorded.Status.Next);
    }

    [Fact]
    public void A_status_in_the_host_s_own_notation_is_understood()
    {
        var status = BinaryData.FromString(
            """{"Last":"2026-04-01T10:00:00+00:00","Next":"2026-04-01T11:00:00+00:00","LastUpdated":"2026-04-01T10:00:00+00:00"}""")
            .ToObjectFromJson<ScheduleStatus>();

        Assert.True(Recorded.At(Now, status, Hourly).IsPastDue);
        Assert.False(Recorded.At(Now.AddMinutes(-90), status, Hourly).IsPastDue);
    }
}
