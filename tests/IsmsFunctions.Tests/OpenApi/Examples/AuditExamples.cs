using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>An internal audit, and a corrective action from its correction to the effectiveness check.</summary>
internal static class AuditExamples
{
    private const string Secretariat = "secretariat";
    private const string Manager = "manager";

    public static Task<RunningApp> StartAppAsync() => AuditPlay.StartAppAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));

    public static async Task WalkAsync(ExampleWalk walk)
    {
        await walk.GetAsync(Secretariat, "audits/programme");
        var id = (string)(await walk.PostAsync(Secretariat, "audits", new
        {
            departments = new[] { "sales", "engineering" },
            clauses = new[] { "7.3", "7.5", "8.1" },
            objective = new { ja = "文書化した情報の管理と認識を確かめる", en = "See how documented information and awareness are kept" },
        }))!["id"]!;
        await walk.PostAsync(Manager, $"audits/{id}/approve-plan", new { comment = "承認します。" });
        await walk.PostAsync(Secretariat, $"audits/{id}/reschedule", new { from = "2026-08-03", reason = "決算と重なるため" });
        await walk.App.RunUntilAsync(new DateTimeOffset(2026, 8, 3, 0, 0, 0, TimeSpan.Zero));
        await FieldworkAsync(walk, id);
        await ActionAsync(walk, id);

        var other = (string)(await walk.PostAsync(Secretariat, "audits", AuditPlay.SmallScope))!["id"]!;
        await walk.PostAsync(Secretariat, $"audits/{other}/cancel", new { reason = "組織変更の後に改めて行う" });
    }

    private static async Task FieldworkAsync(ExampleWalk walk, string id)
    {
        var play = new AuditPlay(walk.App);
        await walk.PostAsync(Secretariat, $"audits/{id}/reassign", new { from = "yamamoto", to = "yoshida", reason = "長期休暇のため" });
        var question = (await play.ReadAsync(id))["checklist"]!.AsArray()[0]!;
        await walk.PostAsync($"auditor:{question["auditor"]}", $"audits/{id}/answers", new
        {
            question = (string)question["id"]!,
            result = "minorNonconformity",
            requirement = "手順書は最新版を使用する",
            fact = "旧版の手順書が使われていた(第2版)",
            note = "共有フォルダーに最新版がある",
            urgency = "normal",
            evidence = new[] { await walk.EvidenceAsync(id) },
        });
        await play.AnswerAllAsync(id);
        var lead = $"auditor:{(await play.ReadAsync(id))["plan"]!["leadAuditor"]}";
        await walk.PostAsync(lead, $"audits/{id}/submit", new { comment = "所見は1件です。" });
        await walk.PostAsync(Manager, $"audits/{id}/return-report", new { comment = "所見の根拠を補ってください。" });
        await walk.PostAsync(lead, $"audits/{id}/submit");
        await walk.PostAsync(Manager, $"audits/{id}/approve-report", new { comment = "承認します。" });
        await walk.GetAsync("auditor", $"audits/{id}");
        await walk.GetAsync("auditor", "audits");
        await walk.GetAsync(Secretariat, "findings/analysis?from=2026-04-01&to=2027-03-31");
    }

    private static async Task ActionAsync(ExampleWalk walk, string audit)
    {
        var proof = await walk.EvidenceAsync(audit);
        var raised = (await walk.PostAsync(Secretariat, "corrective-actions", new
        {
            department = "sales", requirement = "離席時は画面をロックする", fact = "ロックされていない端末が2台あった", control = "A.7.7", urgency = "normal",
        }))!;
        var path = $"corrective-actions/{raised["id"]}";
        await walk.PostAsync("owner:suzuki", path + "/correction", new { description = "該当の端末をロックした", evidence = new[] { proof } });
        await walk.PostAsync("owner:suzuki", path + "/root-cause", new
        {
            whys = new[] { "自動ロックが無効だった", "端末の設定が部署ごとに異なる" }, elsewhere = new { departments = new[] { "it" }, result = "同様の端末はない" },
        });
        var plan = new { steps = new[] { new { what = "自動ロックを全端末に設定する", responsible = "suzuki", due = "2026-08-31" } }, waitingDays = 30 };
        await walk.PostAsync("owner:suzuki", path + "/plan", plan);
        await walk.PostAsync(Manager, path + "/return-plan", new { comment = "対象の端末数を書いてください。" });
        await walk.PostAsync("owner:suzuki", path + "/plan", plan);
        await walk.PostAsync(Manager, path + "/approve-plan", new { comment = "承認します。" });
        await walk.PostAsync("owner:suzuki", path + "/implemented", new { note = "全端末に設定した", evidence = new[] { proof } });
        await walk.App.RunUntilAsync(walk.App.Now.AddDays(31));
        await walk.PostAsync(Secretariat, path + "/effectiveness", new { effective = true, note = "巡回で再発がない", evidence = new[] { proof } });
        await walk.GetAsync(Secretariat, path);
        await walk.GetAsync(Secretariat, "corrective-actions");
    }
}
