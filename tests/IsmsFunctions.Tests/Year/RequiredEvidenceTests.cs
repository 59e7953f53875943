using System.Globalization;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Year;

/// <summary>Which evidence satisfies the demand for a record.</summary>
public sealed class RequiredEvidenceTests : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync()
    {
        app = await RunningApp.StartAsync(RunningApp.FirstMorning.AddDays(1));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_collectors_sheet_and_the_review_of_the_items_window_satisfy_every_departments_access_review()
    {
        await RecordAsync("before", "access-rights-sheet", "2026-03-30T00:00Z", "2026-03-31T00:00Z");
        Assert.Equal("records-missing", (await app.PostAsync("owner:suzuki", "years/FY2026/items/access-review-q1-sales/submit")).Expect(409).Code);

        await RecordAsync("within", "access-rights-sheet", "2026-03-31T18:00Z", "2026-04-01T18:00Z");
        await RecordAsync("reviewed", "access-review-record", "2026-04-01T03:00Z", "2026-04-01T03:00Z");
        foreach (var (lead, department) in new[] { ("suzuki", "sales"), ("ito", "it") })
        {
            var answer = (await app.PostAsync($"owner:{lead}", $"years/FY2026/items/access-review-q1-{department}/submit")).Expect(200);
            Assert.Equal(["within"], answer.Json["records"]![0]!["evidence"]!.AsArray().Select(e => (string?)e));
        }
    }

    [Fact]
    public async Task An_audits_documents_of_the_year_satisfy_its_plan_item()
    {
        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        await RecordAsync("plan", "audit-plan", "2026-05-01T00:00Z", "2026-05-02T00:00Z");
        await RecordAsync("checklist", "audit-checklist", "2026-05-01T00:00Z", "2026-05-02T00:00Z");
        var missing = (await app.PostAsync("auditor", "years/FY2026/items/internal-audit/submit")).Expect(409);
        Assert.Equal(["audit-report"], missing.Json["missing"]!.AsArray().Select(m => (string?)m));

        await RecordAsync("report", "audit-report", "2026-06-01T00:00Z", "2026-06-02T00:00Z");
        (await app.PostAsync("auditor", "years/FY2026/items/internal-audit/submit")).Expect(200);
    }

    [Fact]
    public async Task A_log_review_shows_the_logs_but_demands_its_own_record()
    {
        await RecordAsync("log", "sign-in-log", "2026-04-01T00:00Z", "2026-04-01T12:00Z");
        await RecordAsync("elsewhere", "log-review-record", "2026-04-01T00:00Z", "2026-04-01T12:00Z", subject: "item-FY2026-log-review-m02");

        var item = (await app.GetAsync("admin", "years/FY2026/items/log-review-m01")).Expect(200).Json;

        Assert.Equal(["log"], item["supporting"]![0]!["evidenceIds"]!.AsArray().Select(e => (string?)e));
        Assert.Empty(item["records"]![0]!["evidence"]!.AsArray());
        Assert.Equal("records-missing", (await app.PostAsync("admin", "years/FY2026/items/log-review-m01/submit")).Expect(409).Code);
    }

    private Task<EvidenceManifest> RecordAsync(string id, string record, string from, string to, string? subject = null)
    {
        var draft = new EvidenceDraft
        {
            Id = id,
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same(id),
            Period = new Period(Instant(from), Instant(to)),
            Subject = subject,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource("test", id, "system") },
            CreatedBy = "system",
        };
        return app.Services.GetRequiredService<IEvidenceStore>().RecordAsync(draft, [new EvidenceContent("a.txt", "text/plain", "a"u8.ToArray())], default);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
