using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Year;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>Items of a year's plan, packs, collectors and mails.</summary>
internal static class YearExamples
{
    private const string Items = "years/FY2026/items/";

    public static async Task<RunningApp> StartAppAsync()
    {
        var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        return app;
    }

    public static async Task WalkAsync(ExampleWalk walk)
    {
        await walk.GetAsync("manager", "years/FY2026");
        await walk.GetAsync("manager", "years/FY2026/items?state=open&top=2");
        await walk.GetAsync("manager", Items + "legal-review");
        await walk.PostAsync("secretariat", Items + "legal-review/reschedule", new { due = "2026-06-15", reason = "法務の確認待ち" }, await walk.IfMatchAsync("secretariat", Items + "legal-review"));
        await walk.PostAsync("manager", Items + "asset-review-it/waive", new { reason = "システム移行後に改めて実施する" });
        await new YearPlay(walk.App).FileMissingAsync("manager", "context-review");
        await walk.PostAsync("manager", Items + "context-review/submit", new { comment = "外部の課題に法改正を加えました。" });
        await walk.PostAsync("topManagement", Items + "context-review/return", new { comment = "内部の課題に人員計画を加えてください。" });
        await walk.PostAsync("manager", Items + "context-review/submit");
        await walk.PostAsync("topManagement", Items + "context-review/approve", new { comment = "承認します。" });
        await walk.GetAsync("manager", "years/FY2026/plan");
        await walk.GetAsync("auditor", "evidence?fy=FY2026&top=2");
        await walk.GetAsync("auditor", "evidence/" + await walk.EvidenceAsync());
        await walk.GetAsync("auditor", "ledger/head");
        await walk.GetAsync("auditor", "ledger/proof/" + await walk.EvidenceAsync());
        await walk.GetAsync("manager", "statement-of-applicability");
        var pack = (await walk.PostAsync("secretariat", "packs", new { fiscalYear = "FY2026" }))!;
        await walk.GetAsync("secretariat", $"packs/{pack["id"]}");
        await walk.GetAsync("secretariat", "packs");
        await walk.GetAsync("secretariat", "collectors");
        await walk.PostAsync("secretariat", "collectors/sign-ins/run", new { from = "2026-03-31T15:00:00Z", to = "2026-03-31T16:00:00Z" });
        await walk.GetAsync("secretariat", "notifications?top=2");
        await walk.PostAsync("secretariat", "auditor-access", new { personId = "external-auditor", until = "2026-05-31", fiscalYears = new[] { "FY2026" } });
        await walk.GetAsync("secretariat", "auditor-access");
    }
}
