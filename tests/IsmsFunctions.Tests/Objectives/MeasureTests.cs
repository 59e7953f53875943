using System.Text.Json;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Objectives;
using Isms.Text;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Objectives;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Objectives;

/// <summary>What the system counts by itself, against real stores.</summary>
public sealed class MeasureTests : IAsyncLifetime
{
    private static readonly DateTimeOffset May20 = KpiPlay.Morning(2026, 5, 20);
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Plan_items_count_once_they_fell_due_or_were_handed_in_and_in_time_only_by_their_due_date()
    {
        var play = new YearPlay(app);
        await play.StartAsync();
        await app.RunUntilAsync(KpiPlay.Morning(2026, 4, 10));
        await play.FileMissingAsync("admin", "backup-check-m01");
        await play.DoAsync("admin", "backup-check-m01", "submit");
        await app.RunUntilAsync(May20);
        await play.FileMissingAsync("admin", "backup-check-m02");

        var backup = await MeasureAsync("backup-checks-done");
        Assert.Equal((100m, 1m, 1m), (backup.Value!.Value, backup.Numerator!.Value, backup.Denominator!.Value)); // May's is not due yet
        Assert.NotNull(await app.Services.GetRequiredService<IEvidenceStore>().FindAsync(Assert.Single(backup.EvidenceIds), default));

        await app.RunUntilAsync(KpiPlay.Morning(2026, 6, 3));
        Assert.Equal(50, (await MeasureAsync("backup-checks-done")).Value);
        await play.DoAsync("admin", "backup-check-m02", "submit"); // two days late
        Assert.Equal(100, (await MeasureAsync("backup-checks-done")).Value);
        var onTime = await MeasureAsync("plan-on-time");
        Assert.Equal(1, onTime.Numerator);
        Assert.True(onTime.Denominator > 3);
        Assert.NotNull((await MeasureAsync("document-reviews-done", new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 2))).NothingBecause);
    }

    [Fact]
    public async Task Corrective_actions_are_in_time_by_their_plan_and_effective_by_their_check()
    {
        Assert.NotNull((await MeasureAsync("actions-in-time")).NothingBecause);
        await StoreAsync("action-FY2026-001", Round(due: 10, implemented: 9, effective: true));
        await StoreAsync("action-FY2026-002", Round(due: 10, implemented: 12, effective: false));
        await StoreAsync("action-FY2026-003", Round(due: 15, implemented: null, effective: null));
        await StoreAsync("action-FY2026-004", Round(due: 28, implemented: null, effective: null)); // not due yet
        await app.RunUntilAsync(May20);

        var inTime = await MeasureAsync("actions-in-time");
        Assert.Equal((1m, 3m), (inTime.Numerator!.Value, inTime.Denominator!.Value));
        Assert.Equal(["e-done"], inTime.EvidenceIds);
        Assert.Equal(50, (await MeasureAsync("actions-effective")).Value);
        Assert.NotNull((await MeasureAsync("actions-effective", new DateOnly(2026, 7, 1), new DateOnly(2026, 9, 30))).NothingBecause);
    }

    [Fact]
    public async Task Findings_count_once_the_report_is_approved()
    {
        await AuditAsync("audit-FY2026-01", approved: true, AnswerResult.MajorNonconformity, AnswerResult.MinorNonconformity, AnswerResult.MinorNonconformity);
        await AuditAsync("audit-FY2026-02", approved: false, AnswerResult.MajorNonconformity);
        var minor = await MeasureAsync("audit-minor-nonconformities");
        Assert.Equal(2, minor.Value);
        Assert.Equal([EvidenceIds.OfStep("audit-FY2026-01", "audit-report")], minor.EvidenceIds);
        Assert.Equal(1, (await MeasureAsync("audit-major-nonconformities")).Value);
        Assert.Equal(0, (await MeasureAsync("audit-observations")).Value);
        Assert.NotNull((await MeasureAsync("audit-observations", new DateOnly(2026, 7, 1), new DateOnly(2026, 9, 30))).NothingBecause);
    }

    [Fact]
    public async Task Access_rights_are_counted_from_the_newest_summary_of_the_period_and_collections_by_their_gaps()
    {
        Assert.NotNull((await MeasureAsync("access-rights-exceptions")).NothingBecause);
        Assert.NotNull((await MeasureAsync("collectors-complete")).NothingBecause);
        await RecordAsync("a-1", day: 5, new() { ["stale-administrator"] = 9 });
        await RecordAsync("a-2", day: 6, new() { ["stale-administrator"] = 2, ["guest-with-role"] = 1 }, gaps: true);
        await RecordAsync("a-2b", day: 6, new() { ["stale-administrator"] = 3, ["guest-with-role"] = 1 }, supersedes: "a-2");
        await RecordAsync("a-3", day: 7, new() { ["stale-administrator"] = 4 }, gaps: true, month: 7); // after the quarter

        var exceptions = await MeasureAsync("access-rights-exceptions");
        Assert.Equal((4m, "a-2b"), (exceptions.Value!.Value, Assert.Single(exceptions.EvidenceIds)));
        Assert.Equal(3, (await MeasureAsync("stale-administrators")).Value);
        Assert.Equal(0, (await MeasureAsync("guests-due-for-review")).Value);
        var complete = await MeasureAsync("collectors-complete");
        Assert.Equal((2m, 2m), (complete.Numerator!.Value, complete.Denominator!.Value));
        Assert.Equal(66.7m, (await MeasureAsync("collectors-complete", new DateOnly(2026, 4, 1), new DateOnly(2026, 9, 30))).Value);
    }

    [Fact]
    public async Task What_no_record_shows_is_said_to_be_nothing_rather_than_guessed()
    {
        Assert.NotNull((await MeasureAsync("mfa-coverage")).NothingBecause);
        Assert.NotNull((await MeasureAsync("a-measure-of-an-earlier-release")).NothingBecause);
    }

    private Task<MeasuredValue> MeasureAsync(string measure, DateOnly? from = null, DateOnly? until = null) =>
        app.Services.GetRequiredService<MeasureCatalogue>().MeasureAsync(
            measure, new MeasurePeriod("FY2026", from ?? new DateOnly(2026, 4, 1), until ?? new DateOnly(2026, 6, 30), app.Now), default);

    private static DateTimeOffset May(int day) => KpiPlay.Morning(2026, 5, day).ToUniversalTime();

    private static ActionRound Round(int due, int? implemented, bool? effective) => new(
        1,
        Plan: new ActionPlan([new PlanStep("手順を直す", "ito", new DateOnly(2026, 5, due))], 7, "ito", May(1)),
        Approval: new AuditApproval("watanabe", May(2), null),
        Implementation: implemented is { } day ? new Implementation("直した", ["e-done"], "ito", May(day)) : null,
        Effectiveness: effective is { } worked ? new Effectiveness(worked, "確認した", [], "nakamura", May(19)) : null);

    private async Task StoreAsync(string id, ActionRound round) => await app.Services.GetRequiredService<StateStore>().TryCreateAsync(ActionStore.Kind, id, new CorrectiveAction
    {
        Id = id,
        FiscalYear = "FY2026",
        StageSince = May(1),
        Source = new ActionSource(ActionOrigin.Manual),
        Nonconformity = new Nonconformity("it", LocalizedText.Same("要求"), "事実", []),
        Owner = "ito",
        RaisedBy = "ito",
        RaisedAt = May(1),
        Rounds = [round],
    });

    private async Task AuditAsync(string id, bool approved, params AnswerResult[] grades) => await app.Services.GetRequiredService<StateStore>().TryCreateAsync(AuditStore.Kind, id, new Audit
    {
        Id = id,
        FiscalYear = "FY2026",
        StageSince = May(1),
        Plan = new AuditPlan
        {
            Departments = ["it"],
            Clauses = [],
            Controls = [],
            Objective = LocalizedText.Same("目的"),
            Criteria = LocalizedText.Same("基準"),
            From = new DateOnly(2026, 5, 1),
            To = new DateOnly(2026, 5, 2),
            LeadAuditor = "kato",
            Auditors = ["kato"],
            Assignments = [new Assignment("it", "kato")],
        },
        RequestedBy = "nakamura",
        RequestedAt = May(1),
        ReportApproval = approved ? new AuditApproval("watanabe", May(10), null) : null,
        Findings = [.. grades.Select((grade, index) => new Finding
        {
            Id = $"f-{index}", Question = "q-001", Grade = grade, Urgency = Urgency.Normal, Department = "it", Fact = "事実", Evidence = [], Auditor = "kato",
        })],
    });

    private async Task RecordAsync(string id, int day, Dictionary<string, int> exceptions, bool gaps = false, string? supersedes = null, int month = 5)
    {
        var at = KpiPlay.Morning(2026, month, day).ToUniversalTime();
        var draft = new EvidenceDraft
        {
            Id = id,
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same(id),
            Period = new Period(at, at),
            Record = "access-rights-sheet",
            Source = new EvidenceSource { Graph = new GraphSource("access-rights", []) },
            Completeness = gaps ? Completeness.Partial([new Gap("users", "throttled-out", "429")]) : Completeness.Complete,
            Supersedes = supersedes,
            CreatedBy = "system",
        };
        await app.Services.GetRequiredService<IEvidenceStore>().RecordAsync(
            draft, [new EvidenceContent("summary.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(new { exceptions }, Json.Options))], default);
    }
}
