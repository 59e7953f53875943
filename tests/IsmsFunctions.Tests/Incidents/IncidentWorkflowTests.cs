using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Incidents;

/// <summary>Incidents through the whole app: HTTP, workflows on the durable engine, storage, mails, a virtual clock.</summary>
public sealed class IncidentWorkflowTests
{
    private static DateTimeOffset Tokyo(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(9));

    [Fact]
    public async Task A_misdelivery_of_sensitive_data_is_reported_in_time_and_its_lessons_become_an_action_and_a_training_need()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive));
        Assert.Equal("incident-FY2026-001", id);
        Assert.Equal("triage", await play.StageAsync(id));
        Assert.Equal(["nakamura", "sato", "watanabe"], app.Mails().Where(m => m.StartsWith($"{id}.1.reported.", StringComparison.Ordinal)).Select(m => m.Split('.')[^1]));
        Assert.Contains($"{id}.0.clocks-3-0.watanabe", app.Mails());

        await play.CloseAsync(id);

        var closed = await play.ReadAsync(id);
        Assert.Equal("closed", (string)closed["stage"]!);
        Assert.Equal("action-FY2026-001", (string)closed["lessons"]![0]!["action"]!);
        var action = (await app.GetAsync("secretariat", "corrective-actions/action-FY2026-001")).Expect(200).Json;
        Assert.Equal(("incident", id, "l-01"), ((string)action["source"]!["origin"]!, (string)action["source"]!["instance"]!, (string)action["source"]!["finding"]!));
        Assert.Contains($"{id}.0.training-l-02.nakamura", app.Mails());
        var evidence = await play.EvidenceAsync(id);
        Assert.Equal(["breach-report", "breach-report", "breach-report", "incident-record"], evidence.Select(e => (string)e["record"]!).Order());
        Assert.All(evidence, e => Assert.Equal("incident", (string)e["type"]!));
        Assert.Equal(["5.24", "5.25", "5.26", "5.27", "5.28", "6.8"], evidence[0]["controls"]!.AsArray().Select(c => (string)c!));
        var record = evidence.Single(e => (string)e["record"]! == "incident-record");
        var page = (await app.GetAsync("secretariat", $"evidence/{record["id"]}/files/incident-record.ja.html")).Expect(200).Text;
        Assert.Contains("情報セキュリティインシデント記録", page, StringComparison.Ordinal);
        Assert.Contains("案内メールの誤送信 &lt;A社&gt;", page, StringComparison.Ordinal);
        Assert.Contains("2026年8月8日 14:30", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clocks_remind_and_escalate_to_the_hour_in_the_organisations_time_zone()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive));
        await play.TriageAsync(id);
        async Task<bool> Told(string notice, DateTimeOffset moment)
        {
            await app.RunUntilAsync(moment.AddMinutes(-1));
            var before = (await app.NoticesAsync()).Contains(notice);
            await app.RunUntilAsync(moment);
            return !before && (await app.NoticesAsync()).Contains(notice);
        }

        Assert.True(await Told($"{id}.0.preliminary-1-beforetarget-24.suzuki", Tokyo(8, 5, 14, 30)));
        Assert.True(await Told($"{id}.0.preliminary-1-targetpassed-0.watanabe", Tokyo(8, 6, 14, 30)));
        Assert.True(await Told($"{id}.0.preliminary-1-limitpassed-0.sato", Tokyo(8, 8, 14, 30)));
        await play.ReportToAsync(id, "preliminary");
        Assert.True(await Told($"{id}.0.final-1-beforelimit-24.nakamura", Tokyo(9, 1, 0)));
        Assert.True(await Told($"{id}.0.final-1-limitpassed-0.sato", Tokyo(9, 2, 0)));
        Assert.DoesNotContain(await app.NoticesAsync(), n => n.StartsWith($"{id}.0.preliminary-1-stillmissing", StringComparison.Ordinal));
        await app.RunUntilAsync(Tokyo(9, 2, 0, 1));
        var clocks = (await play.ReadAsync(id))["clocks"]!.AsArray();
        Assert.Equal(("2026年8月8日 14:30", "2026年9月1日 24:00", true), ((string)clocks[0]!["limitText"]!["ja"]!, (string)clocks[1]!["limitText"]!["ja"]!, (bool)clocks[1]!["late"]!));
    }

    [Fact]
    public async Task In_New_York_the_hours_are_those_of_its_clocks_even_where_summer_time_begins_between()
    {
        var sample = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(IsmsFunctions.Testing.Repository.SampleOrganization))!;
        sample["timeZone"] = "America/New_York";

        // Friday, 6 March 2026, 14:30 in New York; the clocks go forward on Sunday.
        await using var app = await AuditPlay.StartAppAsync(new DateTimeOffset(2026, 3, 6, 14, 30, 0, TimeSpan.FromHours(-5)), sample.ToJsonString());
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive));
        await play.TriageAsync(id);
        var clocks = (await play.ReadAsync(id))["clocks"]!.AsArray();
        Assert.Equal(("2026年3月11日 14:30", "2026年4月6日 24:00"), ((string)clocks[0]!["limitText"]!["ja"]!, (string)clocks[1]!["limitText"]!["ja"]!));

        var limit = new DateTimeOffset(2026, 3, 11, 14, 30, 0, TimeSpan.FromHours(-4));
        await app.RunUntilAsync(limit.AddMinutes(-1));
        Assert.DoesNotContain($"{id}.0.preliminary-1-limitpassed-0.sato", await app.NoticesAsync());
        await app.RunUntilAsync(limit);
        Assert.Contains($"{id}.0.preliminary-1-limitpassed-0.sato", await app.NoticesAsync());
    }

    [Fact]
    public async Task An_unjust_purpose_suspected_later_moves_the_final_report_and_the_old_limit_reminds_nobody()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive));
        await play.TriageAsync(id);
        await play.ReportToAsync(id, "preliminary");
        await app.RunUntilAsync(Tokyo(8, 20, 10));
        await play.DoAsync(IncidentPlay.Handler, id, "assess", new { reason = "持ち出しの疑いが生じた。", personalData = new { persons = 12, sensitive = true, unjustPurposeSuspected = true } });
        Assert.Contains($"{id}.0.clocks-5-2.watanabe", await app.NoticesAsync());

        await app.RunUntilAsync(Tokyo(10, 2, 1));
        var notices = await app.NoticesAsync();
        Assert.DoesNotContain(notices, n => n.StartsWith($"{id}.0.final-1-", StringComparison.Ordinal) && !n.Contains("beforelimit-240", StringComparison.Ordinal));
        Assert.Contains($"{id}.0.final-2-limitpassed-0.sato", notices);
    }

    [Fact]
    public async Task A_near_miss_takes_the_short_path()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report("nearMiss"));
        await play.TriageAsync(id);
        Assert.Equal("lessonsLearned", await play.StageAsync(id));
        await play.LearnAsync(id);
        await play.DoAsync("secretariat", id, "close", new { comment = "朝礼で共有した。" });
        Assert.Contains("ヒヤリ・ハット記録", (string)Assert.Single(await play.EvidenceAsync(id))["title"]!["ja"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Mails(), m => m.StartsWith($"{id}.1.", StringComparison.Ordinal) && m.EndsWith(".sato", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drill_goes_the_same_way_marked_as_one_and_satisfies_the_plans_emergency_drill()
    {
        await using var app = await AuditPlay.StartAppAsync(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(new DateTimeOffset(2026, 10, 5, 0, 0, 0, TimeSpan.Zero));
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report("drill", IncidentPlay.Sensitive, planItem: "item-FY2026-emergency-drill"), "secretariat");
        await play.CloseAsync(id);

        var item = (await app.GetAsync("secretariat", "years/FY2026/items/emergency-drill")).Expect(200).Json;
        Assert.Single(item["records"]![0]!["evidence"]!.AsArray());
        (await app.PostAsync("secretariat", "years/FY2026/items/emergency-drill/submit")).Expect(200);
        var record = (await play.EvidenceAsync("item-FY2026-emergency-drill")).Single(e => (string)e["record"]! == "drill-record");
        Assert.Contains("(訓練)", (string)record["title"]!["ja"]!, StringComparison.Ordinal);
        var mail = await File.ReadAllTextAsync(Path.Combine(app.MailFolder, $"{id}.1.reported.sato.eml"));
        Assert.Contains("Subject:", mail, StringComparison.Ordinal);
        var figures = (await app.GetAsync("secretariat", "incidents/statistics?fy=FY2026")).Expect(200).Json;
        Assert.Equal((0, 1), ((int)figures["incidents"]!, (int)figures["drills"]!));
    }

    [Fact]
    public async Task An_incident_that_nobody_deals_with_escalates()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var id = await new IncidentPlay(app).ReportAsync();
        await app.RunUntilAsync(Tokyo(8, 20, 10));
        var notices = await app.NoticesAsync();
        Assert.Contains($"{id}.2.overdue-1.nakamura", notices);
        Assert.Contains($"{id}.2.escalatedtomanager-3.watanabe", notices);
        Assert.Contains($"{id}.2.escalatedtotopmanagement-14.sato", notices);
    }

    [Fact]
    public async Task Restarts_and_needless_wake_ups_after_every_step_double_nothing()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive));
        Func<Task>[] steps =
        [
            () => play.TriageAsync(id), () => play.ContainAsync(id), () => play.InvestigateAsync(id), () => play.ReportToAsync(id, "preliminary"),
            () => play.ReportToAsync(id, "final"), () => play.ReportToAsync(id, "persons"), () => play.DoAsync("secretariat", id, "complete-reporting"),
            () => play.RecoverAsync(id), () => play.LearnAsync(id), () => play.DoAsync("secretariat", id, "close"),
        ];
        foreach (var step in steps)
        {
            await step();
            await app.RestartAsync();
            await app.PostAsync("secretariat", $"incidents/{id}/note", new { what = "先方に状況を確認した。" });
            await app.SettleAsync();
        }

        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(4, (await play.EvidenceAsync(id)).Count);
        Assert.Single((await app.GetAsync("secretariat", "corrective-actions")).Json["items"]!.AsArray());
        var notices = await app.NoticesAsync();
        Assert.Equal(notices.Distinct(), notices);
        Assert.Equal(3, notices.Count(n => n.StartsWith($"{id}.1.reported.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_incident_that_could_not_be_recorded_for_a_day_is_recorded_once_and_its_actions_are_raised_once()
    {
        await using var app = await RunningApp.StartAsync(IncidentPlay.Start, configure: builder =>
            builder.Services.AddSingleton<IEvidenceStore>(p => new AbsentEvidence(p.GetRequiredService<EvidenceStore>())));
        var evidence = (AbsentEvidence)app.Services.GetRequiredService<IEvidenceStore>();
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync();
        evidence.IsAway = true;
        await play.CloseAsync(id);
        await app.RunUntilAsync(app.Now.AddDays(1));
        Assert.True(evidence.Failures > 5, "Nothing was tried again.");
        evidence.IsAway = false;
        await app.RunUntilAsync(app.Now.AddHours(7));

        Assert.Equal("incident-record", (string)Assert.Single(await play.EvidenceAsync(id))["record"]!);
        Assert.Single((await app.GetAsync("secretariat", "corrective-actions")).Json["items"]!.AsArray());
        Assert.Single(await app.NoticesAsync(), n => n.EndsWith(".closed.watanabe", StringComparison.Ordinal) && n.StartsWith(id, StringComparison.Ordinal));
    }
}
