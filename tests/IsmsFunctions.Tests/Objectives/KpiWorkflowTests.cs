using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Objectives;

/// <summary>Quarterly measurement through the whole app, on a virtual clock.</summary>
public sealed class KpiWorkflowTests
{
    private const string Item = "item-FY2026-kpi-measurement-q1";

    [Fact]
    public async Task A_quarters_item_starts_a_measurement_that_asks_owners_and_ends_in_the_items_record()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new KpiPlay(app);
        var measured = await play.RegisterAsync("計画どおりに実施する", "plan-on-time", "0");
        var manual = await play.RegisterAsync("訓練のクリック率");
        (await app.PostAsync(KpiPlay.Secretariat, "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(KpiPlay.Morning(2026, 4, 2));
        var item = (await app.GetAsync(KpiPlay.Secretariat, "years/FY2026/items/kpi-measurement-q1")).Expect(200).Json["item"]!;
        Assert.Equal(("kpi", "kpi-FY2026-q1"), ((string)item["work"]!, (string)item["workId"]!));
        Assert.Equal("scheduled", (string)(await play.MeasurementAsync())["stage"]!);

        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 16).AddMinutes(1));
        var entering = await play.MeasurementAsync();
        Assert.Equal("entering", (string)entering["stage"]!);
        Assert.Equal([manual], entering["missing"]!.AsArray().Select(m => (string)m!));
        Assert.NotNull(await play.RegisteredAsync(measured)); // written by the system
        Assert.Equal("system", (string)(await play.EntryAsync(measured))["changedBy"]!);
        Assert.Contains("kpi-FY2026-q1.2.enter.ito", await app.NoticesAsync());
        Assert.Empty(await play.SheetsAsync(Item));

        (await play.EnterAsync("owner:ito", manual, 96.5m)).Expect(200);
        await app.SettleAsync();
        Assert.Equal("recorded", (string)(await play.MeasurementAsync())["stage"]!);
        var sheet = Assert.Single(await play.SheetsAsync(Item));
        Assert.Equal(96.5m, await play.RegisteredAsync(manual));
        var page = await app.GetAsync(KpiPlay.Secretariat, $"evidence/{sheet["id"]}/files/kpi-sheet.ja.html");
        Assert.Contains("訓練のクリック率", page.Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains(sheet["files"]!.AsArray(), f => (string)f!["path"]! == "kpi-sheet.ja.xlsx");
        Assert.Contains(await app.NoticesAsync(), n => n.EndsWith(".recorded.kobayashi", StringComparison.Ordinal));
        (await app.PostAsync("owner", "years/FY2026/items/kpi-measurement-q1/submit")).Expect(200);
    }

    [Fact]
    public async Task Owners_who_do_not_answer_are_reminded_escalated_and_on_record_as_not_measured_and_a_late_value_corrects_the_sheet()
    {
        await using var app = await RunningApp.StartAsync(KpiPlay.Morning(2026, 6, 15));
        var play = new KpiPlay(app);
        var manual = await play.RegisterAsync("訓練のクリック率");
        (await app.PostAsync("owner", "kpis/measure?quarter=FY2026-q1")).Expect(200);
        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 30).AddMinutes(-1));
        var notices = await app.NoticesAsync();
        Assert.Contains(notices, n => n.Contains(".upcoming-3.ito", StringComparison.Ordinal));
        Assert.Contains(notices, n => n.Contains(".overdue-1.ito", StringComparison.Ordinal));
        Assert.Contains(notices, n => n.Contains(".escalatedtomanager-2.watanabe", StringComparison.Ordinal));
        Assert.Empty(await play.SheetsAsync("kpi-FY2026-q1"));

        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 30).AddMinutes(1));
        var first = Assert.Single(await play.SheetsAsync("kpi-FY2026-q1"));
        Assert.Equal(1, (int)(await play.MeasurementAsync())["figures"]!["notMeasured"]!);

        await app.RunUntilAsync(KpiPlay.Morning(2026, 7, 3));
        (await play.EnterAsync("owner:ito", manual, 97)).Expect(200);
        await app.SettleAsync();
        var sheets = await play.SheetsAsync("kpi-FY2026-q1");
        Assert.Equal(2, sheets.Count);
        Assert.Contains(sheets, s => (string?)s["supersedes"] == (string)first["id"]!);
        Assert.Equal(("recorded", 2), ((string)(await play.MeasurementAsync())["stage"]!, (int)(await play.MeasurementAsync())["round"]!));
    }

    [Fact]
    public async Task A_restart_in_the_middle_repeats_nothing()
    {
        await using var app = await RunningApp.StartAsync(KpiPlay.Morning(2026, 6, 15));
        var play = new KpiPlay(app);
        var manual = await play.RegisterAsync("訓練のクリック率");
        (await app.PostAsync("owner", "kpis/measure")).Expect(200);
        await app.RestartAsync(KpiPlay.Morning(2026, 6, 20)); // away on the day of measuring
        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 20).AddMinutes(5));
        Assert.Single(await app.NoticesAsync(), n => n.Contains(".enter.ito", StringComparison.Ordinal));
        await app.RestartAsync();
        (await play.EnterAsync("owner:ito", manual, 97, null, "FY2026-q1", "Idempotency-Key: 1")).Expect(200);
        (await play.EnterAsync("owner:ito", manual, 97, null, "FY2026-q1", "Idempotency-Key: 1")).Expect(200);
        await app.SettleAsync();
        Assert.Single(await play.SheetsAsync("kpi-FY2026-q1"));
        Assert.Single((await play.MeasurementAsync())["items"]![0]!["entries"]!.AsArray());
    }

    [Fact]
    public async Task A_sheet_that_could_not_be_recorded_for_a_day_is_recorded_once()
    {
        await using var app = await RunningApp.StartAsync(KpiPlay.Morning(2026, 6, 15), configure: builder =>
            builder.Services.AddSingleton<IEvidenceStore>(p => new AbsentEvidence(p.GetRequiredService<EvidenceStore>())));
        var evidence = (AbsentEvidence)app.Services.GetRequiredService<IEvidenceStore>();
        var play = new KpiPlay(app);
        var manual = await play.RegisterAsync("訓練のクリック率");
        (await app.PostAsync("owner", "kpis/measure?quarter=FY2026-q1")).Expect(200);
        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 16).AddMinutes(5));

        evidence.IsAway = true;
        (await play.EnterAsync("owner:ito", manual, 97)).Expect(200);
        await app.RunUntilAsync(app.Now.AddDays(1));
        Assert.True(evidence.Failures > 5, "Nothing was tried again.");
        evidence.IsAway = false;
        await app.RunUntilAsync(app.Now.AddHours(7));

        Assert.Single(await play.SheetsAsync("kpi-FY2026-q1"));
        Assert.Single(await app.NoticesAsync(), n => n.EndsWith(".recorded.kobayashi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_objectives_no_sheet_is_written_and_the_manager_is_told()
    {
        await using var app = await RunningApp.StartAsync(KpiPlay.Morning(2026, 6, 15));
        var play = new KpiPlay(app);
        (await app.PostAsync("owner", "kpis/measure")).Expect(200);
        await app.RunUntilAsync(KpiPlay.Morning(2026, 7, 1));
        Assert.Equal("nothingToMeasure", (string)(await play.MeasurementAsync())["stage"]!);
        Assert.Empty(await play.SheetsAsync("kpi-FY2026-q1"));
        Assert.Contains(await app.NoticesAsync(), n => n.Contains(".nothing.watanabe", StringComparison.Ordinal));
    }
}
