using System.Text.Json.Nodes;

namespace IsmsFunctions.Tests.Registers.Risks;

public sealed class RiskHttpTests
{
    [Fact]
    public async Task Levels_are_computed_whenever_a_risk_is_written_and_rules_are_kept()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("顧客名簿の漏えい", 4, 5, "reduce");
        Assert.Equal(20, (int)(await play.ReadAsync(id)).Json["values"]!["level"]!);
        (await play.ChangeAsync("risks", id, ("residualLikelihood", 2), ("residualImpact", 4))).Expect(200);
        Assert.Equal(8, (int)(await play.ReadAsync(id)).Json["values"]!["residualLevel"]!);

        Assert.Equal("residual-risk-exceeds-initial-risk", (await play.ChangeAsync("risks", id, ("likelihood", 1))).Expect(422).Code);
        Assert.Equal("risk-half-assessed", (await app.PostAsync(RiskPlay.Keeper, "registers/risks", new { values = new { name = "x", likelihood = 3 } })).Expect(422).Code);
        Assert.Equal(400, (await app.PostAsync(RiskPlay.Keeper, "registers/risks", new { values = new { name = "x", likelihood = 6, impact = 1 } })).Status);
        Assert.Equal(400, (await play.ChangeAsync("risks", id, ("level", 1))).Status);
        Assert.Equal(20, (int)(await play.ReadAsync(id)).Json["values"]!["level"]!);
    }

    [Fact]
    public async Task The_heat_map_shows_today_and_any_day_before_in_either_language()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var first = await play.AddRiskAsync("first", 4, 5, "reduce");
        await app.RunUntilAsync(app.Now.AddDays(10));
        (await play.ChangeAsync("risks", first, ("residualLikelihood", 1), ("residualImpact", 2))).Expect(200);
        var second = await play.AddRiskAsync("second", 2, 2);
        var third = await play.AddRiskAsync("third");

        var map = (await app.GetAsync("topManagement", "risks/heat-map?culture=ja")).Expect(200).Json;
        Assert.Equal(("2026-04-11", "極めて高い"), ((string)map["asOf"]!, (string)map["bands"]![3]!["title"]!));
        Assert.Equal([$"2/2 {second}", $"4/5 {first}"], Filled(map["initial"]!));
        Assert.Equal([$"1/2 {first}", $"2/2 {second}"], Filled(map["remaining"]!));
        Assert.Equal([third], map["notAssessed"]!.AsArray().Select(i => (string)i!));

        var earlier = (await app.GetAsync("auditor", "risks/heat-map?asOf=2026-04-01&culture=en-US")).Expect(200).Json;
        Assert.Equal([$"4/5 {first}"], Filled(earlier["remaining"]!));
        Assert.Equal("Critical", (string)earlier["bands"]![3]!["title"]!);
        Assert.Empty(Filled((await app.GetAsync("auditor", "risks/heat-map?asOf=2026-03-31")).Expect(200).Json["initial"]!));
        Assert.Equal("culture-not-offered", (await app.GetAsync("auditor", "risks/heat-map?culture=fr")).Expect(400).Code);
        Assert.Equal("register-as-of-malformed", (await app.GetAsync("auditor", "risks/heat-map?asOf=yesterday")).Expect(400).Code);
    }

    [Fact]
    public async Task Two_days_are_compared_risk_by_risk_and_department_by_department()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var risen = await play.AddRiskAsync("risen", 2, 2);
        var closed = await play.AddRiskAsync("closed", 5, 5);
        await app.RunUntilAsync(app.Now.AddDays(30));
        (await play.ChangeAsync("risks", risen, ("likelihood", 4))).Expect(200);
        (await app.SendAsync(RiskPlay.Keeper, HttpMethod.Delete, $"registers/risks/{closed}", null, $"If-Match: {(await play.ReadAsync(closed)).ETag}")).Expect(200);
        var added = await play.AddRiskAsync("added", 1, 1, department: "it");

        var comparison = (await app.GetAsync("manager", "risks/comparison?from=2026-04-01&to=2026-05-01&culture=en")).Expect(200).Json;
        Assert.Equal((risen, 4, 8), ((string)comparison["risen"]![0]!["id"]!, (int)comparison["risen"]![0]!["from"]!, (int)comparison["risen"]![0]!["to"]!));
        Assert.Equal((closed, added), ((string)comparison["closed"]![0]!["id"]!, (string)comparison["new"]![0]!["id"]!));
        Assert.Equal(["Information Systems", "Sales"], comparison["departments"]!.AsArray().Select(d => (string)d!["name"]!));

        var back = (await app.GetAsync("manager", "risks/comparison?from=2026-05-01&to=2026-04-01")).Expect(400);
        Assert.Equal("period-reversed", back.Code);
        Assert.Equal("risk-date-missing", (await app.GetAsync("manager", "risks/comparison?from=2026-04-01")).Expect(400).Code);
    }

    [Fact]
    public async Task What_nobody_treats_or_accepts_and_what_is_overdue_is_listed()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var undecided = await play.AddRiskAsync("undecided", 4, 4);
        var late = await play.AddRiskAsync("late", 3, 3, "reduce");
        var treatment = await play.AddAsync(
            "treatments", new { name = "MFA", risks = new[] { late }, action = "導入する", owner = "ito", dueDate = "2026-04-10", status = "planned" });
        var borne = await play.AddRiskAsync("borne", 3, 3, "retain");
        (await play.AcceptAsync("owner:suzuki", borne, new { until = "2026-06-01" })).Expect(200);
        await app.RunUntilAsync(app.Now.AddDays(20));

        Assert.Equal([$"withoutTreatment {undecided}", $"notAccepted {late}", $"treatmentOverdue {late} {treatment}"], await ConcernsAsync("risks/attention?days=10"));
        Assert.Contains($"acceptanceExpires {borne}", await ConcernsAsync("risks/attention"));
        Assert.Equal("risk-days-out-of-range", (await app.GetAsync("manager", "risks/attention?days=1000")).Expect(400).Code);

        async Task<string[]> ConcernsAsync(string path) =>
            [.. (await app.GetAsync("secretariat", path)).Expect(200).Json["items"]!.AsArray().Select(i => $"{i!["concern"]} {i["risk"]} {i["treatment"]}".TrimEnd())];
    }

    [Fact]
    public async Task Levels_are_computed_again_when_the_method_has_changed()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("risk", 2, 3);
        var settings = (await app.GetAsync("admin", "organization")).Expect(200);
        var changed = settings.Json.AsObject();
        changed["riskMethod"]!["combination"] = "matrix";
        changed["riskMethod"]!["matrix"] = new JsonArray([.. Enumerable.Range(1, 5).Select(l => new JsonArray([.. Enumerable.Range(1, 5).Select(i => JsonValue.Create(l + i))]))]);
        changed["riskMethod"]!["bands"] = new JsonArray(new JsonObject
        {
            ["id"] = "all", ["title"] = new JsonObject { ["ja"] = "全て", ["en"] = "All" }, ["colour"] = "#123456", ["from"] = 2,
        });
        (await app.SendAsync("admin", HttpMethod.Put, "organization", changed.ToJsonString(), $"If-Match: {settings.ETag}")).Expect(200);
        await app.RunUntilAsync(app.Now.AddMinutes(1));

        var concerns = (await app.GetAsync("manager", "risks/attention")).Expect(200).Json["items"]!.AsArray();
        Assert.Contains(concerns, c => (string)c!["concern"]! == "levelOutdated");
        Assert.Equal([id], (await app.PostAsync("manager", "risks/levels")).Expect(200).Json["changed"]!.AsArray().Select(i => (string)i!));
        Assert.Equal(5, (int)(await play.ReadAsync(id)).Json["values"]!["level"]!);
        Assert.Empty((await app.PostAsync("manager", "risks/levels")).Expect(200).Json["changed"]!.AsArray());
    }

    [Fact]
    public async Task Impact_follows_from_the_assets_where_the_method_says_so()
    {
        var play = await RiskPlay.StartAsync(organization: RiskPlay.OrganizationWith("""{ "impactFrom": "assetValue" }"""));
        await using var app = play.App;
        var asset = await play.AddAsync("assets", new
        {
            name = "顧客名簿", category = "information", department = "sales", owner = "suzuki", confidentiality = 5, integrity = 3, availability = 2,
        });
        var risk = await play.AddAsync("risks", new { name = "漏えい", assets = new[] { asset }, likelihood = 3, department = "sales" });
        var values = (await play.ReadAsync(risk)).Json["values"]!;
        Assert.Equal((5, 15), ((int)values["impact"]!, (int)values["level"]!));
    }

    [Fact]
    public async Task The_starter_content_has_its_levels_and_its_place_on_the_map()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        (await app.PostAsync("secretariat", "registers/sample")).Expect(201);
        var risks = (await app.GetAsync("secretariat", "registers/risks?top=200")).Expect(200).Json["items"]!.AsArray();
        Assert.NotEmpty(risks);
        Assert.All(risks, r => Assert.InRange((int)r!["values"]!["level"]!, 1, 25));
        var map = (await app.GetAsync("secretariat", "risks/heat-map")).Expect(200).Json;
        Assert.Equal(risks.Count, map["initial"]!.AsArray().Sum(c => (int)c!["count"]!));
        Assert.Empty(map["notAssessed"]!.AsArray());
    }

    [Fact]
    public async Task A_method_that_cannot_give_consistent_results_is_refused()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var settings = (await app.GetAsync("admin", "organization")).Expect(200);
        var changed = settings.Json.AsObject();
        changed["riskMethod"]!["acceptanceLine"] = 99;
        var refused = (await app.SendAsync("admin", HttpMethod.Put, "organization", changed.ToJsonString(), $"If-Match: {settings.ETag}")).Expect(400);
        Assert.Equal(("risk-acceptance-line", "riskMethod.acceptanceLine"), (refused.Code, (string)refused.Json["field"]!));
    }

    private static string[] Filled(JsonNode cells) =>
        [.. cells.AsArray().Where(c => (int)c!["count"]! > 0).Select(c => $"{c!["likelihood"]}/{c["impact"]} {string.Join(' ', c["ids"]!.AsArray())}")];
}
