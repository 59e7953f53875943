using System.Text.Json;
using System.Text.Json.Nodes;
using Isms.Certification;
using Isms.ManagementReviews;
using Isms.Organizations;
using Isms.Text;
using IsmsFunctions.Certification;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Certification;

/// <summary>Audits of the certification body through the whole app: the plan opens them, people report, the body is answered.</summary>
public sealed class CertificationWorkflowTests
{
    private const string Secretariat = "secretariat";
    private const string Item = "certification-audit-2024-surveillance-2";
    private const string Audit = "certification-2024-surveillance-2";

    private static readonly Organization Firm = YearPlay.Firm() with
    {
        Certification = new CertificationSettings
        {
            Body = new LocalizedText("認証機関", "Certification body"), CertificateNumber = "IS 1", IssuedOn = new DateOnly(2024, 12, 16),
        },
    };

    [Fact]
    public async Task A_report_of_the_body_that_could_not_be_recorded_for_a_day_is_recorded_once()
    {
        AbsentEvidence evidence = null!;
        await using var app = await RunningApp.StartAsync(Morning(2026, 11, 18), JsonSerializer.Serialize(Firm, Json.Options), builder =>
            builder.Services.AddSingleton<IEvidenceStore>(p => evidence = new AbsentEvidence(p.GetRequiredService<EvidenceStore>())));
        var year = new YearPlay(app);
        await year.StartAsync();
        await app.RunUntilAsync(app.Now.AddMinutes(5));

        evidence.IsAway = true;
        await DoAsync(app, "held", new
        {
            from = "2026-11-16", to = "2026-11-17", result = "recommended", auditors = new[] { "審査 太郎" }, summary = "運用は定着している。", findings = Array.Empty<object>(),
        });
        await app.RunUntilAsync(app.Now.AddDays(1));
        Assert.True(evidence.Failures > 5, "Nothing was tried again.");
        evidence.IsAway = false;
        await app.RunUntilAsync(app.Now.AddHours(7));

        var records = (await app.GetAsync(Secretariat, $"evidence?subject=item-FY2026-{Item}")).Json["items"]!.AsArray();
        Assert.Single(records, r => (string?)r!["record"] == "certification-audit-report");
        Assert.Equal("closed", (string?)(await ReadAsync(app))["stage"]);
    }

