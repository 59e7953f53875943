using System.Text.Json.Nodes;
using IsmsFunctions.Registers.Risks;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Registers.Risks;

public sealed class RiskSuggestionHttpTests
{
    private const string Exceptions = """{ "exceptions": { "legacy-protocol": 2, "administrator-sign-in": 5 } }""";

    [Fact]
    public async Task Exceptions_and_nonconformities_are_suggested_once()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var evidence = await play.CollectedAsync("sign-ins", "sign-in-log", Exceptions);
        (await app.PostAsync("secretariat", "corrective-actions", new { department = "sales", requirement = "離席時は画面をロックする", fact = "ロックされていない端末が2台あった", control = "A.7.7" })).Expect(202);
        Assert.Equal(2, await RefreshAsync(play));
        await app.RunUntilAsync(app.Now.AddDays(1));
        await play.CollectedAsync("sign-ins", "sign-in-log", Exceptions);
        Assert.Equal(0, await RefreshAsync(play));

        var items = await ListAsync(play, "");
        Assert.Equal(["action-FY2026-001", "sign-ins.legacy-protocol.FY2026"], items.Select(i => (string)i!["id"]!));
        Assert.Equal((evidence, "sales"), ((string)items[1]!["evidence"]![0]!, (string)items[0]!["department"]!));
        Assert.Equal(["open", "open"], items.Select(i => (string)i!["state"]!));
        var first = (await app.GetAsync("manager", "risks/suggestions?top=1")).Expect(200).Json;
        Assert.Equal("sign-ins.legacy-protocol.FY2026", (string)(await app.GetAsync("manager", $"risks/suggestions?top=1&continuationToken={first["continuationToken"]}")).Expect(200).Json["items"]![0]!["id"]!);
    }

    [Fact]
    public async Task The_weekly_look_finds_them_without_being_asked()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        await play.CollectedAsync("access-rights", "access-rights-sheet", """{ "exceptions": { "stale-administrator": 1 } }""");
        await app.RunUntilAsync(app.Now.AddDays(7));
        Assert.Equal(["access-rights.stale-administrator.FY2026"], (await ListAsync(play, "")).Select(i => (string)i!["id"]!));
        Assert.Equal(0, await app.Services.GetRequiredService<RiskSources>().SuggestAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_adopted_suggestion_is_a_risk_of_the_register_with_its_evidence()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var evidence = await play.CollectedAsync("sign-ins", "sign-in-log", Exceptions);
        await RefreshAsync(play);
        const string Path = "risks/suggestions/sign-ins.legacy-protocol.FY2026/";
        var adopted = (await app.PostAsync(RiskPlay.Keeper, Path + "adopt", new { values = new { likelihood = 4, impact = 4, department = "it" } })).Expect(201);
        Assert.Equal(("adopted", "/api/registers/risks/R-0001"), ((string)adopted.Json["state"]!, adopted.Location));
        var risk = (await play.ReadAsync("R-0001")).Json["values"]!;
        Assert.Equal(("it", 16, evidence, "2026-04-01"), ((string)risk["department"]!, (int)risk["level"]!, (string)risk["evidence"]![0]!, (string)risk["identifiedAt"]!));
        Assert.Equal("レガシー認証を経由して多要素認証が回避される", (string)risk["name"]!);

        Assert.Equal(adopted.Location, (await app.PostAsync(RiskPlay.Keeper, Path + "adopt")).Expect(201).Location);
        Assert.Equal("risk-suggestion-decided", (await app.PostAsync("manager", Path + "adopt")).Expect(409).Code);
        Assert.Equal("risk-suggestion-decided", (await app.PostAsync("manager", Path + "dismiss", new { reason = "x" })).Expect(409).Code);
        Assert.Empty(await ListAsync(play, "?state=open"));
    }

    [Fact]
    public async Task Two_who_adopt_the_same_suggestion_get_the_same_risk()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        await play.CollectedAsync("sign-ins", "sign-in-log", Exceptions);
        await RefreshAsync(play);
        const string Path = "risks/suggestions/sign-ins.legacy-protocol.FY2026/adopt";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => app.PostAsync(i % 2 == 0 ? RiskPlay.Keeper : "manager", Path)));
        Assert.All(answers, a => Assert.True(a.Status is 201 or 409, a.Text));
        Assert.All(answers.Where(a => a.Status == 201), a => Assert.Equal("/api/registers/risks/R-0001", a.Location));
        Assert.Single((await app.GetAsync("manager", "registers/risks")).Expect(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_suggestion_that_cannot_become_a_risk_stays_open()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        await play.CollectedAsync("sign-ins", "sign-in-log", Exceptions);
        await RefreshAsync(play);
        const string Path = "risks/suggestions/sign-ins.legacy-protocol.FY2026/";
        Assert.Equal(422, (await app.PostAsync(RiskPlay.Keeper, Path + "adopt", new { values = new { likelihood = 4 } })).Status);
        Assert.Equal("register-not-yours", (await app.PostAsync("owner:suzuki", Path + "adopt")).Expect(403).Code);
        Assert.Equal("risk-suggestion-reason-missing", (await app.PostAsync(RiskPlay.Keeper, Path + "dismiss", new { })).Expect(422).Code);
        Assert.Equal("unknown-risk-suggestion", (await app.PostAsync(RiskPlay.Keeper, "risks/suggestions/x/dismiss", new { reason = "x" })).Expect(404).Code);
        Assert.Equal("risk-suggestion-state-unknown", (await app.GetAsync("manager", "risks/suggestions?state=new")).Expect(400).Code);
        Assert.Single(await ListAsync(play, "?state=open"));
        var dismissed = (await app.PostAsync(RiskPlay.Keeper, Path + "dismiss", new { reason = "複合機のみが使用" })).Expect(200).Json;
        Assert.Equal(("dismissed", "kobayashi"), ((string)dismissed["state"]!, (string)dismissed["decidedBy"]!));
        await play.App.RunUntilAsync(app.Now.AddDays(1));
        await play.CollectedAsync("sign-ins", "sign-in-log", Exceptions);
        Assert.Equal(0, await RefreshAsync(play));
    }

    private static async Task<int> RefreshAsync(RiskPlay play) => (int)(await play.App.PostAsync("secretariat", "risks/suggestions/refresh")).Expect(200).Json["added"]!;

    private static async Task<JsonArray> ListAsync(RiskPlay play, string query) =>
        (await play.App.GetAsync("manager", "risks/suggestions" + query)).Expect(200).Json["items"]!.AsArray();
}
