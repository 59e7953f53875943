using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Incidents;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>An incident with personal data from its report to its lessons, and one that was none.</summary>
internal static class IncidentExamples
{
    private const string Secretariat = "secretariat";
    private const string Handler = "owner:suzuki";

    public static Task<RunningApp> StartAppAsync() => AuditPlay.StartAppAsync(IncidentPlay.Start);

    public static async Task WalkAsync(ExampleWalk walk)
    {
        var reported = (await walk.PostAsync(Handler, "incidents", new
        {
            kind = "misdelivery",
            title = "案内メールの誤送信",
            description = "別の取引先に案内メールを送信した。",
            departments = new[] { "sales" },
            occurredAt = "2026-08-03T04:50:00Z",
            information = new[] { new { what = "取引先の担当者名簿", confidentiality = 3 } },
            personalData = new { persons = 12, items = "氏名、診断名", sensitive = true },
        }))!;
        var path = $"incidents/{reported["id"]}";
        await walk.PostAsync(Secretariat, path + "/triage", new { extent = "outside", handler = "suzuki", comment = "取引先に連絡済み" });
        await walk.PostAsync(Secretariat, path + "/assess", new { reason = "宛先の人数を確認した", personalData = new { persons = 14, items = "氏名、診断名", sensitive = true } });
        await walk.PostAsync(Handler, path + "/note", new { what = "先方に電話した", when = "2026-08-03T05:20:00Z" });
        await walk.PostAsync(Handler, path + "/contained", new { description = "先方が削除した。" });
        await walk.PostAsync(Handler, path + "/investigated", new { category = "humanError", cause = "宛先の選択誤り", scope = "1通のみ" });
        foreach (var (kind, recipient) in new[] { ("preliminary", "個人情報保護委員会"), ("final", "個人情報保護委員会"), ("persons", "書面") })
        {
            await walk.PostAsync(Secretariat, path + "/breach-report", new { kind, recipient, contents = IncidentPlay.Everything, reference = kind == "persons" ? null : "R8-0123" });
        }

        await walk.PostAsync(Secretariat, path + "/complete-reporting", new { comment = "すべて報告した。" });
        await walk.PostAsync(Handler, path + "/recovered", new { description = "正しい宛先に送り直した。" });
        await walk.PostAsync(Secretariat, path + "/lessons", new
        {
            lessons = new object[]
            {
                new { what = "宛先の候補が似ている", measure = "correctiveAction", requirement = "送信前に宛先を二人で確認する", control = "A.5.14" },
                new { what = "報告が翌日になった", measure = "training", requirement = "事故の報告のしかた" },
            },
        });
        await walk.PostAsync(Secretariat, path + "/close", new { comment = "教訓を共有した。" });
        await walk.GetAsync(Secretariat, path);
        await walk.GetAsync(Secretariat, "incidents");
        await walk.GetAsync(Secretariat, "incidents/statistics");

        var other = (await walk.PostAsync(Handler, "incidents", new { kind = "malware", title = "不審な警告", description = "警告の画面が出た。", departments = new[] { "sales" } }))!;
        await walk.PostAsync(Secretariat, $"incidents/{other["id"]}/dismiss", new { reason = "広告の表示であり、感染はない" });
    }
}