    [Fact]
    public async Task The_plan_opens_the_surveillance_audit_whose_minor_finding_is_answered_accepted_and_closed()
    {
        await using var app = await YearPlay.StartAppAsync(Morning(2026, 8, 31), Firm);
        var year = new YearPlay(app);
        await year.StartAsync();
        Assert.Equal("scheduled", await year.StateAsync(Item));
        await app.RunUntilAsync(Morning(2026, 9, 1).AddMinutes(1));
        Assert.Equal(("open", Audit), ((string?)(await year.ReadAsync(Item))["item"]!["state"], (string?)(await year.ReadAsync(Item))["item"]!["workId"]));
        await app.RunUntilAsync(Morning(2026, 9, 10).AddMinutes(1));
        Assert.Contains(await app.NoticesAsync(), n => n == $"{Audit}.1.milestone-apply-2026-09-17.nakamura");

        await app.RunUntilAsync(Morning(2026, 11, 18));
        await DoAsync(app, "held", new
        {
            from = "2026-11-16", to = "2026-11-17", result = "recommendedAfterCorrections", auditors = new[] { "審査 太郎" }, summary = "運用は定着している。",
            findings = new object[]
            {
                new { wording = "軽微な不適合", clause = "7.2", department = "sales", fact = "教育の記録に実施日がない <営業部>" },
                new { wording = "観察事項", control = "A.8.15", department = "development", fact = "ログの保存期間が手順書にない" },
            },
        });
        var audit = await ReadAsync(app);
        Assert.Equal(("responding", "2026-12-17"), ((string?)audit["stage"], (string?)audit["respondBy"]));
        var action = (string)Assert.Single(audit["actions"]!.AsArray())!["action"]!;
        var raised = (await app.GetAsync(Secretariat, $"corrective-actions/{action}")).Expect(200).Json;
        Assert.Equal(("externalAudit", "2026-12-17"), ((string?)raised["source"]!["origin"], (string?)raised["nonconformity"]!["respondBy"]));
        Assert.Equal(
            ["certification-audit-report", "certification-corrective-plan"], (await year.ReadAsync(Item))["records"]!.AsArray().Select(r => (string?)r!["key"]));

        var early = await app.PostAsync(Secretariat, $"certification/audits/{Audit}/respond");
        Assert.Equal((409, "certification-plan-incomplete", "f-01"), (early.Status, early.Code, (string?)early.Json["missing"]![0]));
        Assert.Equal("records-missing", (await app.PostAsync(Secretariat, $"years/FY2026/items/{Item}/submit")).Code);

        await PlanActionAsync(app, action);
        await DoAsync(app, "respond", new { comment = "ご確認をお願いします。" });
        await DoAsync(app, "accept", new { comment = "受理の連絡あり" });
        Assert.Equal("accepted", (string?)(await ReadAsync(app))["stage"]);
        (await app.PostAsync(Secretariat, $"years/FY2026/items/{Item}/submit")).Expect(200);
        await app.SettleAsync();
        Assert.Equal("done", await year.StateAsync(Item));

        await new AuditPlay(app).DoAsync("manager", $"corrective-actions/{action}/approve-plan");
        var proof = (string)(await app.GetAsync(Secretariat, $"evidence?subject=item-FY2026-{Item}")).Json["items"]![0]!["id"]!;
        await new AuditPlay(app).DoAsync("owner:suzuki", $"corrective-actions/{action}/implemented", new { note = "様式を改めた", evidence = new[] { proof } });
        await app.RunUntilAsync(app.Now.AddDays(31));
        await new AuditPlay(app).DoAsync(Secretariat, $"corrective-actions/{action}/effectiveness", new { effective = true, note = "記録に漏れがない" });
        Assert.Equal("closed", (string?)(await ReadAsync(app))["stage"]);

        var records = (await app.GetAsync(Secretariat, $"evidence?subject=item-FY2026-{Item}")).Json["items"]!.AsArray().ToList();
        Assert.Equal(["certification-audit-report", "certification-corrective-plan", "completion-record"], records.Select(r => (string?)r!["record"]).Order(StringComparer.Ordinal));
        var plan = records.Single(r => (string?)r!["record"] == "certification-corrective-plan")!;
        Assert.Equal(5, plan["files"]!.AsArray().Count);
        var page = (await app.GetAsync("auditor", $"evidence/{plan["id"]}/files/certification-corrective-plan.ja.html")).Expect(200).Text;
        Assert.Contains("様式に実施日の欄がない", page, StringComparison.Ordinal);
        Assert.Contains("教育の記録に実施日がない &lt;営業部&gt;", page, StringComparison.Ordinal);

        var analysis = (await app.GetAsync(Secretariat, "findings/analysis?from=2026-04-01&to=2027-03-31")).Expect(200).Json;
        Assert.Equal((2, 2), ((int)analysis["total"]!["external"]!, (int)analysis["total"]!["total"]!));
        Assert.Equal("様式に実施日の欄がない", (string?)analysis["byCause"]![0]!["key"]);

        var period = new ReviewPeriod("FY2026", new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31));
        var input = Assert.Single(await app.Services.GetServices<IReviewInputSource>().OfType<CertificationReviewInput>().Single().InputsAsync(period, default));
        Assert.Equal(ReviewTopic.AuditResults, input.Topic);
        Assert.Contains("定期審査(第2回)", input.Sentences[0].Ja, StringComparison.Ordinal);
        Assert.Contains("更新審査", input.Sentences[1].Ja, StringComparison.Ordinal);
        Assert.Equal(["1", "0", "1"], input.Figures.Select(f => f.Value.En));
        Assert.Contains(records, r => (string?)r!["id"] == Assert.Single(input.Evidence));
    }

    [Fact]
    public async Task An_audit_without_findings_is_closed_at_once_and_the_report_is_enough_for_the_plan()
    {
        await using var app = await YearPlay.StartAppAsync(Morning(2026, 11, 18), Firm);
        var year = new YearPlay(app);
        await year.StartAsync();
        await DoAsync(app, "held", new { from = "2026-11-16", result = "recommended" });
        Assert.Equal("closed", (string?)(await ReadAsync(app))["stage"]);
        (await app.PostAsync(Secretariat, $"years/FY2026/items/{Item}/submit")).Expect(200);
        await app.SettleAsync();
        Assert.Equal("done", await year.StateAsync(Item));
    }

    [Fact]
    public async Task The_bodys_deadline_is_reminded_of_and_brought_before_management_when_it_is_missed()
    {
        await using var app = await YearPlay.StartAppAsync(Morning(2026, 11, 18), Firm);
        await AnnounceAsync(app);
        await DoAsync(app, "held", new
        {
            from = "2026-11-16", result = "recommendedAfterCorrections", respondBy = "2026-11-30", findings = new[] { new { wording = "minor", clause = "7.2", department = "sales", fact = "x" } },
        });
        await app.RunUntilAsync(Morning(2026, 11, 30).AddMinutes(-1));
        var before = await app.NoticesAsync();
        Assert.Contains(before, n => n == $"{Audit}.3.2026-11-30-upcoming-7.suzuki");
        Assert.DoesNotContain(before, n => n.Contains("escalated", StringComparison.Ordinal) && n.StartsWith(Audit, StringComparison.Ordinal));
        await app.RunUntilAsync(Morning(2026, 12, 1).AddMinutes(1));
        var after = await app.NoticesAsync();
        Assert.Contains(after, n => n == $"{Audit}.3.2026-11-30-escalatedtomanager-0.watanabe");
        Assert.Contains(after, n => n == $"{Audit}.3.2026-11-30-escalatedtotopmanagement-1.sato");
        Assert.Contains(app.Mails(), m => m.EndsWith("escalatedtotopmanagement-1.sato", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_returned_plan_is_sent_again_and_supersedes_the_first_on_record()
    {
        await using var app = await YearPlay.StartAppAsync(Morning(2026, 11, 18), Firm);
        await AnnounceAsync(app);
        await DoAsync(app, "held", new { from = "2026-11-16", result = "recommendedAfterCorrections", findings = new[] { new { wording = "minor", clause = "7.2", department = "sales", fact = "x" } } });
        await PlanActionAsync(app, (string)(await ReadAsync(app))["actions"]![0]!["action"]!);
        await DoAsync(app, "respond");
        await DoAsync(app, "return", new { comment = "原因が不明確です", respondBy = "2026-12-25" });
        Assert.Equal(["respond"], (await ReadAsync(app))["possible"]!.AsArray().Select(p => (string?)p));
        Assert.Equal("certification-command-not-possible", (await app.PostAsync(Secretariat, $"certification/audits/{Audit}/accept")).Code);
        await DoAsync(app, "respond");
        await DoAsync(app, "accept");
        var plans = (await app.GetAsync(Secretariat, $"evidence?record=certification-corrective-plan")).Json["items"]!.AsArray().ToList();
        Assert.Equal(2, plans.Count);
        Assert.Equal((string?)plans.Single(p => p!["supersedes"] is null)!["id"], (string?)plans.Single(p => p!["supersedes"] is not null)!["supersedes"]);
    }

    [Fact]
    public async Task Settings_that_change_in_the_middle_of_a_year_change_its_plan()
    {
        var before = Firm with { Certification = null };
        await using var app = await YearPlay.StartAppAsync(Morning(2026, 7, 2), before);
        var year = new YearPlay(app);
        await year.StartAsync();
        Assert.Equal(404, (await app.GetAsync(Secretariat, $"years/FY2026/items/{Item}")).Status);
        Assert.Equal("certification-not-set-up", (await app.GetAsync(Secretariat, "certification")).Code);

        await year.PutAsync(Firm);
        Assert.Equal(("scheduled", "2026-12-16"), (await year.StateAsync(Item), (string?)(await year.ReadAsync(Item))["item"]!["dueOn"]));
        await year.PutAsync(Firm with { Certification = Firm.Certification! with { AgreedDates = [new AgreedDate("2024-surveillance-2", new DateOnly(2026, 12, 7))] } });
        Assert.Equal("2027-01-06", (string?)(await year.ReadAsync(Item))["item"]!["dueOn"]);
        Assert.Equal([("planned", "system", null), ("rescheduled", "system", null)], await year.LogAsync(Item));

        // The certificate turns out to be another one, whose audit of this year is long over.
        await year.PutAsync(Firm with { Certification = Firm.Certification! with { IssuedOn = new DateOnly(2023, 6, 1), CertificateNumber = "IS 2" } });
        await app.SettleAsync();
        Assert.Equal("waived", await year.StateAsync(Item));
        Assert.Contains((await app.GetAsync(Secretariat, $"evidence?subject=item-FY2026-{Item}")).Json["items"]!.AsArray(), e => (string?)e!["record"] == "waiver-record");
    }

    [Fact]
    public async Task The_track_says_what_is_next_and_special_audits_stand_beside_it()
    {
        await using var app = await YearPlay.StartAppAsync(Morning(2026, 9, 1), Firm);
        var overview = (await app.GetAsync("topManagement", "certification")).Expect(200).Json;
        var calendar = (await app.GetAsync(Secretariat, "calendar/secretariat.ics")).Expect(200).Text;
        Assert.DoesNotContain("certification-2024", calendar, StringComparison.Ordinal); // no year runs yet
        await new YearPlay(app).StartAsync();
        calendar = (await app.GetAsync(Secretariat, "calendar/secretariat.ics")).Expect(200).Text;
        Assert.Contains("UID:certification-2024-surveillance-2.apply@", calendar, StringComparison.Ordinal);
        Assert.Equal(("2024-12-16", "2027-12-15"), ((string?)overview["validFrom"], (string?)overview["validUntil"]));
        Assert.Equal(["2026-09-17", "2026-10-02", "2026-10-16", "2026-11-16"], overview["next"]!.AsArray().Take(4).Select(n => (string?)n!["on"]));
        Assert.Equal(["2024-surveillance-1", "2024-surveillance-2", "2024-renewal"], overview["track"]!.AsArray().Take(3).Select(t => (string?)t!["id"]));

        var special = (await app.PostAsync(Secretariat, "certification/audits", new { from = "2026-09-01" }, "Idempotency-Key: 1")).Expect(202);
        Assert.Equal("certification-FY2026-special-1", (string?)special.Json["id"]);
        Assert.Equal("certification-FY2026-special-1", (string?)(await app.PostAsync(Secretariat, "certification/audits", new { from = "2026-09-01" }, "Idempotency-Key: 1")).Json["id"]);
        await app.SettleAsync();
        (await app.PostAsync(Secretariat, "certification/audits/certification-FY2026-special-1/cancel", new { reason = "審査機関の都合" })).Expect(200);
        Assert.Equal("reason-missing", (await CancelWithoutReasonAsync(app)).Code);
        Assert.Equal(404, (await app.PostAsync(Secretariat, "certification/audits", new { track = "2030-renewal" })).Status);
        Assert.Equal(403, (await app.PostAsync("owner:suzuki", "certification/audits", new { from = "2026-09-01" })).Status);
        Assert.Equal(2, (await app.GetAsync(Secretariat, "certification/audits")).Expect(200).Json["items"]!.AsArray().Count);
        Assert.Equal(400, (await app.GetAsync(Secretariat, "findings/analysis?from=2026-13-01")).Status);
    }

    private static async Task<Answer> CancelWithoutReasonAsync(RunningApp app)
    {
        await AnnounceAsync(app);
        return await app.PostAsync(Secretariat, $"certification/audits/{Audit}/cancel");
    }

    private static async Task AnnounceAsync(RunningApp app)
    {
        (await app.PostAsync(Secretariat, "certification/audits", new { track = "2024-surveillance-2" })).Expect(202);
        await app.SettleAsync();
    }

    private static async Task PlanActionAsync(RunningApp app, string action)
    {
        var play = new AuditPlay(app);
        await play.DoAsync("owner:suzuki", $"corrective-actions/{action}/correction", new { description = "実施日を補記した" });
        await play.DoAsync(
            "owner:suzuki", $"corrective-actions/{action}/root-cause",
            new { whys = new[] { "記録に実施日を書く人が決まっていない", "様式に実施日の欄がない" }, elsewhere = new { departments = new[] { "development" }, result = "同様の記録はない" } });
        await play.DoAsync(
            "owner:suzuki", $"corrective-actions/{action}/plan", new { steps = new[] { new { what = "様式を改める", responsible = "suzuki", due = "2026-12-10" } } });
    }

    private static async Task DoAsync(RunningApp app, string command, object? body = null)
    {
        (await app.PostAsync(Secretariat, $"certification/audits/{Audit}/{command}", body)).Expect(200);
        await app.SettleAsync();
    }

    private static async Task<JsonNode> ReadAsync(RunningApp app) => (await app.GetAsync(Secretariat, $"certification/audits/{Audit}")).Expect(200).Json;

    private static DateTimeOffset Morning(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.FromHours(9));
}
