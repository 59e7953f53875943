using IsmsFunctions.Tests.AccessReviews;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.SpotChecks;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>A review of access rights with what follows from it, and a spot-check.</summary>
internal static class AccessExamples
{
    private const string Secretariat = "secretariat";
    private const string Manager = "manager";
    private const string Sales = "department-sales";

    public static Task<RunningApp> StartAppAsync() => RunningApp.StartAsync();

    public static async Task WalkAsync(ExampleWalk walk)
    {
        await new AccessReviewPlay(walk.App).SnapshotAsync();
        await SpotCheckAsync(walk);
        var first = (await walk.PostAsync(Secretariat, "access-reviews", new { signOffDue = "2026-04-24" }))!;
        await walk.PostAsync(Secretariat, $"access-reviews/{first["id"]}/cancel", new { reason = "組織変更の後にやり直す" });
        await ReviewAsync(walk);
    }

    private static async Task ReviewAsync(ExampleWalk walk)
    {
        var play = new AccessReviewPlay(walk.App);
        var id = (string)(await walk.PostAsync(Secretariat, "access-reviews"))!["id"]!;
        var sales = $"access-reviews/{id}/sheets/{Sales}";
        await walk.GetAsync("owner:suzuki", $"access-reviews/{id}");
        await walk.GetAsync("owner:suzuki", sales + "?top=2");
        await walk.PostAsync("owner:suzuki", sales + "/rows/1/answer", new { decision = "revoke", reason = "異動により不要" });
        await walk.PostAsync(Secretariat, sales + "/reassign", new { to = "kobayashi", reason = "長期休暇のため" });
        await walk.PostAsync("owner:kobayashi", sales + "/answers", new
        {
            answers = new[] { new { rows = new[] { 2 }, decision = "keep", reason = "担当者として使用中" } }, rest = new { decision = "keep", reason = "業務で利用中" },
        });
        await walk.PostAsync("owner:kobayashi", sales + "/sign-off");
        var role = await play.RowOfAsync(id, "department-engineering", "u-yamamoto", "User Administrator");
        await walk.PostAsync("owner:takahashi", $"access-reviews/{id}/sheets/department-engineering/rows/{role}/answer", new { decision = "change", changeTo = "申請により有効" });
        await play.KeepTheRestAndSignAsync(id, Sales);
        await walk.PostAsync(Manager, sales + "/return", new { comment = "理由を具体的に書いてください。" });
        await walk.PostAsync("owner:kobayashi", sales + "/sign-off");
        await walk.PostAsync(Manager, $"access-reviews/{id}/close", new { comment = "確認しました。" });
        await walk.PostAsync("admin", $"access-reviews/{id}/tasks/1/report", new { note = "所属から外した" });
        await walk.PostAsync(Manager, $"access-reviews/{id}/tasks/2/withdraw", new { reason = "業務で必要と判明した" });
        await walk.GetAsync(Secretariat, "access-reviews");
    }

    private static async Task SpotCheckAsync(ExampleWalk walk)
    {
        await SpotCheckHttpTests.CollectedAsync(walk.App, "accounts", """{"exceptions":{"shared-account":2,"stale-account":1}}""");
        await SpotCheckHttpTests.CollectedAsync(walk.App, "authentication", """{"exceptions":{"account-without-mfa":3}}""");
        var made = (await walk.PostAsync(Secretariat, "spot-checks"))!;
        var path = $"spot-checks/{made["id"]}";
        await walk.PostAsync(Secretariat, path + "/points/second-factor/decide", new { kind = "correctiveAction", reason = "登録を徹底する" });
        await walk.PostAsync(Secretariat, path + "/points/stale-accounts/decide", new { kind = "task", reason = "棚卸しで停止する", due = "2026-04-30" });
        await walk.PostAsync(Manager, path + "/points/shared-accounts/decide", new { kind = "acceptedRisk", reason = "受付の共用端末", expiresOn = "2026-09-30" });
        foreach (var person in made["sample"]!["people"]!.AsArray())
        {
            await walk.PostAsync("auditor:yoshida", $"{path}/sample/{person!["id"]}/look", new { conforming = true, note = "業務と一致" });
        }

        await walk.PostAsync(Secretariat, path + "/close", new { comment = "点検を終えた。" });
        await walk.GetAsync(Secretariat, path);
        await walk.GetAsync(Secretariat, "spot-checks");
    }
}
