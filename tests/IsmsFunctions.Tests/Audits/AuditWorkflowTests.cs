using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Audits;

/// <summary>Audits through the whole app: HTTP, workflows on the durable engine, storage, mails, a virtual clock.</summary>
public sealed class AuditWorkflowTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_audit_with_a_major_nonconformity_is_closed_when_its_reopened_action_has_proved_effective()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.StartAsync();
        Assert.Equal("audit-FY2026-01", id);
        Assert.Equal("planApproval", await play.StageAsync(id));
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan", new { comment = "よい計画です" });
        Assert.Equal("notified", await play.StageAsync(id));
        Assert.Contains($"{id}.3.auditees.suzuki", app.Mails());

        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 15, 9, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal("fieldwork", await play.StageAsync(id));
        await play.AnswerAllAsync(id, minor: 1, "majorNonconformity");
        await play.SubmitAsync(id);
        Assert.Equal("reportApproval", await play.StageAsync(id));
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-report");

        var following = await play.ReadAsync(id);
        Assert.Equal("followingUp", (string)following["stage"]!);
        var action = (string)Assert.Single(following["actions"]!.AsArray())!["action"]!;
        Assert.Equal("action-FY2026-001", action);

        await play.ActUntilEffectivenessAsync(action);
        await play.DoAsync(AuditPlay.Secretariat, $"corrective-actions/{action}/effectiveness", new { effective = false, note = "旧版がまた見つかった" });
        Assert.Equal("rootCause", (string)(await app.GetAsync(AuditPlay.Secretariat, $"corrective-actions/{action}")).Json["stage"]!);
        await play.ActUntilEffectivenessAsync(action, corrected: true);
        await play.DoAsync(AuditPlay.Secretariat, $"corrective-actions/{action}/effectiveness", new { effective = true, note = "旧版は見つからなかった" });

        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(["audit-checklist", "audit-plan", "audit-report"], await RecordsAsync(app, id));
        Assert.Equal(["corrective-action-record", "corrective-action-record"], await RecordsAsync(app, action));
        var record = (await app.GetAsync(AuditPlay.Secretariat, $"evidence?subject={action}")).Json["items"]!.AsArray()[^1]!;
        foreach (var file in record["files"]!.AsArray().Select(f => (string)f!["path"]!).Where(f => f.EndsWith(".docx", StringComparison.Ordinal)))
        {
            using var word = WordprocessingDocument.Open(new MemoryStream(await KeptAsync(app, (string)record["id"]!, file)), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        }
    }

    [Fact]
    public async Task Its_documents_are_evidence_in_both_languages_and_encode_what_people_typed()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        await play.AnswerAllAsync(id, minor: 2);
        await play.SubmitAsync(id);
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-report");
        var report = (await app.GetAsync(AuditPlay.Secretariat, $"evidence?subject={id}")).Json["items"]!.AsArray().Single(e => (string)e!["record"]! == "audit-report")!;
        var page = await app.GetAsync(AuditPlay.Secretariat, $"evidence/{report["id"]}/files/audit-report.ja.html");
        Assert.Contains("内部監査報告書", page.Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("旧版の手順書が使われていた &lt;第2版&gt;", page.Text, StringComparison.Ordinal);
        foreach (var language in new[] { "ja", "en" })
        {
            var bytes = await KeptAsync(app, (string)report["id"]!, $"audit-report.{language}.docx");
            using var word = WordprocessingDocument.Open(new MemoryStream(bytes), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            Assert.Equal(3, word.MainDocumentPart!.ChartParts.Count());
        }

        Assert.Contains("</svg>", page.Text, StringComparison.Ordinal);
        Assert.Contains("Internal audit report", (await app.GetAsync(AuditPlay.Secretariat, $"evidence/{report["id"]}/files/audit-report.en.html")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_report_not_approved_in_14_days_is_escalated()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        await play.AnswerAllAsync(id);
        await play.SubmitAsync(id);
        var submitted = app.Now;
        await app.RunUntilAsync(submitted.AddDays(14).AddMinutes(-1));
        Assert.DoesNotContain(app.Mails(), m => m.Contains("escalated", StringComparison.Ordinal));
        await app.RunUntilAsync(submitted.AddDays(14).AddMinutes(1));
        Assert.Contains(app.Mails(), m => m.EndsWith("escalatedtotopmanagement-0.sato", StringComparison.Ordinal));
        Assert.Contains(await app.NoticesAsync(), m => m.EndsWith("upcoming-7.watanabe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_returned_report_is_corrected_submitted_again_and_supersedes_the_checklist_on_record()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        await play.AnswerAllAsync(id, minor: 1);
        await play.SubmitAsync(id);
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/return-report", new { comment = "q-001は適合と判断できます" });
        var first = (await play.ReadAsync(id))["checklist"]![0]!;
        (await app.PostAsync($"auditor:{first["auditor"]}", $"audits/{id}/answers", new { question = "q-001", result = "conforming" })).Expect(200);
        await play.SubmitAsync(id);
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-report");
        var audit = await play.ReadAsync(id);
        Assert.Empty(audit["findings"]!.AsArray());
        Assert.Equal("closed", (string)audit["stage"]!); // nothing to follow up
        var checklists = (await app.GetAsync(AuditPlay.Secretariat, $"evidence?subject={id}")).Json["items"]!.AsArray().Where(e => (string)e!["record"]! == "audit-checklist").ToList();
        Assert.Equal(2, checklists.Count);
        var (earlier, later) = (checklists.Single(c => c!["supersedes"] is null)!, checklists.Single(c => c!["supersedes"] is not null)!);
        Assert.Equal((string)earlier["id"]!, (string)later["supersedes"]!);
    }

    [Fact]
    public async Task A_cancelled_audit_ends_with_its_reason_on_record()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.StartAsync();
        await play.DoAsync(AuditPlay.Secretariat, $"audits/{id}/cancel", new { reason = "拠点の移転と重なるため" });
        var audit = await play.ReadAsync(id);
        Assert.Equal("cancelled", (string)audit["stage"]!);
        Assert.Equal("拠点の移転と重なるため", (string)audit["log"]!.AsArray()[^1]!["comment"]!);
        Assert.Empty(audit["possible"]!.AsArray());
    }

    /// <summary>A file of evidence; kept in the folder that <c>ISMS_KEEP_PAPERS</c> names, for people who want to look at it.</summary>
    private static async Task<byte[]> KeptAsync(RunningApp app, string evidence, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/evidence/{evidence}/files/{file}");
        request.Headers.Add("X-Isms-Persona", AuditPlay.Secretariat);
        using var response = await app.Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (Environment.GetEnvironmentVariable("ISMS_KEEP_PAPERS") is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes);
        }

        return bytes;
    }

    private static async Task<IReadOnlyList<string>> RecordsAsync(RunningApp app, string subject) =>
        [.. (await app.GetAsync(AuditPlay.Secretariat, $"evidence?subject={subject}")).Expect(200).Json["items"]!.AsArray().Select(e => (string)e!["record"]!).Order(StringComparer.Ordinal)];
}
