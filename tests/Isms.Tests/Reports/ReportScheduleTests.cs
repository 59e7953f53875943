using System.Globalization;
using Isms.Reports;
using Isms.Tests.Year;
using Isms.Year;

namespace Isms.Tests.Reports;

public sealed class ReportScheduleTests
{
    private static readonly ReportSchedule Usual = new(new WorkingDays([Dates.Day("2026-05-07"), Dates.Day("2026-05-08")]), OfficeTime.Of("Asia/Tokyo"));

    [Theory]
    [InlineData("2026-04-06T08:59", null)]
    [InlineData("2026-04-06T09:00", "2026-04-06")]
    [InlineData("2026-04-12T23:00", "2026-04-06")] // Sunday, still that week
    [InlineData("2026-07-20T09:00", null)] // Marine Day
    [InlineData("2026-07-21T09:00", "2026-07-20")]
    [InlineData("2026-05-08T12:00", null)] // a week without a working day
    public void The_week_is_reported_on_from_its_first_working_day(string now, string? monday) =>
        Assert.Equal(monday is null ? null : Dates.Day(monday), Usual.WeekDue(At(now)));

    [Theory]
    [InlineData("2026-05-01T08:59", null)]
    [InlineData("2026-05-01T09:00", "2026-05-01")]
    [InlineData("2026-08-02T12:00", null)] // 1 August is a Saturday
    [InlineData("2026-08-03T09:00", "2026-08-01")]
    [InlineData("2026-08-31T09:00", "2026-08-01")]
    public void The_month_is_reported_on_from_its_first_working_day(string now, string? month) =>
        Assert.Equal(month is null ? null : Dates.Day(month), Usual.MonthDue(At(now)));

    [Fact]
    public void The_overview_names_what_is_overdue_due_and_waiting_and_counts_the_rest()
    {
        var open = YearSamples.Item(PlanItemState.Open);
        PlanItem[] items =
        [
            open with { Id = "a", Title = new("遅れ", "late"), DueOn = Dates.Day("2026-05-29") },
            open with { Id = "b", Title = new("今週", "this week"), DueOn = Dates.Day("2026-06-05") },
            open with { Id = "c", Title = new("来週", "next week"), DueOn = Dates.Day("2026-06-08") },
            open with { Id = "d", Title = new("承認待ち", "waiting"), State = PlanItemState.Submitted },
        ];
        OpenAction[] actions = [new("action-1", "sales", Dates.Day("2026-06-03")), new("action-2", "it", Dates.Day("2026-07-01")), new("action-3", "it", null)];

        var (_, body) = WeeklyOverview.Write(items, actions, Dates.Day("2026-06-01"), Dates.Day("2026-06-01"), YearSamples.Firm.FindPerson("nakamura")!, YearSamples.Firm);

        Assert.Contains("■期限を過ぎている項目(1件)\n・遅れ(期限: 2026年5月29日、担当: 小林 健)", body.Ja, StringComparison.Ordinal);
        Assert.Contains("■今週が期限の項目(1件)\n・今週", body.Ja, StringComparison.Ordinal);
        Assert.Contains("■承認待ちの項目(1件)\n・承認待ち(承認者: 渡辺 恵)", body.Ja, StringComparison.Ordinal);
        Assert.Contains("是正処置(1件)\n・action-1(営業部", body.Ja, StringComparison.Ordinal);
        Assert.Contains("In all, 3 items and 3 corrective actions are open.", body.En, StringComparison.Ordinal);
        Assert.DoesNotContain("来週", body.Ja, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(9));
}
