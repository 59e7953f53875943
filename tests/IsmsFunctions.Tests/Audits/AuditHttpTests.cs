using System.Text.Json.Nodes;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.Audits;

public sealed class AuditHttpTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Starting_with_nothing_said_proposes_everything_and_answers_with_where_to_look()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var answer = (await app.PostAsync("secretariat", "audits")).Expect(202);
        Assert.Equal("/api/audits/audit-FY2026-01", answer.Location);
        Assert.Equal(["sales", "engineering", "administration", "it", "planning"], answer.Json["departments"]!.AsArray().Select(d => (string)d!));
        await app.SettleAsync();
        var audit = (await app.GetAsync("auditor", "audits/audit-FY2026-01")).Expect(200).Json;
        Assert.Equal(232, (int)audit["questions"]!);
        Assert.All(audit["checklist"]!.AsArray(), q => Assert.Equal($"q-{audit["checklist"]!.AsArray().IndexOf(q) + 1:000}", (string)q!["id"]!));
    }

    [Fact]
    public async Task The_same_idempotency_key_starts_one_audit()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var first = (await app.PostAsync("secretariat", "audits", AuditPlay.SmallScope, "Idempotency-Key: k-1")).Expect(202);
        var again = (await app.PostAsync("secretariat", "audits", AuditPlay.SmallScope, "Idempotency-Key: k-1")).Expect(202);
        var other = (await app.PostAsync("secretariat", "audits", AuditPlay.SmallScope, "Idempotency-Key: k-2")).Expect(202);
        Assert.Equal((string)first.Json["id"]!, (string)again.Json["id"]!);
        Assert.Equal("audit-FY2026-02", (string)other.Json["id"]!);
        await app.SettleAsync();
        Assert.Equal(2, (await app.GetAsync("secretariat", "audits?fy=FY2026")).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_auditor_of_their_own_department_is_refused_by_name_and_nothing_is_stored()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var refused = (await app.PostAsync("secretariat", "audits", new { departments = new[] { "sales" }, auditors = new[] { "kato" } })).Expect(422);
        Assert.Equal("auditor-audits-own-department", refused.Code);
        Assert.Contains("Misaki Kato", (string)refused.Json["title"]!, StringComparison.Ordinal);
        Assert.Contains("Sales", (string)refused.Json["title"]!, StringComparison.Ordinal);
        Assert.Empty((await app.GetAsync("secretariat", "audits")).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("{\"departments\":[\"space\"]}", 400, "unknown-department", "departments[0]")]
    [InlineData("{\"clauses\":[\"99\"]}", 400, "unknown-clauses", "clauses[0]")]
    [InlineData("{\"auditors\":[\"nobody\"]}", 400, "unknown-person", "auditors[0]")]
    [InlineData("{\"auditors\":[\"suzuki\"]}", 422, "auditor-without-the-role", "auditors[0]")]
    [InlineData("{\"from\":\"2026-08-10\",\"to\":\"2026-08-01\"}", 400, "audit-ends-before-it-starts", "to")]
    [InlineData("{\"departmens\":[]}", 400, "body-malformed", "$.departmens")]
    [InlineData("{\"departments\":", 400, "body-malformed", "$.departments")]
    public async Task Bad_input_is_refused_with_field_and_remedy(string body, int status, string code, string field)
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var refused = (await app.PostAsync("secretariat", "audits", body)).Expect(status);
        Assert.Equal(code, refused.Code);
        Assert.Equal(field, (string?)refused.Json["field"]);
        Assert.NotEmpty((string)refused.Json["detail"]!);
    }

    [Fact]
    public async Task A_command_in_the_wrong_stage_is_refused_with_what_is_possible()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.StartAsync();
        var refused = (await app.PostAsync("manager", $"audits/{id}/approve-report")).Expect(409);
        Assert.Equal(["approve-plan", "reassign", "reschedule", "cancel"], refused.Json["possible"]!.AsArray().Select(p => (string)p!));
        Assert.Equal("planApproval", await play.StageAsync(id));
        (await app.PostAsync("manager", "audits/audit-FY2026-77/approve-plan")).Expect(404);
        (await app.PostAsync("auditor:kato", $"audits/{id}/approve-plan")).Expect(403);
    }

    [Fact]
    public async Task Answers_are_refused_whole_when_one_of_them_is_wrong()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        var questions = (await play.ReadAsync(id))["checklist"]!.AsArray();
        var ofSales = questions.Where(q => (string)q!["department"]! == "sales").Select(q => (string)q!["id"]!).ToList();
        var own = (await app.PostAsync("auditor:kato", $"audits/{id}/answers", new { question = ofSales[0], result = "conforming" })).Expect(422);
        Assert.Equal("auditor-audits-own-department", own.Code);
        object[] answers =
        [
            new { question = ofSales[0], result = "conforming" },
            new { question = ofSales[1], result = "majorNonconformity", requirement = "r", fact = "f", evidence = new[] { "no-such-evidence" } },
        ];
        var unknown = (await app.PostAsync("auditor:yamamoto", $"audits/{id}/answers", new { answers })).Expect(422);
        Assert.Equal("unknown-evidence", unknown.Code);
        Assert.Equal("answers[1].evidence[0]", (string)unknown.Json["field"]!);
        var unfounded = (await app.PostAsync("auditor:yamamoto", $"audits/{id}/answers", new { question = ofSales[0], result = "majorNonconformity", note = "n" })).Expect(422);
        Assert.Equal(["requirement", "fact", "evidence"], unfounded.Json["missing"]!.AsArray().Select(m => (string)m!));
        Assert.Equal(0, (int)(await play.ReadAsync(id))["answered"]!);
        var early = (await app.PostAsync("auditor:yamamoto", $"audits/{id}/submit")).Expect(409);
        Assert.Equal(questions.Count, early.Json["missing"]!.AsArray().Count);
    }

    [Fact]
    public async Task Four_auditors_who_answer_at_the_same_time_lose_nothing()
    {
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Repository.SampleOrganization))!;
        await using var app = await AuditPlay.StartAppAsync(July, sample.ToJsonString());
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync(new { clauses = new[] { "7", "8" }, controls = new[] { "A.6" } });
        var audit = await play.ReadAsync(id);
        var home = sample["people"]!.AsArray().ToDictionary(p => (string)p!["id"]!, p => (string)p!["departmentId"]!);
        string[] auditors = ["yamamoto", "kato", "yoshida", "hayashi"];
        Assert.Equal(auditors, audit["plan"]!["auditors"]!.AsArray().Select(a => (string)a!));

        // Every auditor answers every question that is not their own department's, all at once: each question is written by three or four of them.
        var questions = audit["checklist"]!.AsArray().Select(q => (Id: (string)q!["id"]!, Department: (string)q!["department"]!)).ToList();
        await Task.WhenAll(auditors.Select(async auditor =>
        {
            foreach (var question in questions.Where(q => q.Department != home[auditor]))
            {
                (await app.PostAsync($"auditor:{auditor}", $"audits/{id}/answers", new { question = question.Id, result = "conforming", note = auditor })).Expect(200);
            }
        }));

        var store = (IsmsFunctions.Audits.AuditStore)app.Services.GetService(typeof(IsmsFunctions.Audits.AuditStore))!;
        var sheets = await store.AnswersAsync(id, CancellationToken.None);
        Assert.Equal(questions.Count, sheets.Count);
        Assert.All(questions, q => Assert.Equal(
            auditors.Where(a => home[a] != q.Department).Order(StringComparer.Ordinal), sheets[q.Id].Versions.Select(v => v.By).Order(StringComparer.Ordinal)));
        await play.SubmitAsync(id);
        Assert.Equal(questions.Count, (int)(await play.ReadAsync(id))["counts"]!["conforming"]!);
    }
}
