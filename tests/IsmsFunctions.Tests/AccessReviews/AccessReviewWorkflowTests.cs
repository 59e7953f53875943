using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.AccessReviews;

/// <summary>Reviews of access rights through the whole app: HTTP, workflow on the durable engine, storage, mails, a virtual clock.</summary>
public sealed class AccessReviewWorkflowTests
{
    private static readonly DateTimeOffset April = RunningApp.FirstMorning;

    [Fact]
    public async Task From_a_snapshot_to_revocations_that_the_next_snapshots_show_gone()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new AccessReviewPlay(app);
        var id = await play.StartAsync();
        Assert.Equal("access-review-FY2026-01", id);
        var review = await play.ReadAsync(id);
        Assert.Equal(("reviewing", "2026-04-22", true), ((string)review["stage"]!, (string)review["due"]!, (bool)review["snapshot"]!["complete"]!));
        Assert.Equal(
            AccessReviewPlay.Reviewers.Keys.Order(StringComparer.Ordinal), review["sheetList"]!.AsArray().Select(s => (string)s!["id"]!).Order(StringComparer.Ordinal));
        var notices = await app.NoticesAsync();
        Assert.Contains($"{id}.0.ask-department-sales-1.suzuki", notices);
        Assert.Contains($"{id}.0.ask-reviewers-1.watanabe", notices);

        var old = await play.RowOfAsync(id, "department-sales", "u-old", "営業部");
        var former = await play.RowOfAsync(id, "department-sales", "u-kato", "旧プロジェクト");
        var role = await play.RowOfAsync(id, "department-engineering", "u-yamamoto", "User Administrator");
        await play.DoAsync("owner:suzuki", $"access-reviews/{id}/sheets/department-sales/answers", new { answers = new[] { new { rows = new[] { old, former }, decision = "revoke", reason = "不要" } } });
        await play.DoAsync("owner:takahashi", $"access-reviews/{id}/sheets/department-engineering/rows/{role}/answer", new { decision = "change", changeTo = "申請により有効" });
        await play.KeepTheRestAndSignAsync(id);
        Assert.Equal("confirming", await play.StageAsync(id));
        Assert.Contains(await app.NoticesAsync(), n => n.EndsWith(".confirm.watanabe", StringComparison.Ordinal));

        await play.DoAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/close", new { comment = "確認しました" });
        Assert.Equal(("followingUp", 3), (await play.StageAsync(id), (int)(await play.ReadAsync(id))["openTasks"]!));
        Assert.Contains(await app.NoticesAsync(), n => n.EndsWith(".revoke.ito", StringComparison.Ordinal));
        Assert.Equal(["access-review-record", "access-review-sheets"], await play.RecordsAsync(id));

        await app.RunUntilAsync(April.AddDays(3));
        await play.SnapshotAsync(AccessReviewPlay.Rights.Where(r => r.HolderId != "u-old"));
        await app.RunUntilAsync(April.AddDays(8));
        var states = (await play.ReadAsync(id))["taskList"]!.AsArray();
        Assert.Equal(["open", "open", "done"], states.Select(t => (string)t!["state"]!));
        Assert.Contains(await app.NoticesAsync(), n => n.Contains(".still-there-", StringComparison.Ordinal));

