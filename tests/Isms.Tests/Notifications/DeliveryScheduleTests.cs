using System.Globalization;
using Isms.Notifications;
using Isms.Year;

namespace Isms.Tests.Notifications;

public sealed class DeliveryScheduleTests
{
    private static readonly WorkingDays Days = new([Dates.Day("2026-04-30")]);
    private static readonly OfficeTime Tokyo = OfficeTime.Of("Asia/Tokyo");
    private static readonly DeliverySchedule Usual = new(new NotificationPolicy(), Days, Tokyo);

    [Theory]
    [InlineData("2026-04-01T09:00", "2026-04-01T09:00")] // a Wednesday, at work
    [InlineData("2026-04-01T18:59", "2026-04-01T18:59")]
    [InlineData("2026-04-01T19:00", "2026-04-02T08:00")] // in the evening
    [InlineData("2026-04-01T07:59", "2026-04-01T08:00")] // before work
    [InlineData("2026-04-01T08:00", "2026-04-01T08:00")]
    [InlineData("2026-04-03T19:30", "2026-04-06T08:00")] // over the weekend
    [InlineData("2026-04-04T12:00", "2026-04-06T08:00")] // a Saturday
    [InlineData("2026-04-28T20:00", "2026-05-01T08:00")] // a public holiday and a day off of the organisation's own
    public void A_message_waits_until_the_quiet_is_over(string now, string expected) => Assert.Equal(At(expected), Usual.DueAt(Delivery.Direct, At(now)));

    [Theory]
    [InlineData("2026-04-01T23:00")]
    [InlineData("2026-04-29T12:00")]
    public void What_is_urgent_knows_no_quiet(string now) => Assert.Equal(At(now), Usual.DueAt(Delivery.Urgent, At(now)));

    [Theory]
    [InlineData("2026-04-01T09:00", "2026-04-01T09:30")]
    [InlineData("2026-04-01T09:30", "2026-04-02T09:30")] // the day's digest is out
    [InlineData("2026-04-03T10:00", "2026-04-06T09:30")]
    [InlineData("2026-04-05T09:00", "2026-04-06T09:30")]
    [InlineData("2026-05-02T09:00", "2026-05-07T09:30")] // Golden Week
    public void Reminders_wait_for_the_next_digest_of_a_working_day(string now, string expected) =>
        Assert.Equal(At(expected), Usual.DueAt(Delivery.Digest, At(now)));

    [Theory]
    [InlineData("12:00", "13:00", "2026-04-01T12:15", "2026-04-01T13:00")] // at lunch
    [InlineData("12:00", "13:00", "2026-04-01T22:00", "2026-04-01T22:00")]
    [InlineData("12:00", "13:00", "2026-04-04T22:00", "2026-04-06T00:00")]
    [InlineData("08:00", "08:00", "2026-04-01T03:00", "2026-04-01T03:00")] // none
    public void The_organisation_chooses_its_quiet_hours(string from, string until, string now, string expected)
    {
        var policy = new NotificationPolicy { QuietFrom = Time(from), QuietUntil = Time(until) };

        Assert.Equal(At(expected), new DeliverySchedule(policy, Days, Tokyo).DueAt(Delivery.Direct, At(now)));
    }

    [Theory]
    [InlineData(PlanItemNoticeKind.DueSoon, Delivery.Digest)]
    [InlineData(PlanItemNoticeKind.Opened, Delivery.Digest)]
    [InlineData(PlanItemNoticeKind.StillToApprove, Delivery.Digest)]
    [InlineData(PlanItemNoticeKind.Returned, Delivery.Direct)]
    [InlineData(PlanItemNoticeKind.ToApprove, Delivery.Direct)]
    [InlineData(PlanItemNoticeKind.EscalatedToManager, Delivery.Urgent)]
    [InlineData(PlanItemNoticeKind.EscalatedToTopManagement, Delivery.Urgent)]
    public void The_calendar_reminds_in_digests_people_write_directly_and_escalations_are_urgent(PlanItemNoticeKind kind, Delivery delivery) =>
        Assert.Equal(delivery, new PlanItemNotice("x", kind, At("2026-04-01T09:00")).Delivery);

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(9));
}
