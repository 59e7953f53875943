namespace IsmsFunctions.Tests.Registers.Risks;

public sealed class RiskDecisionHttpTests
{
    [Fact]
    public async Task A_risk_is_accepted_by_somebody_with_the_right_and_in_person()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("risk", 4, 4);
        var refused = (await play.AcceptAsync("manager", id)).Expect(403);
        Assert.Equal("risk-approver-without-right", refused.Code);
        Assert.Contains("sato", (string)refused.Json["detail"]!, StringComparison.Ordinal);

        var accepted = (await play.AcceptAsync("topManagement", id)).Expect(200);
        var values = accepted.Json["values"]!;
        Assert.Equal(("sato", "2026-04-01", "2027-04-01", "retain"), ((string)values["acceptedBy"]!, (string)values["acceptedAt"]!, (string)values["acceptanceExpiresAt"]!, (string)values["treatment"]!));
        Assert.Equal("\"2\"", accepted.ETag);
        var history = (await app.GetAsync("manager", $"registers/risks/{id}/history")).Expect(200).Json["items"]!;
        Assert.Equal("sato", (string)history[0]!["by"]!);
    }

    [Fact]
    public async Task An_acceptance_cannot_be_typed_into_the_register()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("risk", 4, 4);
        var forged = await play.ChangeAsync("risks", id, ("acceptedBy", "sato"), ("acceptedAt", "2026-04-01"), ("acceptanceExpiresAt", "2027-04-01"));
        Assert.Equal(400, forged.Status);
        Assert.Null((await play.ReadAsync(id)).Json["values"]!["acceptedBy"]);
    }

    [Fact]
    public async Task An_acceptance_ends_when_the_risk_rises_and_stays_when_it_falls()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("risk", 3, 3);
        (await play.AcceptAsync("owner:suzuki", id)).Expect(200);
        (await play.ChangeAsync("risks", id, ("likelihood", 2))).Expect(200);
        Assert.Equal("suzuki", (string)(await play.ReadAsync(id)).Json["values"]!["acceptedBy"]!);
        (await play.ChangeAsync("risks", id, ("likelihood", 3))).Expect(200);
        Assert.Null((await play.ReadAsync(id)).Json["values"]!["acceptedBy"]);
    }

    [Fact]
    public async Task What_is_accepted_is_the_version_that_was_read()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("risk", 3, 3);
        var etag = (await play.ReadAsync(id)).ETag;
        (await play.ChangeAsync("risks", id, ("likelihood", 2))).Expect(200);
        Assert.Equal(412, (await app.PostAsync("topManagement", $"risks/{id}/accept", null, $"If-Match: {etag}")).Status);
        Assert.Equal(428, (await app.PostAsync("topManagement", $"risks/{id}/accept")).Status);
        Assert.Equal(404, (await app.PostAsync("topManagement", "risks/R-0099/accept", null, "If-Match: \"1\"")).Status);
        Assert.Equal("risk-acceptance-period", (await play.AcceptAsync("topManagement", id, new { until = "2028-01-01" })).Expect(422).Code);
        Assert.Equal("risk-not-accepted", (await RevokeAsync("topManagement")).Expect(409).Code);
        (await play.AcceptAsync("topManagement", id)).Expect(200);
        Assert.Equal("risk-revoker-without-right", (await RevokeAsync("secretariat")).Expect(403).Code);
        (await RevokeAsync("manager")).Expect(200);
        Assert.Null((await play.ReadAsync(id)).Json["values"]!["acceptedBy"]);

        async Task<Hosting.Answer> RevokeAsync(string persona) =>
            await app.PostAsync(persona, $"risks/{id}/revoke-acceptance", null, $"If-Match: {(await play.ReadAsync(id)).ETag}");
    }

    [Fact]
    public async Task The_same_command_given_again_accepts_once()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        var id = await play.AddRiskAsync("risk", 3, 3);
        var headers = new[] { $"If-Match: {(await play.ReadAsync(id)).ETag}", "Idempotency-Key: 1" };
        (await app.PostAsync("topManagement", $"risks/{id}/accept", null, headers)).Expect(200);
        Assert.Equal("\"2\"", (await app.PostAsync("topManagement", $"risks/{id}/accept", null, headers)).Expect(200).ETag);
    }

    [Fact]
    public async Task The_years_items_are_submitted_on_the_recorded_assessment_and_acceptance()
    {
        var play = await RiskPlay.StartAsync();
        await using var app = play.App;
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        Assert.Equal("risk-assessment-empty", (await RecordAsync("risk-assessment-sheet")).Expect(422).Code);
        var id = await play.AddRiskAsync("顧客名簿の漏えい", 4, 4);
        var sheet = (await RecordAsync("risk-assessment-sheet")).Expect(201);
        Assert.Equal(("item-FY2026-risk-assessment", 1), ((string)sheet.Json["subject"]!, (int)sheet.Json["risks"]!));
        Assert.Equal(sheet.Location, (await RecordAsync("risk-assessment-sheet")).Expect(201).Location);
        var evidence = (await app.GetAsync("auditor", sheet.Location!["/api/".Length..])).Expect(200).Json;
        Assert.Equal(("risk", "risk-assessment-sheet"), ((string)evidence["type"]!, (string)evidence["record"]!));
        Assert.Equal(["risk-assessment-sheet.en.html", "risk-assessment-sheet.en.xlsx", "risk-assessment-sheet.ja.html", "risk-assessment-sheet.ja.xlsx", "risk-assessment-sheet.json"], evidence["files"]!.AsArray().Select(f => (string)f!["path"]!));
        (await app.PostAsync(RiskPlay.Keeper, "years/FY2026/items/risk-assessment/submit")).Expect(200);

        var open = (await RecordAsync("residual-risk-acceptance")).Expect(422);
        Assert.Equal(("risks-neither-treated-nor-accepted", $"{id}: Treatment undecided"), (open.Code, (string)open.Json["missing"]![0]!));
        (await play.AcceptAsync("topManagement", id)).Expect(200);
        Assert.Equal("item-FY2026-risk-treatment", (string)(await RecordAsync("residual-risk-acceptance")).Expect(201).Json["subject"]!);
        Assert.Equal("risk-record-unknown", (await RecordAsync("asset-register")).Expect(400).Code);
        Assert.Equal("unknown-year", (await app.PostAsync(RiskPlay.Keeper, "risks/assessments", new { year = "FY2027" })).Expect(404).Code);

        Task<Hosting.Answer> RecordAsync(string record) => app.PostAsync(RiskPlay.Keeper, "risks/assessments", new { year = "FY2026", record });
    }
}