        await play.DoAsync("admin", $"access-reviews/{id}/tasks/1/report", new { note = "PIM に移行しました" });
        await play.SnapshotAsync(AccessReviewPlay.Rights.Where(r => r.HolderId != "u-old" && r.What is not ("旧プロジェクト" or "User Administrator")));
        await play.DoAsync("admin", $"access-reviews/{id}/compare");
        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(["access-review-follow-up", "access-review-record", "access-review-sheets"], await play.RecordsAsync(id));
        var record = (await app.GetAsync("auditor", $"evidence?subject={id}&record=access-review-record")).Json["items"]![0]!;
        Assert.Equal("5.15 5.18 8.2", string.Join(' ', record["controls"]!.AsArray().Select(c => (string)c!)));
        var page = (await app.GetAsync("auditor", $"evidence/{record["id"]}/files/access-review-record.ja.html")).Expect(200).Text;
        Assert.Contains("アクセス権棚卸し記録", page, StringComparison.Ordinal);
        Assert.Contains("変更後: 申請により有効", page, StringComparison.Ordinal);
        Assert.Contains("退職 太郎", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_sign_is_reminded_and_escalated_and_so_is_a_revocation_that_nobody_carries_out()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new AccessReviewPlay(app);
        var id = await play.StartAsync();
        await play.KeepTheRestAndSignAsync(id, "department-sales");
        await app.RunUntilAsync(April.AddDays(50));
        var notices = await app.NoticesAsync();
        Assert.Contains($"{id}.2.upcoming-7-department-sales.suzuki", notices);
        Assert.DoesNotContain(notices, n => n.Contains("upcoming-7-people", StringComparison.Ordinal));
        Assert.Contains($"{id}.2.overdue-1-department-sales.suzuki", notices);
        Assert.Contains($"{id}.2.escalatedtomanager-7.watanabe", notices);
        Assert.Contains($"{id}.2.escalatedtotopmanagement-21.sato", notices);

        (await app.PostAsync(AccessReviewPlay.Secretariat, $"access-reviews/{id}/sheets/department-sales/reassign", new { to = "kobayashi", reason = "長期休暇のため" })).Expect(200);
        await app.SettleAsync();
        Assert.Contains($"{id}.0.ask-department-sales-2.kobayashi", await app.NoticesAsync());
        Assert.Equal("access-review-not-your-sheet", (await app.PostAsync("owner:suzuki", $"access-reviews/{id}/sheets/department-sales/sign-off")).Expect(403).Code);
        await play.DoAsync("owner:kobayashi", $"access-reviews/{id}/sheets/department-sales/answers", new { rest = new { decision = "revoke" } });
        await play.DoAsync("owner:kobayashi", $"access-reviews/{id}/sheets/department-sales/sign-off");
        await play.DoAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/close");
        await app.RunUntilAsync(April.AddDays(90));
        notices = await app.NoticesAsync();
        Assert.Contains(notices, n => n.EndsWith(".overdue-8.ito", StringComparison.Ordinal));
        Assert.Contains(notices, n => n.EndsWith("escalatedtotopmanagement-21.sato", StringComparison.Ordinal) && !n.StartsWith($"{id}.2.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_plans_review_waits_for_a_snapshot_and_its_record_satisfies_every_departments_item()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new AccessReviewPlay(app);
        (await app.PostAsync(AccessReviewPlay.Secretariat, "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        var reviews = (await app.GetAsync(AccessReviewPlay.Secretariat, "access-reviews")).Expect(200).Json["items"]!.AsArray();
        var id = (string)Assert.Single(reviews)!["id"]!;
        Assert.Equal("preparing", await play.StageAsync(id));
        Assert.Contains(await app.NoticesAsync(), n => n.EndsWith(".no-snapshot.ito", StringComparison.Ordinal));
        foreach (var department in new[] { "sales", "it" })
        {
            var item = (await app.GetAsync("secretariat", $"years/FY2026/items/access-review-q1-{department}")).Expect(200).Json;
            Assert.Equal(id, (string?)item["item"]!["workId"]);
        }

        await play.SnapshotAsync(gap: "role-assignment-instances");
        await app.RunUntilAsync(April.AddDays(1));
        var review = await play.ReadAsync(id);
        Assert.Equal(("reviewing", false), ((string)review["stage"]!, (bool)review["snapshot"]!["complete"]!));
        await play.KeepTheRestAndSignAsync(id);
        var missing = (await app.PostAsync("owner:suzuki", "years/FY2026/items/access-review-q1-sales/submit")).Expect(409);
        Assert.Equal(["access-review-record"], missing.Json["missing"]!.AsArray().Select(m => (string?)m));
        await play.DoAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/close");
        Assert.Equal("closed", await play.StageAsync(id));
        (await app.PostAsync("owner:suzuki", "years/FY2026/items/access-review-q1-sales/submit")).Expect(200);
        (await app.PostAsync("owner:ito", "years/FY2026/items/access-review-q1-it/submit")).Expect(200);
    }

    [Fact]
    public async Task A_restart_at_any_stage_asks_nobody_twice_and_loses_no_answer()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new AccessReviewPlay(app);
        var id = await play.StartAsync();
        await play.DoAsync("owner:suzuki", $"access-reviews/{id}/sheets/department-sales/rows/1/answer", new { decision = "revoke" });
        var before = await app.NoticesAsync();
        await app.RestartAsync();
        await app.RunUntilAsync(April.AddHours(2));
        Assert.Equal(before.Where(n => n.StartsWith(id, StringComparison.Ordinal)), (await app.NoticesAsync()).Where(n => n.StartsWith(id, StringComparison.Ordinal)));
        await play.KeepTheRestAndSignAsync(id);
        await app.RestartAsync();
        await play.DoAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/close");
        await app.RestartAsync();
        Assert.Equal(("followingUp", 1), (await play.StageAsync(id), (int)(await play.ReadAsync(id))["tasks"]!));
        Assert.Equal(["access-review-record", "access-review-sheets"], await play.RecordsAsync(id));
    }
}
