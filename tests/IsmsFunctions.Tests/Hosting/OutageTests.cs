using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.AccessReviews;
using IsmsFunctions.Tests.Audits;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>An activity that fails for a day ends no workflow: it goes on where it was, and does once what it could not do.</summary>
public sealed class OutageTests
{
    private AbsentEvidence evidence = null!;

    [Fact]
    public async Task An_audit_whose_plan_could_not_be_recorded_for_a_day_comes_to_its_fieldwork()
    {
        await using var app = await StartAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        var play = new AuditPlay(app);
        var id = await play.StartAsync();

        await OverADayAsync(app, () => play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan"));

        Assert.Equal(["audit-plan"], await RecordsAsync(app, id));
        Assert.Contains($"{id}.3.auditees.suzuki", app.Mails());
        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 15, 9, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal("fieldwork", await play.StageAsync(id));
    }

    [Fact]
    public async Task A_corrective_action_whose_record_could_not_be_written_for_a_day_is_recorded_and_starts_over()
    {
        await using var app = await StartAsync(new DateTimeOffset(2026, 8, 3, 0, 0, 0, TimeSpan.Zero));
        await FileProofAsync(app);
        var play = new AuditPlay(app);
        var noticed = new { department = "sales", requirement = "離席時は画面をロックする", fact = "ロックされていない端末が2台あった" };
        var id = (string)(await app.PostAsync("secretariat", "corrective-actions", noticed)).Expect(202).Json["id"]!;
        await app.SettleAsync();
        await play.ActUntilEffectivenessAsync(id);

        await OverADayAsync(app, () => play.DoAsync("secretariat", $"corrective-actions/{id}/effectiveness", new { effective = false, note = "また見つかった" }));

        Assert.Equal(["corrective-action-record"], await RecordsAsync(app, id));
        Assert.Equal("rootCause", (string)(await app.GetAsync("secretariat", $"corrective-actions/{id}")).Json["stage"]!);
    }

    [Fact]
    public async Task A_plan_item_whose_record_could_not_be_written_for_a_day_is_done_all_the_same()
    {
        await using var app = await StartAsync(RunningApp.FirstMorning);
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();

        await OverADayAsync(app, () => app.PostAsync("manager", "years/FY2026/items/legal-review/waive", new { reason = "前年度末に実施済みのため" }));

        Assert.Equal(["waiver-record"], await RecordsAsync(app, "item-FY2026-legal-review"));
    }

    [Fact]
    public async Task A_year_whose_summary_could_not_be_written_for_a_day_is_closed_on_the_next()
    {
        await using var app = await StartAsync(new DateTimeOffset(2027, 3, 31, 12, 0, 0, TimeSpan.Zero));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);

        await OverADayAsync(app, () => app.RunUntilAsync(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero)));

        var year = (await app.GetAsync("topManagement", "years/FY2026")).Expect(200).Json;
        Assert.Equal("closed", (string?)year["state"]);
        Assert.Equal(["year-summary"], await RecordsAsync(app, "year-FY2026"));
    }

    [Fact]
    public async Task An_access_review_whose_record_could_not_be_written_for_a_day_is_recorded_and_followed_up()
    {
        await using var app = await StartAsync(RunningApp.FirstMorning);
        var play = new AccessReviewPlay(app);
        var id = await play.StartAsync();
        await play.DoAsync("owner:suzuki", $"access-reviews/{id}/sheets/department-sales/rows/1/answer", new { decision = "revoke" });
        await play.KeepTheRestAndSignAsync(id);

        await OverADayAsync(app, () => app.PostAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/close"));

        Assert.Equal(["access-review-record", "access-review-sheets"], await play.RecordsAsync(id));
        Assert.Contains(await app.NoticesAsync(), n => n.EndsWith(".revoke.ito", StringComparison.Ordinal));
    }

    private async Task<RunningApp> StartAsync(DateTimeOffset start)
    {
        var app = await RunningApp.StartAsync(start, configure: builder =>
            builder.Services.AddSingleton<IEvidenceStore>(p => evidence = new AbsentEvidence(p.GetRequiredService<EvidenceStore>())));

        // Made now, and not only when the app first needs it.
        Assert.IsType<AbsentEvidence>(app.Services.GetRequiredService<IEvidenceStore>());
        return app;
    }

    /// <summary>Does something that has to be recorded, while nothing can be for a day; then waits for the next attempt.</summary>
    private async Task OverADayAsync(RunningApp app, Func<Task> act)
    {
        evidence.IsAway = true;
        await act();
        await app.RunUntilAsync(app.Now.AddDays(1));
        Assert.True(evidence.Failures > 5, "Nothing was tried again.");
        evidence.IsAway = false;
        await app.RunUntilAsync(app.Now.AddHours(7));
    }

    private Task<EvidenceManifest> FileProofAsync(RunningApp app)
    {
        var draft = new EvidenceDraft
        {
            Id = "proof",
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same("proof"),
            Period = new Period(app.Now.AddDays(-1), app.Now),
            Record = "proof",
            Source = new EvidenceSource { Workflow = new WorkflowSource("test", "proof", "system") },
            CreatedBy = "system",
        };
        return app.Services.GetRequiredService<IEvidenceStore>().RecordAsync(draft, [new EvidenceContent("a.txt", "text/plain", "a"u8.ToArray())], default);
    }

    private static async Task<IReadOnlyList<string>> RecordsAsync(RunningApp app, string subject) =>
        [.. (await app.GetAsync("secretariat", $"evidence?subject={subject}")).Expect(200).Json["items"]!.AsArray().Select(e => (string)e!["record"]!)];
}
