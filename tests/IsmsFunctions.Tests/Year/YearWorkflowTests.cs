using System.Net.Http.Headers;
using System.Text;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Year;

/// <summary>A year end to end: the app's own pipeline, engine and storage, on the virtual clock.</summary>
public sealed class YearWorkflowTests
{
    [Fact]
    public async Task Starting_a_year_plans_it_opens_what_is_due_and_starting_it_again_changes_nothing()
    {
        await using var app = await RunningApp.StartAsync();

        var first = (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        var again = (await app.PostAsync("manager", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();

        Assert.Equal("/api/years/FY2026", first.Location);
        Assert.Equal(first.Location, again.Location);
        Assert.Equal("FY2026", (string?)again.Json["id"]);
        Assert.Equal("nakamura", (string?)again.Json["startedBy"]);
        var year = (await app.GetAsync("owner:suzuki", "years/FY2026")).Expect(200).Json;
        Assert.Equal(122, (int)year["progress"]!["total"]!);
        Assert.Equal((int)first.Json["progress"]!["total"]!, (int)year["progress"]!["total"]!);
        Assert.Equal("open", await StateAsync(app, "context-review"));
        Assert.Equal("scheduled", await StateAsync(app, "backup-check-m02"));
        Assert.Single(await app.NoticesAsync(), m => m == "item-FY2026-context-review.opened.watanabe");
    }

    [Fact]
    public async Task An_item_goes_from_its_opening_to_its_completion_record()
    {
        await using var app = await RunningApp.StartAsync();
        await StartAsync(app);

        var missing = (await app.PostAsync("manager", "years/FY2026/items/context-review/submit")).Expect(409);
        Assert.Equal("records-missing", missing.Code);
        Assert.Equal(["context-register"], missing.Json["missing"]!.AsArray().Select(m => (string?)m));

        await FileAsync(app, "manager", "item-FY2026-context-review", "context-register", "policy");
        (await app.PostAsync("manager", "years/FY2026/items/context-review/submit", new { comment = "見直しました" })).Expect(200);
        await app.SettleAsync();
        Assert.Contains("item-FY2026-context-review.to-approve-1.sato", app.Mails());

        (await app.PostAsync("topManagement", "years/FY2026/items/context-review/return", new { comment = "委託先も含めてください" })).Expect(200);
        await app.SettleAsync();
        Assert.Contains("item-FY2026-context-review.returned-1.watanabe", app.Mails());

        (await app.PostAsync("manager", "years/FY2026/items/context-review/submit")).Expect(200);
        (await app.PostAsync("topManagement", "years/FY2026/items/context-review/approve")).Expect(200);
        await app.SettleAsync();

        var item = (await app.GetAsync("secretariat", "years/FY2026/items/context-review")).Expect(200).Json;
        Assert.Equal("done", (string?)item["item"]!["state"]);
        Assert.Equal(
            ["planned", "opened", "submitted", "returned", "submitted", "approved", "completed"], item["log"]!.AsArray().Select(e => (string?)e!["act"]));
        var evidence = (await app.GetAsync("auditor", "evidence?fy=FY2026&clause=4.1")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(["context-register", "completion-record"], evidence.Select(e => (string?)e!["record"]).Order(StringComparer.Ordinal).Reverse());
        var record = evidence.Single(e => (string?)e!["record"] == "completion-record")!;
        Assert.Equal(
            ["completion-record.en.docx", "completion-record.en.html", "completion-record.ja.docx", "completion-record.ja.html", "completion-record.json"],
            record["files"]!.AsArray().Select(f => (string)f!["path"]!).Order(StringComparer.Ordinal));
        var page = (await app.GetAsync("auditor", $"evidence/{record["id"]}/files/completion-record.ja.html")).Expect(200).Text;
        Assert.Contains("渡辺 恵", page, StringComparison.Ordinal);
        Assert.Contains("委託先も含めてください", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_and_escalations_go_out_at_nine_in_the_morning_on_their_days()
    {
        await using var app = await RunningApp.StartAsync();
        await StartAsync(app);
        var mails = new Dictionary<string, DateTimeOffset>();

        foreach (var day in Enumerable.Range(1, 60))
        {
            foreach (var hour in new[] { -1, 0 })
            {
                await app.RunUntilAsync(RunningApp.FirstMorning.AddDays(day).AddSeconds(hour));
                foreach (var mail in (await app.NoticesAsync()).Where(m => m.StartsWith("item-FY2026-legal-review.", StringComparison.Ordinal)))
                {
                    mails.TryAdd(mail["item-FY2026-legal-review.".Length..], app.Now);
                }
            }
        }

        DateTimeOffset Morning(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            new Dictionary<string, DateTimeOffset>
            {
                ["opened.nakamura"] = Morning(4, 2).AddSeconds(-1),
                ["due-2026-04-30-in-14.nakamura"] = Morning(4, 16),
                ["due-2026-04-30-in-7.nakamura"] = Morning(4, 23),
                ["due-2026-04-30-in-1.nakamura"] = Morning(4, 29),
                ["overdue-2026-05-07.nakamura"] = Morning(5, 7),
                ["manager-2026-04-30.watanabe"] = Morning(5, 7),
                ["overdue-2026-05-14.nakamura"] = Morning(5, 14),
                ["overdue-2026-05-21.nakamura"] = Morning(5, 21),
                ["top-2026-04-30.sato"] = Morning(5, 21),
                ["overdue-2026-05-28.nakamura"] = Morning(5, 28),
            },
            mails);
        var item = (await app.GetAsync("secretariat", "years/FY2026/items/legal-review")).Expect(200).Json;
        Assert.True((bool)item["item"]!["overdue"]!);
        Assert.Equal(["planned", "opened", "escalatedToManager", "escalatedToTopManagement"], item["log"]!.AsArray().Select(e => (string?)e!["act"]));
    }

    [Fact]
    public async Task At_its_end_the_year_carries_over_what_is_open_and_the_next_year_takes_it_along()
    {
        await using var app = await RunningApp.StartAsync(new DateTimeOffset(2027, 3, 30, 0, 0, 0, TimeSpan.Zero));
        await StartAsync(app);
        (await app.PostAsync("manager", "years/FY2026/items/spot-check-q1/waive", new { reason = "年度の途中で運用を開始したため" })).Expect(200);
        (await app.PostAsync("secretariat", "years/FY2027/start")).Expect(202);

        await app.RunUntilAsync(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero));

        var year = (await app.GetAsync("topManagement", "years/FY2026")).Expect(200).Json;
        Assert.Equal("closed", (string?)year["state"]);
        Assert.Equal((121, 1), ((int)year["progress"]!["carriedOver"]!, (int)year["progress"]!["waived"]!));
        var summary = (string)year["summaryEvidence"]!;
        Assert.Contains("year-summary.csv", (await app.GetAsync("auditor", $"evidence/{summary}")).Expect(200).Text, StringComparison.Ordinal);
        var csv = (await app.GetAsync("auditor", $"evidence/{summary}/files/year-summary.csv")).Expect(200).Text;
        Assert.Equal(123, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("2026年度 ISMS活動総括", (await app.GetAsync("auditor", $"evidence/{summary}/files/year-summary.ja.html")).Text, StringComparison.Ordinal);
        var next = (await app.GetAsync("topManagement", "years/FY2027")).Expect(200).Json;
        Assert.Equal(243, (int)next["progress"]!["total"]!);
        var taken = (await app.GetAsync("secretariat", "years/FY2027/items/context-review-from-FY2026")).Expect(200).Json;
        Assert.Equal("open", (string?)taken["item"]!["state"]);
        Assert.Equal("item-FY2026-context-review", (string?)taken["item"]!["carriedFrom"]!["item"]);
        Assert.Equal("2027-04-30", (string?)taken["item"]!["dueOn"]);
        Assert.Equal("year-ended", (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(409).Code);
        Assert.Contains("waiver-record", (await app.GetAsync("auditor", "evidence?fy=FY2026&top=100")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_started_late_opens_what_has_come_and_writes_to_nobodys_superiors_at_once()
    {
        await using var app = await RunningApp.StartAsync(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        await StartAsync(app);

        Assert.Equal("open", await StateAsync(app, "backup-check-m01"));
        Assert.Equal("open", await StateAsync(app, "backup-check-m08"));
        Assert.Equal("scheduled", await StateAsync(app, "backup-check-m09"));
        var ofItems = (await app.NoticesAsync()).Where(m => m.StartsWith("item-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ofItems);
        Assert.All(ofItems, m => Assert.Contains(".opened.", m, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waived_before_it_opened_an_item_leaves_its_waiver_on_record()
    {
        await using var app = await RunningApp.StartAsync();
        await StartAsync(app);

        var answer = (await app.PostAsync("manager", "years/FY2026/items/supplier-review-sales/waive", new { reason = "営業部に委託先がないため" })).Expect(200);
        await app.SettleAsync();

        Assert.Contains("A.5.19", (string?)answer.Json["warning"]!["en"], StringComparison.Ordinal);
        var evidence = (await app.GetAsync("auditor", "evidence?fy=FY2026&control=5.19")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(["waiver-record"], evidence.Select(e => (string?)e!["record"]));
    }

    private static async Task StartAsync(RunningApp app)
    {
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
    }

    private static async Task<string?> StateAsync(RunningApp app, string item) =>
        (string?)(await app.GetAsync("secretariat", $"years/FY2026/items/{item}")).Expect(200).Json["item"]!["state"];

    private static async Task FileAsync(RunningApp app, string persona, string subject, string record, string type)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes("一覧"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", "一覧.txt");
        form.Add(new StringContent(type), "type");
        form.Add(new StringContent("組織の状況一覧"), "title");
        form.Add(new StringContent(subject), "subject");
        form.Add(new StringContent(record), "record");
        form.Add(new StringContent("4.1"), "clauses");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/evidence") { Content = form };
        request.Headers.Add("X-Isms-Persona", persona);
        using var response = await app.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
