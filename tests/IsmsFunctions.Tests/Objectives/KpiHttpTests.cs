using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Objectives;

public sealed class KpiHttpTests : IAsyncLifetime
{
    private RunningApp app = null!;
    private KpiPlay play = null!;

    public async Task InitializeAsync()
    {
        app = await RunningApp.StartAsync(KpiPlay.Morning(2026, 6, 1));
        play = new KpiPlay(app);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task The_overview_shows_values_scores_trends_and_where_they_come_from()
    {
        var measured = await play.RegisterAsync("アクセス権の逸脱をなくす", "mfa-coverage");
        var manual = await play.RegisterAsync("訓練のクリック率", more: ("tolerance", 5));
        (await play.EnterAsync("owner:ito", manual, 91)).Expect(200);

        var first = (await play.ShownAsync(manual))["quarters"]![0]!;
        Assert.Equal((91m, "entered", "nearlyMet"), ((decimal)first["value"]!, (string)first["origin"]!, (string)first["achievement"]!));
        Assert.Equal("ito", (string)first["entries"]![0]!["by"]!);
        Assert.Equal("nearlyMet", (string)(await play.EntryAsync(manual))["values"]!["achievement"]!);

        var nothing = (await play.ShownAsync(measured))["quarters"]![0]!;
        Assert.Null(nothing["value"]);
        Assert.Contains("registered", (string)nothing["measured"]!["nothingBecause"]!["en"]!, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await app.GetAsync("auditor", "kpis?fy=FY2026")).Expect(200).Json["figures"]!["notMeasured"]!);
        Assert.Empty((await app.GetAsync("auditor", "kpis?fy=FY2031")).Expect(200).Json["items"]!.AsArray());
        Assert.Equal("fiscal-year-malformed", (await app.GetAsync("auditor", "kpis?fy=2026")).Expect(400).Code);
    }

