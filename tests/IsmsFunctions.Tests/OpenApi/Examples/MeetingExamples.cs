using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Meetings;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>A management review from its call to its last decision, and a committee that is called off.</summary>
internal static class MeetingExamples
{
    private const string Secretariat = "secretariat";
    private const string Top = "topManagement";

    public static Task<RunningApp> StartAppAsync() => AuditPlay.StartAppAsync(MeetingPlay.Morning("2026-09-01"));

    public static async Task WalkAsync(ExampleWalk walk)
    {
        var id = (string)(await walk.PostAsync(Secretariat, "reviews", new { due = "2026-09-30" }))!["id"]!;
        await walk.PostAsync("owner:suzuki", $"reviews/{id}/inputs", new { topic = "feedback", text = "顧客から教育の実施状況について問い合わせがあった。" });
        await new MeetingPlay(walk.App).ProvideMissingAsync(id);
        var path = $"meetings/{id}";
        await walk.PostAsync(Secretariat, path + "/schedule", new { date = "2026-09-28", time = "10:00:00", place = "第1会議室" });
        await walk.App.RunUntilAsync(MeetingPlay.Morning("2026-09-28").AddHours(2));
        await walk.PostAsync(Secretariat, path + "/hold", new
        {
            attendees = new[] { "sato", "nakamura", "suzuki" },
            date = "2026-09-28",
            chair = "sato",
            place = "第1会議室",
            conclusion = "ISMSは適切、妥当かつ有効である。",
            decisions = new[]
            {
                new { kind = "improvement", what = "ログの点検を自動にする", owner = "kobayashi", due = "2026-12-25" },
                new { kind = "resources", what = "監査員を1名増やす", owner = "nakamura", due = "2026-11-30" },
            },
        });
        await walk.PostAsync(Secretariat, path + "/minutes", new { conclusion = "ISMSは引き続き適切、妥当かつ有効である。" });
        await walk.PostAsync(Secretariat, path + "/submit", new { comment = "ご確認をお願いします。" });
        await walk.PostAsync(Top, path + "/return", new { comment = "決定の期限を確認してください。" });
        await walk.PostAsync(Secretariat, path + "/submit");
        await walk.PostAsync(Top, path + "/approve", new { comment = "承認します。" });
        await walk.GetAsync(Secretariat, path);
        await walk.PostAsync(Top, path + "/decisions/d-01/extend", new { due = "2027-01-29", reason = "製品の選定に時間を要する" });
        await walk.PostAsync("owner:kobayashi", path + "/decisions/d-01/complete", new { note = "自動の点検を始めた", evidence = new[] { await walk.EvidenceAsync(id) } });
        await walk.PostAsync(Top, path + "/decisions/d-02/withdraw", new { reason = "次年度の計画で扱う" });
        await walk.GetAsync(Secretariat, $"reviews/{id}");
        await walk.GetAsync(Secretariat, "reviews");

        var committee = (string)(await walk.PostAsync(Secretariat, "meetings", new { due = "2026-11-30" }))!["id"]!;
        await walk.PostAsync("owner:suzuki", $"meetings/{committee}/points", new { title = "在宅勤務の端末", text = "持ち出しの記録の付け方を決めたい。" });
        await walk.GetAsync(Secretariat, "meetings");
        await walk.PostAsync(Secretariat, $"meetings/{committee}/cancel", new { reason = "台風のため" });
    }
}
