using Isms.Year;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Year;

/// <summary>The approved plan of the next year becomes the next year.</summary>
public sealed class NextYearTests
{
    private static readonly DateTimeOffset LateFebruary = new(2027, 2, 24, 0, 0, 0, TimeSpan.Zero);
    private const string Item = "next-year-plan";

    [Fact]
    public async Task The_approval_prepares_the_next_year_which_starts_on_its_first_day()
    {
        await using var app = await YearPlay.StartAppAsync(LateFebruary, YearPlay.Firm());
        var play = new YearPlay(app);
        await play.StartAsync();
        Assert.Equal("unknown-year", (await app.GetAsync("manager", "years/FY2027")).Code);

        var draft = (await app.PostAsync("manager", "years/FY2027/plan")).Expect(201).Json;
        Assert.Equal((string?)draft["id"], (string?)(await app.PostAsync("secretariat", "years/FY2027/plan")).Expect(201).Json["id"]);
        await play.DoAsync("manager", Item, "submit");
        await play.DoAsync("topManagement", Item, "return", new { comment = "演習を上期に移してください" });
        Assert.Equal("unknown-year", (await app.GetAsync("manager", "years/FY2027")).Code);

        await play.PutAsync(YearPlay.Firm() with
        {
            PlanChanges = [new() { Kind = PlanChangeKind.Move, Duty = "emergency-drill", FirstMonth = 4, LastMonth = 6, Reason = "上期に実施するため", FiscalYear = "FY2027" }],
        });
        Assert.NotEqual((string?)draft["id"], (string?)(await app.PostAsync("manager", "years/FY2027/plan")).Expect(201).Json["id"]);
        await play.DoAsync("manager", Item, "submit");
        await play.DoAsync("topManagement", Item, "approve");

        Assert.Equal("done", await play.StateAsync(Item));
        var prepared = (await app.GetAsync("manager", "years/FY2027")).Expect(200).Json;
        Assert.Equal(("prepared", "sato"), ((string?)prepared["state"], (string?)prepared["startedBy"]));
        Assert.Equal((int)prepared["progress"]!["total"]!, (int)prepared["progress"]!["scheduled"]!);
        var drill = (await app.GetAsync("manager", "years/FY2027/items/emergency-drill")).Expect(200).Json;
        Assert.Equal("2027-07-01", (string?)drill["item"]!["opensOn"]);
        Assert.Equal("上期に実施するため", (string?)drill["log"]![0]!["comment"]);
        Assert.Equal("year-plan-made", (await app.PostAsync("manager", "years/FY2027/plan")).Expect(409).Code);

        (await app.PostAsync("secretariat", "years/FY2027/start")).Expect(202);
        await app.RunUntilAsync(new DateTimeOffset(2027, 3, 31, 23, 59, 0, TimeSpan.Zero));
        Assert.DoesNotContain((await app.NoticesAsync()), m => m.StartsWith("item-FY2027", StringComparison.Ordinal));
        await app.RunUntilAsync(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero));

        var running = (await app.GetAsync("manager", "years/FY2027")).Expect(200).Json;
        Assert.Equal("running", (string?)running["state"]);
        Assert.Contains("item-FY2027-context-review.opened.watanabe", (await app.NoticesAsync()));
        Assert.Contains((string)running["planEvidence"]!, (await app.GetAsync("auditor", "evidence?subject=year-FY2027")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_can_be_seen_before_the_year_starts_with_what_its_changes_cost()
    {
        await using var app = await YearPlay.StartAppAsync(LateFebruary, YearPlay.Firm() with
        {
            PlanChanges =
            [
                new() { Kind = PlanChangeKind.Drop, Duty = "supplier-review", Reason = "外部委託がないため" },
                new() { Kind = PlanChangeKind.Drop, Duty = "kpi-measurement", Reason = "管理策の有効性測定に統合したため" },
            ],
        });

        var plan = (await app.GetAsync("secretariat", "years/FY2026/plan")).Expect(200).Json;

        Assert.False((bool)plan["isMade"]!);
        Assert.DoesNotContain(plan["duties"]!.AsArray(), d => (string?)d!["id"] == "supplier-review");
        var warnings = plan["warnings"]!.AsArray();
        Assert.Equal(["5.19", "5.20", "5.21", "5.22"], warnings[0]!["controls"]!.AsArray().Select(c => (string)c!));
        Assert.Contains("A.5.19", (string?)warnings[0]!["text"]!["ja"], StringComparison.Ordinal);
        Assert.Empty(warnings[1]!["clauses"]!.AsArray());
        Assert.Equal("year-plan-not-asked-for", (await app.PostAsync("secretariat", "years/FY2026/plan")).Expect(409).Code);
        await new YearPlay(app).StartAsync();
        Assert.True((bool)(await app.GetAsync("secretariat", "years/FY2026/plan")).Expect(200).Json["isMade"]!);
        Assert.Equal("unknown-item", (await app.GetAsync("secretariat", "years/FY2026/items/supplier-review-sales")).Code);
        var document = (await app.GetAsync("secretariat", "evidence?subject=year-FY2026")).Expect(200).Json["items"]!.AsArray().Single()!;
        var page = (await app.GetAsync("auditor", $"evidence/{document["id"]}/files/annual-plan.ja.html")).Expect(200).Text;
        Assert.Contains("2026年度 ISMS年間計画書", page, StringComparison.Ordinal);
        Assert.Contains("外部委託がないため", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_after_the_next_year_was_started_by_hand_changes_nothing()
    {
        await using var app = await YearPlay.StartAppAsync(LateFebruary, YearPlay.Firm());
        var play = new YearPlay(app);
        await play.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2027/start")).Expect(202);
        await app.SettleAsync();

        await play.FileMissingAsync("manager", Item);
        await play.DoAsync("manager", Item, "submit");
        await play.DoAsync("topManagement", Item, "approve");

        Assert.Equal("done", await play.StateAsync(Item));
        Assert.Equal("nakamura", (string?)(await app.GetAsync("manager", "years/FY2027")).Expect(200).Json["startedBy"]);
    }

    [Fact]
    public async Task Approved_late_as_a_carried_over_item_it_prepares_the_year_it_was_for()
    {
        await using var app = await YearPlay.StartAppAsync(new DateTimeOffset(2027, 3, 30, 0, 0, 0, TimeSpan.Zero), YearPlay.Firm());
        await new YearPlay(app).StartAsync();
        var next = new YearPlay(app, "FY2027");
        await next.StartAsync();
        await app.RunUntilAsync(new DateTimeOffset(2027, 4, 2, 0, 0, 0, TimeSpan.Zero));

        const string Carried = Item + "-from-FY2026";
        await next.FileMissingAsync("manager", Carried);
        await next.DoAsync("manager", Carried, "submit");
        await next.DoAsync("topManagement", Carried, "approve");

        Assert.Equal("done", await next.StateAsync(Carried));
        Assert.Equal("unknown-year", (await app.GetAsync("manager", "years/FY2028")).Code);
    }
}
