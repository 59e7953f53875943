using System.Text;
using System.Text.Json.Nodes;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Tests.AccessReviews;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.SpotChecks;

/// <summary>Spot-checks through the whole app.</summary>
public sealed class SpotCheckHttpTests
{
    [Fact]
    public async Task From_evidence_to_decisions_and_a_record_that_satisfies_the_plans_item()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        await new AccessReviewPlay(app).SnapshotAsync();
        await CollectedAsync(app, "accounts", """{"exceptions":{"shared-account":2,"stale-account":1}}""");
        await CollectedAsync(app, "authentication", """{"exceptions":{"account-without-mfa":3}}""");

        var made = (await app.PostAsync("secretariat", "spot-checks", null, "Idempotency-Key: 1")).Expect(201).Json;
        Assert.Equal((string)made["id"]!, (string)(await app.PostAsync("secretariat", "spot-checks", null, "Idempotency-Key: 1")).Expect(201).Json["id"]!);
        var id = (string)made["id"]!;
        Assert.Equal(("spot-check-FY2026-01", 3), (id, (int)made["undecided"]!));
        string ResultOf(string point) => (string)made["points"]!.AsArray().Single(p => (string)p!["id"]! == point)!["result"]!;
        Assert.Equal(("exception", "noEvidence", "exception"), (ResultOf("shared-accounts"), ResultOf("credentials"), ResultOf("second-factor")));
        Assert.Equal("incomplete", ResultOf("passwords"));
        Assert.Contains(await app.NoticesAsync(), n => n == $"{id}.1.made.nakamura");

        Assert.Equal("spot-check-not-finished", (await app.PostAsync("secretariat", $"spot-checks/{id}/close")).Expect(409).Code);
        await DecideAsync(app, "secretariat", id, "stale-accounts", new { kind = "task", reason = "棚卸しで停止する", due = "2026-04-30" });
        Assert.Contains(await app.NoticesAsync(), n => n == $"{id}.1.task-stale-accounts.ito");
        Assert.Equal(403, (await app.PostAsync("secretariat", $"spot-checks/{id}/points/shared-accounts/decide", new { kind = "acceptedRisk", reason = "x", expiresOn = "2026-09-30" })).Status);
        await DecideAsync(app, "manager", id, "shared-accounts", new { kind = "acceptedRisk", reason = "受付の共用端末", expiresOn = "2026-09-30" });
        var decided = await DecideAsync(app, "secretariat", id, "second-factor", new { kind = "correctiveAction", reason = "登録を徹底する" }, "Idempotency-Key: a");
        var again = await DecideAsync(app, "secretariat", id, "second-factor", new { kind = "correctiveAction", reason = "登録を徹底する" }, "Idempotency-Key: a");
        var action = (string)decided["points"]!.AsArray().Single(p => (string)p!["id"]! == "second-factor")!["decision"]!["action"]!;
        Assert.Equal(("action-FY2026-001", action), (action, (string)again["points"]!.AsArray().Single(p => (string)p!["id"]! == "second-factor")!["decision"]!["action"]!));
        var raised = (await app.GetAsync("secretariat", $"corrective-actions/{action}")).Expect(200).Json;
        Assert.Equal(("spotCheck", id), ((string)raised["source"]!["origin"]!, (string)raised["source"]!["instance"]!));

        foreach (var person in made["sample"]!["people"]!.AsArray())
        {
            (await app.PostAsync("auditor:yoshida", $"spot-checks/{id}/sample/{person!["id"]}/look", new { conforming = true, note = "業務と一致" })).Expect(200);
        }

