using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

public sealed class PlanItemNoticesTests
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MinValue;

    [Fact]
    public void An_open_item_reminds_14_7_and_1_days_before_and_weekly_after_and_escalates_after_7_and_21_days()
    {
        var schedule = PlanItemNotices.Schedule(Item(PlanItemState.Open), Tokyo).TakeWhile(n => n.At < Morning("2026-07-01"));

        Assert.Equal(
            [
                (PlanItemNoticeKind.Opened, Morning("2026-05-01"), 0),
                (PlanItemNoticeKind.DueSoon, Morning("2026-05-18"), 14),
                (PlanItemNoticeKind.DueSoon, Morning("2026-05-25"), 7),
                (PlanItemNoticeKind.DueSoon, Morning("2026-05-31"), 1),
                (PlanItemNoticeKind.Overdue, Morning("2026-06-08"), 7),
                (PlanItemNoticeKind.EscalatedToManager, Morning("2026-06-08"), 7),
                (PlanItemNoticeKind.Overdue, Morning("2026-06-15"), 14),
                (PlanItemNoticeKind.Overdue, Morning("2026-06-22"), 21),
                (PlanItemNoticeKind.EscalatedToTopManagement, Morning("2026-06-22"), 21),
                (PlanItemNoticeKind.Overdue, Morning("2026-06-29"), 28),
            ],
            schedule.Select(n => (n.Kind, n.At, n.Days)));
    }

    [Fact]
    public void Nine_in_the_morning_is_the_organisations()
    {
        Assert.Equal(new DateTimeOffset(2026, 5, 18, 0, 0, 0, TimeSpan.Zero), Morning("2026-05-18"));
        Assert.Equal(Morning("2026-05-18"), PlanItemNotices.NextMoment(Item(PlanItemState.Open), Tokyo, Morning("2026-05-01")));
    }

    [Fact]
    public void A_notice_goes_out_once()
    {
        var item = Item(PlanItemState.Open);
        var (before, at) = (Morning("2026-05-18").AddTicks(-1), Morning("2026-05-18"));

        Assert.Empty(PlanItemNotices.Due(item, Tokyo, Morning("2026-05-01").AddTicks(1), before));
        Assert.Single(PlanItemNotices.Due(item, Tokyo, before, at));
        Assert.Empty(PlanItemNotices.Due(item, Tokyo, at, at.AddHours(1)));
    }

    [Fact]
    public void A_submission_at_the_very_instant_of_the_last_look_is_not_missed()
    {
        var submittedAt = Morning("2026-05-20");

        Assert.Equal(["to-approve-1"], PlanItemNotices.Due(Item(PlanItemState.Submitted), Tokyo, submittedAt, submittedAt).Select(n => n.Key));
        Assert.Empty(PlanItemNotices.Due(Item(PlanItemState.Submitted), Tokyo, submittedAt.AddTicks(1), submittedAt.AddHours(1)));
    }

    [Fact]
    public void After_an_outage_the_newest_reminder_goes_out_and_no_older_one()
    {
        var due = PlanItemNotices.Due(Item(PlanItemState.Open), Tokyo, Morning("2026-05-01").AddTicks(1), Morning("2026-05-28"));

        Assert.Equal([7], due.Select(n => n.Days));
    }

    [Fact]
    public void After_an_outage_no_escalation_is_lost()
    {
        var due = PlanItemNotices.Due(Item(PlanItemState.Open), Tokyo, Morning("2026-05-31"), Morning("2026-06-30"));

        Assert.Equal(
            [PlanItemNoticeKind.EscalatedToManager, PlanItemNoticeKind.EscalatedToTopManagement, PlanItemNoticeKind.Overdue], due.Select(n => n.Kind));
        Assert.Equal(28, due[^1].Days);
    }

    [Fact]
    public void Who_learns_of_an_item_after_its_due_date_gets_the_same_time_before_others_are_told()
    {
        var late = PlanItemProgress.Open(Item(), Morning("2026-11-22"));

        var schedule = PlanItemNotices.Schedule(late, Tokyo).TakeWhile(n => n.At < Morning("2026-12-01")).ToList();

        Assert.Equal([PlanItemNoticeKind.Opened, PlanItemNoticeKind.Overdue, PlanItemNoticeKind.EscalatedToManager], schedule.Select(n => n.Kind));
        Assert.All(schedule.Skip(1), n => Assert.Equal(Morning("2026-11-29"), n.At));
        Assert.Equal(Day("2026-11-29").DayNumber - Day("2026-06-01").DayNumber, schedule[1].Days);
    }

    [Fact]
    public void Reminders_that_would_come_before_the_opening_are_left_out()
    {
        var item = PlanItemProgress.Open(Item(), Morning("2026-05-26"));

        Assert.Equal([0, 1], PlanItemNotices.Schedule(item, Tokyo).TakeWhile(n => n.At <= Morning("2026-06-01")).Select(n => n.Days));
    }

    [Fact]
    public void A_submitted_item_asks_its_approver_at_once_and_then_weekly()
    {
        var schedule = PlanItemNotices.Schedule(Item(PlanItemState.Submitted), Tokyo).Take(3);

        Assert.Equal(
            [
                (PlanItemNoticeKind.ToApprove, Morning("2026-05-20")),
                (PlanItemNoticeKind.StillToApprove, Morning("2026-05-27")),
                (PlanItemNoticeKind.StillToApprove, Morning("2026-06-03")),
            ],
            schedule.Select(n => (n.Kind, n.At)));
    }

    [Fact]
    public void A_returned_item_tells_the_responsible_people_and_then_reminds_like_an_open_one()
    {
        var schedule = PlanItemNotices.Schedule(Item(PlanItemState.Returned), Tokyo).Take(4);

        Assert.Equal(
            [
                (PlanItemNoticeKind.Returned, Morning("2026-05-21")),
                (PlanItemNoticeKind.DueSoon, Morning("2026-05-25")),
                (PlanItemNoticeKind.DueSoon, Morning("2026-05-31")),
                (PlanItemNoticeKind.Overdue, Morning("2026-06-08")),
            ],
            schedule.Select(n => (n.Kind, n.At)));
    }

    [Fact]
    public void A_new_due_date_brings_its_own_reminders()
    {
        var item = Item(PlanItemState.Open) with { DueOn = Day("2026-06-30") };

        Assert.Equal(Morning("2026-06-16"), PlanItemNotices.NextMoment(item, Tokyo, Morning("2026-05-25")));
        Assert.Equal("due-2026-06-30-in-14", PlanItemNotices.Schedule(item, Tokyo).ElementAt(1).Key);
    }

    [Theory]
    [InlineData(PlanItemState.Scheduled)]
    [InlineData(PlanItemState.Approved)]
    [InlineData(PlanItemState.Done)]
    [InlineData(PlanItemState.Waived)]
    [InlineData(PlanItemState.CarriedOver)]
    public void Nothing_is_written_about_an_item_that_waits_for_nobody(PlanItemState state)
    {
        Assert.Empty(PlanItemNotices.Schedule(Item(state), Tokyo));
        Assert.Null(PlanItemNotices.NextMoment(Item(state), Tokyo, Morning("2026-05-01")));
    }

    [Theory]
    [InlineData(PlanItemState.Open)]
    [InlineData(PlanItemState.Returned)]
    [InlineData(PlanItemState.Submitted)]
    public void Notices_have_keys_of_their_own_and_come_in_order_of_time(PlanItemState state)
    {
        var schedule = PlanItemNotices.Schedule(Item(state), Tokyo).Take(60).ToList();

        Assert.Equal(60, schedule.Select(n => n.Key).Distinct().Count());
        Assert.Equal(schedule.Select(n => n.At), schedule.Select(n => n.At).Order());
    }

    [Fact]
    public void Every_notice_has_its_text_in_both_languages_with_all_places_filled()
    {
        foreach (var kind in Enum.GetValues<PlanItemNoticeKind>())
        {
            var notice = new PlanItemNotice("key", kind, Never, 7);
            var item = Item(PlanItemState.Returned);
            var body = PlanItemTexts.Body(notice, item, Firm, Firm.FindPerson("kobayashi")!, "https://isms.example.co.jp/x");
            foreach (var text in new[] { PlanItemTexts.Subject(notice, item).Ja, PlanItemTexts.Subject(notice, item).En, body.Ja, body.En })
            {
                Assert.DoesNotContain("{", text, StringComparison.Ordinal);
            }

            Assert.StartsWith("小林 健 様\n", body.Ja, StringComparison.Ordinal);
            Assert.StartsWith("Dear Ken Kobayashi,\n", body.En, StringComparison.Ordinal);
            Assert.Contains("2026年6月1日", body.Ja, StringComparison.Ordinal);
            Assert.Contains("https://isms.example.co.jp/x", body.En, StringComparison.Ordinal);
        }
    }
}
