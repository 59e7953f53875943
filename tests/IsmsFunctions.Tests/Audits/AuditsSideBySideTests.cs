using System.Text.Json.Nodes;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Audits;

public sealed class AuditsSideBySideTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Auditors = ["yamamoto", "kato", "yoshida", "hayashi"];

    [Fact]
    public async Task Two_audits_whose_four_auditors_answer_at_once_by_request_and_by_workbook_keep_apart_and_come_to_their_ends()
    {
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Repository.SampleOrganization))!;
        var home = sample["people"]!.AsArray().ToDictionary(p => (string)p!["id"]!, p => (string)p!["departmentId"]!);
        await using var app = await AuditPlay.StartAppAsync(July, sample.ToJsonString());
        var play = new AuditPlay(app);
        string[] clauses = ["7.3", "7.5", "8.1"];
        var first = await play.StartAsync(new { departments = new[] { "sales", "engineering" }, clauses, auditors = Auditors });
        var second = await play.StartAsync(new { departments = new[] { "administration", "it", "planning" }, clauses, auditors = Auditors });
        string[] audits = [first, second];
        foreach (var id in audits)
        {
            await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        }

        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 15, 9, 0, 0, TimeSpan.FromHours(9)));
        var questions = new Dictionary<string, List<(string Id, string Department, int Index)>>();
        foreach (var id in audits)
        {
            questions[id] = [.. (await play.ReadAsync(id))["checklist"]!.AsArray().Select((q, i) => ((string)q!["id"]!, (string)q["department"]!, i))];
        }

        // Each auditor answers some questions of both audits, each question has one who answers it: half of them by request, half of them in a workbook.
        string AuditorOf((string Id, string Department, int Index) question) =>
            Auditors.Skip(question.Index % Auditors.Length).Concat(Auditors).First(a => home[a] != question.Department);
        await Task.WhenAll(audits.SelectMany(id => Auditors.Select(auditor => AnswerAsync(
            app, id, auditor, [.. questions[id].Where(q => AuditorOf(q) == auditor)]))));

        foreach (var id in audits)
        {
            var checklist = (await play.ReadAsync(id))["checklist"]!.AsArray();
            Assert.All(questions[id], q => Assert.Equal(
                (AuditorOf(q), $"{id} {q.Id}", 1),
                ((string)checklist[q.Index]!["answer"]!["by"]!, (string)checklist[q.Index]!["answer"]!["answer"]!["note"]!, (int)checklist[q.Index]!["answer"]!["version"]!)));
        }

        await Task.WhenAll(audits.Select(async id => (await app.PostAsync($"auditor:{Auditors[1]}", $"audits/{id}/submit")).Expect(200)));
        await app.SettleAsync();
        await Task.WhenAll(audits.Select(async id => (await app.PostAsync(AuditPlay.Manager, $"audits/{id}/approve-report")).Expect(200)));
        await app.SettleAsync();
        foreach (var id in audits)
        {
            Assert.Equal("closed", await play.StageAsync(id));
            Assert.Equal(questions[id].Count, (int)(await play.ReadAsync(id))["counts"]!["conforming"]!);
            var records = (await app.GetAsync("secretariat", $"evidence?subject={id}")).Json["items"]!.AsArray().Select(e => (string)e!["record"]!);
            Assert.Equal(["audit-checklist", "audit-plan", "audit-report"], records.Order(StringComparer.Ordinal));
        }
    }

    private static async Task AnswerAsync(RunningApp app, string audit, string auditor, IReadOnlyList<(string Id, string Department, int Index)> mine)
    {
        var book = await ChecklistBook.DownloadAsync(app, "auditor:" + auditor, $"audits/{audit}/checklist.xlsx");
        foreach (var (id, _, _) in mine.Where(q => q.Index % 2 == 0))
        {
            book.Write(id, ("result", "適合"), ("note", $"{audit} {id}"));
        }

        foreach (var (id, _, _) in mine.Where(q => q.Index % 2 == 1))
        {
            (await app.PostAsync("auditor:" + auditor, $"audits/{audit}/answers", new { question = id, result = "conforming", note = $"{audit} {id}" })).Expect(200);
        }

        var (status, report) = await ChecklistBook.UploadAsync(app, "auditor:" + auditor, $"audits/{audit}/checklist", book.Bytes);
        Assert.Equal((200, 0), (status, (int)report["refused"]!));
    }
}
