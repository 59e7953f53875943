using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Year;

/// <summary>What the year answers to input that cannot be meant: a problem that says what to do, and nothing changed.</summary>
public sealed class YearOverHttpTests : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Input_that_cannot_be_meant_is_refused_and_changes_nothing()
    {
        var before = (await app.GetAsync("manager", "years/FY2026")).Expect(200).Text;
        (string? Persona, string Path, object? Body, int Status, string Code)[] cases =
        [
            ("secretariat", "years/2026/start", null, 400, "fiscal-year-malformed"),
            ("secretariat", "years/FY26/start", null, 400, "fiscal-year-malformed"),
            ("secretariat", "years/FY2025/start", null, 409, "year-ended"),
            ("secretariat", "years/FY2028/start", null, 409, "year-too-far-ahead"),
            ("owner:suzuki", "years/FY2027/start", null, 403, "role-not-allowed"),
            (null, "years/FY2026/start", null, 401, "no-persona"),
            ("manager", "years/FY2027/items/context-review/submit", null, 404, "unknown-year"),
            ("manager", "years/FY2026/items/no-such-item/submit", null, 404, "unknown-item"),
            ("manager", "years/FY2026/items/context-review/submit", "{", 400, "body-malformed"),
            ("manager", "years/FY2026/items/context-review/submit", "{\"coment\":\"x\"}", 400, "body-malformed"),
            ("manager", "years/FY2026/items/context-review/submit", null, 409, "records-missing"),
            ("owner:suzuki", "years/FY2026/items/asset-review-it/submit", null, 403, "submitter-not-responsible"),
            ("topManagement", "years/FY2026/items/context-review/approve", null, 409, "item-state-forbids"),
            ("topManagement", "years/FY2026/items/context-review/return", null, 400, "body-missing"),
            ("manager", "years/FY2026/items/backup-check-m03/submit", null, 409, "item-state-forbids"),
            ("manager", "years/FY2026/items/context-review/waive", new { reason = " " }, 422, "reason-missing"),
            ("secretariat", "years/FY2026/items/context-review/waive", new { reason = "x" }, 403, "waiver-not-management"),
            ("manager", "years/FY2026/items/context-review/waive", new { reason = new string('x', 2001) }, 400, "text-too-long"),
            ("secretariat", "years/FY2026/items/context-review/reschedule", new { reason = "x", due = "2027-04-01" }, 422, "due-out-of-range"),
            ("secretariat", "years/FY2026/items/context-review/reschedule", new { reason = "x", due = "soon" }, 400, "body-malformed"),
            ("secretariat", "years/FY2026/items/context-review/reschedule", new { reason = "x" }, 400, "body-malformed"),
        ];

        foreach (var (persona, path, body, status, code) in cases)
        {
            var answer = await app.PostAsync(persona, path, body);
            Assert.Equal((path, status, code), (path, answer.Status, answer.Code));
            Assert.False(string.IsNullOrWhiteSpace((string?)answer.Json["detail"]), path);
        }

        Assert.Equal(before, (await app.GetAsync("manager", "years/FY2026")).Expect(200).Text);
    }

    [Fact]
    public async Task Items_are_found_by_state_person_and_date()
    {
        var open = (await app.GetAsync("owner:suzuki", "years/FY2026/items?state=open&responsible=suzuki")).Expect(200).Json["items"]!.AsArray();
        var soon = (await app.GetAsync("owner:suzuki", "years/FY2026/items?due=2026-04-30&responsible=systemAdministrator")).Expect(200).Json["items"]!.AsArray();

        Assert.Equal(["access-review-q1-sales", "asset-review-sales"], open.Select(i => (string?)i!["id"]));
        Assert.Equal(["backup-check-m01", "log-review-m01"], soon.Select(i => (string?)i!["id"]));
        Assert.Equal("item-filter-unknown", (await app.GetAsync("manager", "years/FY2026/items?state=opened")).Expect(400).Code);
        Assert.Equal("date-malformed", (await app.GetAsync("manager", "years/FY2026/items?due=30.4.2026")).Expect(400).Code);
        Assert.Equal("unknown-year", (await app.GetAsync("manager", "years/FY2030")).Expect(404).Code);
        Assert.Equal("unknown-item", (await app.GetAsync("manager", "years/FY2026/items/x")).Expect(404).Code);
        Assert.Equal("FY2026", (string?)(await app.GetAsync("auditor", "years")).Expect(200).Json["items"]![0]!["id"]);
    }

    [Fact]
    public async Task A_command_repeated_under_its_key_is_applied_once_and_a_stale_one_is_refused()
    {
        var item = "years/FY2026/items/legal-review";
        var read = await app.GetAsync("secretariat", item);
        var body = new { reason = "法務の確認待ち", due = "2026-06-15" };

        var first = (await app.PostAsync("secretariat", item + "/reschedule", body, "Idempotency-Key: k1", $"If-Match: {read.ETag}")).Expect(200);
        var again = (await app.PostAsync("secretariat", item + "/reschedule", body, "Idempotency-Key: k1", $"If-Match: {read.ETag}")).Expect(200);
        var stale = await app.PostAsync("secretariat", item + "/reschedule", body, $"If-Match: {read.ETag}");

        Assert.Equal(first.Json["log"]!.AsArray().Count, again.Json["log"]!.AsArray().Count);
        Assert.Equal("2026-06-15", (string?)again.Json["item"]!["dueOn"]);
        Assert.Equal((412, "changed-by-someone-else"), (stale.Status, stale.Code));
    }

    [Fact]
    public async Task Without_an_organisation_no_year_is_started()
    {
        await using var empty = await RunningApp.StartAsync(organization: "");

        Assert.Equal("organization-not-set-up", (await empty.PostAsync("secretariat", "years/FY2026/start")).Expect(409).Code);
    }
}