    [Fact]
    public async Task What_the_system_measured_is_replaced_for_a_reason_only_and_stays_beside()
    {
        var id = await play.RegisterAsync("監査の指摘", "actions-in-time");
        (await play.EnterAsync("owner:ito", id, 80)).Expect(200); // nothing to measure: no reason needed
        var year = await play.RegisterAsync("計画", "plan-on-time", "50");
        (await app.PostAsync(KpiPlay.Secretariat, "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 10));
        (await app.PostAsync(KpiPlay.Secretariat, "kpis/measure")).Expect(200);
        Assert.Equal(0, await play.RegisteredAsync(year)); // items of April and May fell due, and nobody did them

        Assert.Equal("kpi-override-without-reason", (await play.EnterAsync("owner:ito", year, 40)).Expect(422).Code);
        (await play.EnterAsync("owner:ito", year, 40, "紙の記録で実施を確認した")).Expect(200);
        Assert.Equal(40, await play.RegisteredAsync(year));
        (await app.PostAsync(KpiPlay.Secretariat, "kpis/measure")).Expect(200);
        Assert.Equal(40, await play.RegisteredAsync(year));
        var quarter = (await play.ShownAsync(year))["quarters"]![0]!;
        Assert.Equal((0m, "紙の記録で実施を確認した"), ((decimal)quarter["measured"]!["value"]!, (string)quarter["entries"]![0]!["reason"]!));
    }

    [Fact]
    public async Task A_value_typed_into_the_register_is_not_overwritten()
    {
        var id = await play.RegisterAsync("教育の受講率", "mfa-coverage", more: ("quarter1", 88));
        (await app.PostAsync(KpiPlay.Secretariat, "kpis/measure")).Expect(200);
        Assert.Equal(88, await play.RegisteredAsync(id));
        Assert.Equal("register", (string)(await play.ShownAsync(id))["quarters"]![0]!["origin"]!);
    }

    [Fact]
    public async Task Only_the_owner_or_who_keeps_the_entry_may_enter_its_value()
    {
        var id = await play.RegisterAsync("訓練のクリック率");
        Assert.Equal("kpi-not-yours", (await play.EnterAsync("owner:suzuki", id, 1)).Expect(403).Code);
        (await play.EnterAsync("owner:ito", id, 96)).Expect(200);
        (await play.EnterAsync(KpiPlay.Secretariat, id, 97)).Expect(200);
        Assert.Equal("kpi-keepers-only", (await app.PostAsync("owner:suzuki", "kpis/measure")).Expect(403).Code);
        (await app.PostAsync("externalAuditor", "kpis/measure")).Expect(403);
        (await app.PostAsync("auditor", "kpis/measure")).Expect(403);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_with_its_field()
    {
        var id = await play.RegisterAsync("訓練のクリック率");
        Assert.Equal("kpi-quarter-malformed", (await play.EnterAsync("owner:ito", id, 1, quarter: "2026Q1")).Expect(400).Code);
        Assert.Equal("kpi-quarter-not-begun", (await play.EnterAsync("owner:ito", id, 1, quarter: "FY2026-q2")).Expect(422).Code);
        Assert.Equal("kpi-not-due", (await play.EnterAsync("owner:ito", id, 1, quarter: "FY2025-q1")).Expect(422).Code);
        Assert.Equal("unknown-kpi", (await play.EnterAsync("owner:ito", "O-0099", 1)).Expect(404).Code);
        Assert.Equal("kpi-evidence-unknown", (await app.PostAsync("owner:ito", $"kpis/{id}/measurements", new { value = 1, evidence = new[] { "nothing" } })).Expect(400).Code);
        Assert.Equal("unknown-kpi-measurement", (await app.GetAsync("auditor", "kpi-measurements/kpi-FY2030-q1")).Expect(404).Code);
        (await app.PostAsync("owner:ito", $"kpis/{id}/measurements", "{\"valeu\":1}")).Expect(400);
        (await app.PostAsync(null, "kpis/measure")).Expect(401);
    }

    [Fact]
    public async Task An_objective_can_only_name_a_measure_that_there_is()
    {
        var measures = (await app.GetAsync("auditor", "measures")).Expect(200).Json["items"]!.AsArray().Select(m => (string)m!["id"]!).ToList();
        Assert.Contains("plan-on-time", measures);
        Assert.Contains("mfa-coverage", measures);
        Assert.Equal(measures.Order(StringComparer.Ordinal), measures);
        var refused = await app.PostAsync(KpiPlay.Secretariat, "registers/objectives", new
        {
            values = new { name = "x", fiscalYear = "FY2026", owner = "ito", plan = "x", target = 1, unit = "%", direction = "atLeast", source = "x", frequency = "quarterly", measure = "guess" },
        });
        Assert.Equal("measure-unknown", refused.Expect(422).Code);
    }

    [Fact]
    public async Task A_sheet_recorded_early_needs_a_reason_for_what_is_missing()
    {
        await play.RegisterAsync("訓練のクリック率");
        (await app.PostAsync("owner", "kpis/record?quarter=FY2026-q1")).Expect(404);
        (await app.PostAsync("owner", "kpis/measure")).Expect(200);
        Assert.Equal("kpi-values-missing", (await app.PostAsync("owner", "kpis/record")).Expect(422).Code);
        (await app.PostAsync("owner", "kpis/record", new { reason = "訓練サービスを解約した" })).Expect(202);
        await app.SettleAsync();
        var sheet = Assert.Single(await play.SheetsAsync("kpi-FY2026-q1"));
        Assert.Contains("訓練サービスを解約した", (await app.GetAsync("auditor", $"evidence/{sheet["id"]}/files/kpi-sheet.ja.html")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal("kpi-sheet-on-record", (await app.PostAsync("owner", "kpis/record")).Expect(409).Code);
    }

    [Fact]
    public async Task Controls_are_judged_from_the_statement_and_put_on_record_for_the_plan_item()
    {
        Assert.Equal("effectiveness-nothing-applies", (await app.PostAsync("owner", "effectiveness/record")).Expect(422).Code);
        (await app.PostAsync(KpiPlay.Secretariat, "registers/sample")).Expect(201);
        (await app.PostAsync(KpiPlay.Secretariat, "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        var shown = (await app.GetAsync("auditor", "effectiveness")).Expect(200).Json;
        var control = shown["items"]!.AsArray().First(c => (string)c!["proposed"]! == "notShown")!;
        var id = (string)control["control"]!;

        Assert.Equal("judgement-without-reason", (await app.PostAsync("owner", $"effectiveness/{id}/judgement", new { judgement = "effective" })).Expect(422).Code);
        var judged = (await app.PostAsync("owner", $"effectiveness/{id}/judgement", new { judgement = "effective", reason = "現場で確認した" })).Expect(200).Json;
        Assert.Equal(("notShown", "effective"), ((string)judged["proposed"]!, (string)judged["judgement"]!));
        Assert.Equal("kpi-keepers-only", (await app.PostAsync("owner:suzuki", $"effectiveness/{id}/judgement", new { judgement = "notShown" })).Expect(403).Code);
        Assert.Equal("control-not-applicable", (await app.PostAsync("owner", "effectiveness/9.99/judgement", new { judgement = "notShown" })).Expect(404).Code);

        var recorded = (await app.PostAsync("owner", "effectiveness/record", null, "Idempotency-Key: a")).Expect(201).Json;
        var again = (await app.PostAsync("owner", "effectiveness/record", null, "Idempotency-Key: a")).Expect(201).Json;
        Assert.Equal("item-FY2026-control-effectiveness", (string)recorded["subject"]!);
        Assert.Equal((string)recorded["evidence"]!, (string)again["evidence"]!);
        Assert.Contains("現場で確認した", (await app.GetAsync("auditor", $"evidence/{recorded["evidence"]}/files/effectiveness-sheet.ja.html")).Expect(200).Text, StringComparison.Ordinal);
    }
}
