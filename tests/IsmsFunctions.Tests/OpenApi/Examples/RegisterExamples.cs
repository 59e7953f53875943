using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Registers.Risks;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>Registers, risks, objectives and the effectiveness of controls.</summary>
internal static class RegisterExamples
{
    private const string Keeper = RiskPlay.Keeper;

    public static async Task<RunningApp> StartAppAsync()
    {
        var app = await YearExamples.StartAppAsync();
        (await app.PostAsync("secretariat", "registers/sample")).Expect(201);
        return app;
    }

    public static async Task WalkAsync(ExampleWalk walk)
    {
        await EntriesAsync(walk);
        await RisksAsync(walk);
        await ObjectivesAsync(walk);
    }

    private static async Task EntriesAsync(ExampleWalk walk)
    {
        var asset = new JsonObject { ["name"] = "顧客台帳", ["confidentiality"] = 3, ["integrity"] = 2, ["availability"] = 2 };
        var entry = (await walk.PostAsync("secretariat", "registers/assets", new { values = asset }))!;
        var path = $"registers/assets/{entry["id"]}";
        asset["availability"] = 3;
        await walk.PutAsync("secretariat", path, new { values = asset }, await walk.IfMatchAsync("secretariat", path));
        await walk.GetAsync("secretariat", path);
        await walk.GetAsync("secretariat", path + "/history");
        await walk.GetAsync("secretariat", "registers");
        await walk.GetAsync("secretariat", "registers/assets?top=2");
        object[] rows =
        [
            new { control = "A.5.1.1", applicable = true, justification = "リスク対応のため", implementation = "実施済み" },
            new { control = "A.14.2.7", applicable = false, justification = "開発を委託していない", implementation = "該当なし" },
        ];
        await walk.PostAsync("secretariat", "registers/controls/migrate", new { rows });
    }

    private static async Task RisksAsync(ExampleWalk walk)
    {
        var play = new RiskPlay(walk.App);
        var risk = await play.AddRiskAsync("顧客名簿の漏えい", 4, 4);
        await walk.PostAsync("topManagement", $"risks/{risk}/accept", new { until = "2027-03-31" }, await walk.IfMatchAsync(Keeper, $"registers/risks/{risk}"));
        await walk.PostAsync(Keeper, "risks/assessments", new { year = "FY2026", record = "risk-assessment-sheet" });
        await play.CollectedAsync("sign-ins", "sign-in-log", """{ "exceptions": { "legacy-protocol": 2 } }""");
        await play.CollectedAsync("access-rights", "access-rights-sheet", """{ "exceptions": { "stale-administrator": 1 } }""");
        await walk.PostAsync("secretariat", "risks/suggestions/refresh");
        await walk.GetAsync("manager", "risks/suggestions");
        await walk.PostAsync(Keeper, "risks/suggestions/sign-ins.legacy-protocol.FY2026/adopt", new { values = new { likelihood = 4, impact = 4, department = "it" } });
        await walk.PostAsync(Keeper, "risks/suggestions/access-rights.stale-administrator.FY2026/dismiss", new { reason = "非常時用の管理者であり、四半期ごとに確認している" });
        await walk.GetAsync("manager", "risks/heat-map");
    }

    private static async Task ObjectivesAsync(ExampleWalk walk)
    {
        var objective = (await walk.PostAsync("secretariat", "registers/objectives", new
        {
            values = new
            {
                name = "標的型メール訓練のクリック率を下げる", fiscalYear = "FY2026", department = "it", owner = "ito", plan = "四半期ごとに訓練する。", target = 5, unit = "%",
                direction = "atMost", source = "訓練の結果", frequency = "quarterly",
            },
        }))!;
        await walk.PostAsync("owner:ito", $"kpis/{objective["id"]}/measurements", new { value = 4.2, quarter = "FY2026-q1" });
        await walk.GetAsync("secretariat", "kpis?fy=FY2026");
        await walk.PostAsync("secretariat", "kpis/measure");
        await walk.PostAsync("owner", "kpis/record", new { reason = "残る値は四半期の終わりに測る" });
        var shown = (await walk.GetAsync("auditor", "effectiveness"))!;
        var control = (string)shown["items"]!.AsArray().First(c => (string)c!["proposed"]! == "notShown")!["control"]!;
        await walk.PostAsync("owner", $"effectiveness/{control}/judgement", new { judgement = "effective", reason = "現場で確認した", fy = "FY2026" });
        await walk.PostAsync("owner", "effectiveness/record", new { fy = "FY2026" });
    }
}
