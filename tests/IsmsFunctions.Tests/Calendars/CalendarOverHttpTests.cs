using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Calendars;

public sealed class CalendarOverHttpTests
{
    [Fact]
    public async Task A_person_subscribes_by_a_secret_address_that_can_be_replaced_and_revoked()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        var issued = (await app.PostAsync("owner:suzuki", "calendar/token")).Expect(200).Json;
        var address = Path((string)issued["person"]!);
        Assert.StartsWith("calendar/suzuki.ics?token=", address, StringComparison.Ordinal);
        Assert.StartsWith("calendar/department-lead.ics?token=", Path((string)issued["roles"]![0]!), StringComparison.Ordinal);

        var calendar = (await app.GetAsync(null, address)).Expect(200);
        var text = calendar.Text.Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.Contains("UID:item-FY2026-asset-review-sales.due@example.co.jp\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("asset-review-it", text, StringComparison.Ordinal);
        Assert.DoesNotContain("legal-review", text, StringComparison.Ordinal);
        Assert.Equal(304, (await app.SendAsync(null, HttpMethod.Get, address, null, $"If-None-Match: {calendar.ETag}")).Status);
        Assert.Contains("[ISMS due]", (await app.GetAsync(null, address + "&lang=en")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal("calendar-not-yours", (await app.GetAsync(null, address.Replace("suzuki", "nakamura", StringComparison.Ordinal))).Expect(403).Code);
        Assert.Equal("calendar-not-yours", (await app.GetAsync(null, address.Replace("suzuki", "top-management", StringComparison.Ordinal))).Expect(403).Code);
        Assert.Equal(200, (await app.GetAsync(null, address.Replace("suzuki", "department-lead", StringComparison.Ordinal))).Status);

        var replaced = Path((string)(await app.PostAsync("owner:suzuki", "calendar/token")).Expect(200).Json["person"]!);
        Assert.NotEqual(address, replaced);
        Assert.Equal("calendar-token-invalid", (await app.GetAsync(null, address)).Expect(401).Code);
        (await app.GetAsync(null, replaced)).Expect(200);

        Assert.Equal("calendar-token-not-yours", (await app.SendAsync("owner:mori", HttpMethod.Delete, "calendar/token?person=suzuki")).Expect(403).Code);
        (await app.SendAsync("secretariat", HttpMethod.Delete, "calendar/token?person=suzuki")).Expect(204);
        Assert.Equal("calendar-token-invalid", (await app.GetAsync(null, replaced)).Expect(401).Code);
    }

    [Fact]
    public async Task Who_is_signed_in_needs_no_secret_and_nobody_else_learns_anything()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();

        Assert.Contains("legal-review", (await app.GetAsync("secretariat", "calendar/secretariat.ics")).Expect(200).Text, StringComparison.Ordinal);
        (await app.GetAsync("secretariat", "calendar/suzuki.ics")).Expect(200);
        Assert.Equal("calendar-not-yours", (await app.GetAsync("owner:suzuki", "calendar/secretariat.ics")).Expect(403).Code);
        Assert.Equal("calendar-unknown", (await app.GetAsync("secretariat", "calendar/nobody.ics")).Expect(404).Code);
        Assert.Equal(401, (await app.GetAsync(null, "calendar/suzuki.ics")).Status);
        Assert.Equal(401, (await app.GetAsync(null, "calendar/nobody.ics?token=x")).Status);
    }

    private static string Path(string address) => address["https://isms.example.co.jp/api/".Length..];
}