        (await app.PostAsync("secretariat", $"spot-checks/{id}/close", new { comment = "完了" }, "Idempotency-Key: c")).Expect(200);
        (await app.PostAsync("secretariat", $"spot-checks/{id}/close", new { comment = "完了" }, "Idempotency-Key: c")).Expect(200);
        Assert.Equal("spot-check-closed", (await app.PostAsync("secretariat", $"spot-checks/{id}/close")).Expect(409).Code);
        var record = Assert.Single((await app.GetAsync("auditor", "evidence?record=spot-check-result")).Expect(200).Json["items"]!.AsArray())!;
        Assert.Equal("item-FY2026-spot-check-q1", (string)record["subject"]!);
        var page = (await app.GetAsync("auditor", $"evidence/{record["id"]}/files/spot-check-result.ja.html")).Expect(200).Text;
        Assert.Contains("抜き打ち点検結果", page, StringComparison.Ordinal);
        Assert.Contains((string)made["sample"]!["seed"]!, page, StringComparison.Ordinal);
        (await app.PostAsync("secretariat", "years/FY2026/items/spot-check-q1/submit")).Expect(200);
    }

    [Fact]
    public async Task The_timer_makes_one_a_month_and_an_accepted_risk_comes_back_when_it_expires()
    {
        await using var app = await RunningApp.StartAsync(null, null, null, "Schedules:SpotChecks=0 0 1 2 * *");
        await CollectedAsync(app, "accounts", """{"exceptions":{"shared-account":2}}""");
        await app.RunUntilAsync(RunningApp.FirstMorning.AddDays(2));
        var first = Assert.Single(await ListAsync(app))!;
        Assert.Equal(("schedule", 1), ((string)first["by"]!, (int)first["undecided"]!));
        await DecideAsync(app, "manager", (string)first["id"]!, "shared-accounts", new { kind = "acceptedRisk", reason = "受付の共用端末", expiresOn = "2026-05-31" });
        await app.RunUntilAsync(RunningApp.FirstMorning.AddDays(70));
        Assert.Equal([0, 0, 1], (await ListAsync(app)).Select(c => (int)c!["undecided"]!));
    }

    [Fact]
    public async Task Who_may_not_decide_is_refused_and_unknown_things_are_named()
    {
        await using var app = await RunningApp.StartAsync();
        var made = (await app.PostAsync("secretariat", "spot-checks")).Expect(201);
        var id = (string)made.Json["id"]!;
        Assert.All(made.Json["points"]!.AsArray(), p => Assert.Equal("noEvidence", (string)p!["result"]!));
        Assert.Null(made.Json["sample"]);
        Assert.Equal(403, (await app.PostAsync("externalAuditor", "spot-checks")).Status);
        Assert.Equal(403, (await app.PostAsync("owner:suzuki", "spot-checks")).Status);
        Assert.Equal("unknown-spot-check", (await app.GetAsync("secretariat", "spot-checks/none")).Expect(404).Code);
        Assert.Equal("unknown-spot-check-point", (await app.PostAsync("secretariat", $"spot-checks/{id}/points/none/decide", new { kind = "task" })).Expect(404).Code);
        Assert.Equal("unknown-spot-check-person", (await app.PostAsync("secretariat", $"spot-checks/{id}/sample/none/look", new { conforming = true })).Expect(404).Code);
        Assert.Equal("spot-check-not-your-part", (await app.PostAsync("admin", $"spot-checks/{id}/close")).Expect(403).Code);
        Assert.Equal("changed-by-someone-else", (await app.SendAsync("secretariat", HttpMethod.Post, $"spot-checks/{id}/close", null, "If-Match: \"9\"")).Expect(412).Code);
        var closed = (await app.PostAsync("secretariat", $"spot-checks/{id}/close")).Expect(200);
        Assert.True((bool)closed.Json["closed"]!);
    }

    private static async Task<JsonNode> DecideAsync(RunningApp app, string persona, string id, string point, object body, params string[] headers) =>
        (await app.PostAsync(persona, $"spot-checks/{id}/points/{point}/decide", body, headers)).Expect(200).Json;

    private static async Task<IReadOnlyList<JsonNode?>> ListAsync(RunningApp app) => [.. (await app.GetAsync("secretariat", "spot-checks")).Expect(200).Json["items"]!.AsArray()];

    /// <summary>Records what a collector would: an item with a summary.</summary>
    internal static async Task CollectedAsync(RunningApp app, string collector, string summary)
    {
        var store = app.Services.GetRequiredService<EvidenceStore>();
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfWindow(collector, app.Now, app.Now),
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same(collector),
            Period = new Period(app.Now, app.Now),
            Source = new EvidenceSource { Graph = new GraphSource(collector, []) },
            CreatedBy = "system",
        };
        var item = await store.RecordAsync(draft, [new EvidenceContent("summary.json", "application/json", Encoding.UTF8.GetBytes(summary))], default);
        await app.Services.GetRequiredService<CollectorRuns>().UpdateAsync(
            collector, s => CollectorRules.Record(s, new CollectedWindow(app.Now, app.Now, item.Id, EvidencePaths.FolderOf(item), 0, [])), default);
    }
}
