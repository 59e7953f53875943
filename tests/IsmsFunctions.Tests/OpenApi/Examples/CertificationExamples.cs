using Isms.Certification;
using Isms.Text;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Year;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>A surveillance audit whose finding is answered and accepted, and a special audit that is called off.</summary>
internal static class CertificationExamples
{
    private const string Secretariat = "secretariat";

    public static Task<RunningApp> StartAppAsync() => YearPlay.StartAppAsync(new DateTimeOffset(2026, 11, 18, 0, 0, 0, TimeSpan.Zero), YearPlay.Firm() with
    {
        Certification = new CertificationSettings
        {
            Body = new LocalizedText("認証機関", "Certification body"), CertificateNumber = "IS 1", IssuedOn = new DateOnly(2024, 12, 16),
        },
    });

    public static async Task WalkAsync(ExampleWalk walk)
    {
        await walk.GetAsync(Secretariat, "certification");
        var id = (string)(await walk.PostAsync(Secretariat, "certification/audits", new { track = "2024-surveillance-2" }))!["id"]!;
        var path = $"certification/audits/{id}";
        await walk.PostAsync(Secretariat, path + "/held", new
        {
            from = "2026-11-16",
            to = "2026-11-17",
            result = "recommendedAfterCorrections",
            auditors = new[] { "審査 太郎" },
            summary = "運用は定着している。",
            findings = new[] { new { wording = "軽微な不適合", clause = "7.2", department = "sales", fact = "教育の記録に実施日がない" } },
        });
        await PlanAsync(walk.App, (string)(await walk.GetAsync(Secretariat, path))!["actions"]![0]!["action"]!);
        await walk.PostAsync(Secretariat, path + "/respond", new { comment = "ご確認をお願いします。" });
        await walk.PostAsync(Secretariat, path + "/return", new { comment = "原因の分析が不足している", respondBy = "2026-12-25" });
        await walk.PostAsync(Secretariat, path + "/respond");
        await walk.PostAsync(Secretariat, path + "/accept", new { comment = "受理の連絡があった。" });

        var special = (await walk.PostAsync(Secretariat, "certification/audits", new { from = "2026-11-18" }))!;
        await walk.PostAsync(Secretariat, $"certification/audits/{special["id"]}/cancel", new { reason = "審査機関の都合" });
        await walk.GetAsync(Secretariat, "certification/audits");
    }

    private static async Task PlanAsync(RunningApp app, string action)
    {
        var path = $"corrective-actions/{action}";
        (string Command, object Body)[] commands =
        [
            ("correction", new { description = "実施日を補記した" }),
            ("root-cause", new { whys = new[] { "実施日を書く人が決まっていない", "様式に実施日の欄がない" }, elsewhere = new { departments = new[] { "development" }, result = "同様の記録はない" } }),
            ("plan", new { steps = new[] { new { what = "様式を改める", responsible = "suzuki", due = "2026-12-10" } } }),
        ];
        foreach (var (command, body) in commands)
        {
            (await app.PostAsync("owner:suzuki", $"{path}/{command}", body)).Expect(200);
            await app.SettleAsync();
        }
    }
}
