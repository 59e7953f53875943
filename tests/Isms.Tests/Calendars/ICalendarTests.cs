using System.Globalization;
using System.Text;
using Isms.Calendars;
using Isms.Organizations;
using Isms.Tests.Year;
using Isms.Text;
using Isms.Year;

namespace Isms.Tests.Calendars;

public sealed class ICalendarTests
{
    private static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja-JP");
    private static readonly CalendarEvent Sample = new(
        "item-FY2026-legal-review.due", Dates.Day("2026-04-30"), Dates.Day("2026-04-30"), new("【ISMS期限】関係法令・契約上の要求事項の見直し", "[ISMS due] Legal; contractual, other"),
        LocalizedText.Same("a\\b\nc"), EventStatus.Confirmed, 3, new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9)), new Uri("https://isms.example.co.jp/x"));

    [Fact]
    public void An_all_day_event_ends_on_the_day_after_its_last_and_carries_its_revision()
    {
        var lines = Unfolded(Sample);

        Assert.Contains("UID:item-FY2026-legal-review.due@example.co.jp", lines);
        Assert.Contains("DTSTART;VALUE=DATE:20260430", lines);
        Assert.Contains("DTEND;VALUE=DATE:20260501", lines);
        Assert.Contains("DTSTAMP:20260401T000000Z", lines);
        Assert.Contains("SEQUENCE:3", lines);
        Assert.Contains("STATUS:CONFIRMED", lines);
        Assert.Equal(("BEGIN:VCALENDAR", "VERSION:2.0"), (lines[0], lines[1]));
        Assert.Equal("END:VCALENDAR", lines[^2]);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void Lines_are_folded_at_75_octets_between_characters_and_unfold_to_what_was_written()
    {
        var title = string.Concat(Enumerable.Repeat("情報資産𠮷", 40));
        var bytes = ICalendar.ToBytes(LocalizedText.Same("n"), [Sample with { Title = LocalizedText.Same(title) }], "example.co.jp", Japanese);
        var folded = Encoding.UTF8.GetString(bytes).Split("\r\n");

        Assert.All(folded, line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\uFFFD', string.Concat(folded));
        Assert.Contains("SUMMARY:" + title, Encoding.UTF8.GetString(bytes).Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_escaped_so_that_they_cannot_add_properties()
    {
        var english = Encoding.UTF8.GetString(ICalendar.ToBytes(LocalizedText.Same("n"), [Sample], "example.co.jp", CultureInfo.GetCultureInfo("en-US")));

        Assert.Contains("SUMMARY:[ISMS due] Legal\\; contractual\\, other\r\n", english, StringComparison.Ordinal);
        Assert.Contains("DESCRIPTION:a\\\\b\\nc\r\n", english, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_events_have_equal_bytes_in_any_order()
    {
        var other = Sample with { Key = "a" };

        Assert.Equal(
            ICalendar.ToBytes(LocalizedText.Same("n"), [Sample, other], "x", Japanese), ICalendar.ToBytes(LocalizedText.Same("n"), [other, Sample], "x", Japanese));
    }

    [Fact]
    public void A_rescheduled_item_keeps_its_ids_and_raises_its_revision()
    {
        var item = YearSamples.Item(PlanItemState.Open);
        var moved = item with
        {
            DueOn = item.DueOn.AddDays(7),
            Log = [.. item.Log, new PlanItemEntry(YearSamples.Morning("2026-05-20"), "nakamura", PlanItemAct.Rescheduled, Due: item.DueOn.AddDays(7))],
        };

        var (before, after) = (CalendarEvents.Of(item, YearSamples.Firm, ""), CalendarEvents.Of(moved, YearSamples.Firm, ""));

        Assert.Equal(before.Select(e => e.Key), after.Select(e => e.Key));
        Assert.Equal(item.DueOn.AddDays(7), after[^1].First);
        Assert.True(after[^1].Revision > before[^1].Revision);
        Assert.Equal(YearSamples.Morning("2026-05-20"), after[^1].ChangedAt);
    }

    [Fact]
    public void What_is_waived_is_called_off() =>
        Assert.All(CalendarEvents.Of(YearSamples.Item() with { State = PlanItemState.Waived }, YearSamples.Firm, ""), e => Assert.Equal(EventStatus.Cancelled, e.Status));

    [Fact]
    public void An_item_stands_in_the_calendars_of_who_does_it_and_who_approves_it()
    {
        var item = YearSamples.Item();
        var people = YearSamples.Firm.People.Where(p => CalendarEvents.Concerns(item, p, YearSamples.Firm)).Select(p => p.Id);

        Assert.Equal(["watanabe", "kobayashi"], people);
        Assert.Equal([Role.IsmsManager, Role.PersonInCharge], Enum.GetValues<Role>().Where(r => CalendarEvents.Concerns(item, r)));
        Assert.Equal([Role.IsmsManager, Role.DepartmentLead], Enum.GetValues<Role>().Where(r => CalendarEvents.Concerns(item with { Department = "sales" }, r)));
    }

    private static string[] Unfolded(CalendarEvent e) =>
        Encoding.UTF8.GetString(ICalendar.ToBytes(LocalizedText.Same("n"), [e], "example.co.jp", Japanese)).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
}
