using Isms.Deadlines;
using Isms.Objectives;
using Isms.Year;

namespace Isms.Tests.Objectives;

public sealed class KpiScheduleTests
{
    private static readonly OfficeTime Office = OfficeTime.Of("Asia/Tokyo");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(4, 4)]
    [InlineData(10, 2)]
    [InlineData(10, 4)]
    public void Measuring_entering_and_recording_are_working_days_in_this_order_near_the_quarters_end(int startMonth, int number)
    {
        var days = new WorkingDays([]);
        var quarter = new FiscalQuarter(new FiscalYear(2026, startMonth), number);
        var (measuresOn, enterBy, recordsOn) = KpiSchedule.DaysOf(quarter, days);
        Assert.True(measuresOn < enterBy && enterBy < recordsOn);
        Assert.All([measuresOn, enterBy, recordsOn], d => Assert.True(days.Include(d)));
        Assert.Equal(days.DueDate(quarter.Until, quarter.Year), recordsOn);
        Assert.True(measuresOn > quarter.From);
        Assert.True(recordsOn <= quarter.Year.End); // what is open at the year's end is carried over
        Assert.Equal(10, Enumerable.Range(0, recordsOn.DayNumber - measuresOn.DayNumber).Count(d => days.Include(measuresOn.AddDays(d))));
    }

    [Fact]
    public void The_sheet_waits_for_values_until_its_day_and_no_longer()
    {
        var entering = KpiRules.EnteringBegins(KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001"))), KpiPlay.Now);
        var records = Office.MorningOf(entering.RecordsOn);
        Assert.False(KpiSchedule.RecordingIsDue(entering, Office, records.AddSeconds(-1)));
        Assert.True(KpiSchedule.RecordingIsDue(entering, Office, records));
        Assert.Equal(records, KpiSchedule.NextMoment(entering, Office, records.AddMinutes(-1)));
        var complete = KpiRules.ValueIsEntered(entering, "O-0001", KpiPlay.Entry(90)).Value;
        Assert.True(KpiSchedule.RecordingIsDue(complete, Office, KpiPlay.Now));
        Assert.True(KpiSchedule.NextMoment(complete, Office, KpiPlay.Now) <= KpiPlay.Now);
    }

    [Fact]
    public void People_are_reminded_before_and_after_and_the_manager_is_told()
    {
        var entering = KpiRules.EnteringBegins(KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001"))), KpiPlay.Now);
        var moments = KpiSchedule.DeadlineOf(entering)!.Between(KpiPlay.Now, Office.MorningOf(entering.RecordsOn), Office);
        Assert.Equal([DeadlineKind.Upcoming, DeadlineKind.Overdue, DeadlineKind.EscalatedToManager], moments.Select(m => m.Kind));
        Assert.Null(KpiSchedule.DeadlineOf(KpiPlay.Planned()));
    }
}
