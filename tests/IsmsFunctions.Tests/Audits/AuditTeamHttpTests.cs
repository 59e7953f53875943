using System.Text;
using System.Text.Json.Nodes;
using IsmsFunctions.Audits;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Audits;

/// <summary>Programme, team and calendar entries of audits through the whole app.</summary>
public sealed class AuditTeamHttpTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_programme_shows_what_is_planned_and_is_kept_with_the_approved_plan()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var before = (await app.GetAsync("secretariat", "audits/programme")).Expect(200).Json;
        Assert.Equal(("2024-12-16", "2027-12-15"), ((string)before["cycle"]!["from"]!, (string)before["cycle"]!["until"]!));
        Assert.Equal("FY2026", (string)before["next"]!["fiscalYear"]!);
        var id = await play.StartAsync();
        var clause = (await app.GetAsync("auditor", "audits/programme")).Expect(200).Json["clauses"]!.AsArray().Single(c => (string)c!["id"]! == "7.3")!;
        Assert.Equal(("planned", id), ((string)clause["state"]!, (string)clause["plannedIn"]!));

        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        var plan = (await app.GetAsync("secretariat", $"evidence?subject={id}")).Expect(200).Json["items"]!.AsArray().Single()!;
        var files = (await app.GetAsync("secretariat", $"evidence/{plan["id"]}")).Expect(200).Json["files"]!.AsArray().Select(f => (string)f!["path"]!).ToList();
        Assert.Superset(
            new HashSet<string> { "audit-plan.ja.docx", "audit-plan.en.docx", "audit-programme.ja.html", "audit-programme.en.xlsx" }, files.ToHashSet());

        Assert.Contains("Internal audit programme", (await app.GetAsync("secretariat", "audits/programme?format=html")).Expect(200).Text, StringComparison.Ordinal);
        (await app.GetAsync("secretariat", "audits/programme?format=xlsx")).Expect(200);
        Assert.Equal("audit-programme-format", (await app.GetAsync("secretariat", "audits/programme?format=pdf")).Expect(400).Code);
    }

    [Fact]
    public async Task The_proposed_scope_can_be_sent_as_it_is()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var next = (await app.GetAsync("secretariat", "audits/programme")).Expect(200).Json["next"]!;
        var request = new JsonObject { ["departments"] = next["departments"]!.DeepClone(), ["clauses"] = next["clauses"]!.DeepClone(), ["controls"] = next["controls"]!.DeepClone() };
        var id = (string)(await app.PostAsync("secretariat", "audits", request.ToJsonString())).Expect(202).Json["id"]!;
        await app.SettleAsync();
        var asked = (await new AuditPlay(app).ReadAsync(id))["checklist"]!.AsArray();
        Assert.Equal(
            next["controls"]!.AsArray().Select(c => (string)c!).Order(StringComparer.Ordinal),
            asked.Select(q => (string?)q!["control"]).OfType<string>().Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_auditor_who_moves_into_the_audited_department_is_reported_blocked_and_replaced()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        var question = (string)(await play.ReadAsync(id))["checklist"]!.AsArray().First(q => (string)q!["department"]! == "sales")!["id"]!;
        await ChangeAsync(app, "yamamoto", p => p["departmentId"] = "sales");
        Assert.Contains(app.Mails(), m => m.StartsWith(id + ".4.team-", StringComparison.Ordinal) && m.EndsWith(".nakamura", StringComparison.Ordinal));
        var answer = new { question, result = "conforming" };
        Assert.Equal("auditor-audits-own-department", (await app.PostAsync("auditor:yamamoto", $"audits/{id}/answers", answer)).Expect(422).Code);

        var wanted = new { from = "yamamoto", to = "yoshida", reason = "営業部への異動のため" };
        (await app.PostAsync("auditor:kato", $"audits/{id}/reassign", wanted)).Expect(403);
        await play.DoAsync("secretariat", $"audits/{id}/reassign", wanted);
        var audit = await play.ReadAsync(id);
        Assert.Equal("fieldwork", (string)audit["stage"]!);
        Assert.Equal("yoshida", (string)audit["checklist"]!.AsArray().Single(q => (string)q!["id"]! == question)!["auditor"]!);
        Assert.Equal("reassign", (string)audit["log"]!.AsArray()[^1]!["what"]!);
        (await app.PostAsync("auditor:yoshida", $"audits/{id}/answers", answer)).Expect(200);
        Assert.Equal("not-an-auditor-of-this-audit", (await app.PostAsync("auditor:yamamoto", $"audits/{id}/answers", answer)).Expect(403).Code);
        Assert.Contains("METHOD:CANCEL", Invitation(app, app.Mails().Single(m => m.Contains(".released-", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_whose_qualification_lapses_is_reported_on_the_day_and_may_not_answer()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync(); // on the 15th, until the 22nd
        await ChangeAsync(app, "kato", p => p["auditorQualifiedUntil"] = "2026-07-16");
        Assert.Contains(app.Mails(), m => m.Contains(".team-", StringComparison.Ordinal));
        var question = (string)(await play.ReadAsync(id))["checklist"]!.AsArray().First(q => (string)q!["department"]! == "engineering")!["id"]!;
        (await app.PostAsync("auditor:kato", $"audits/{id}/answers", new { question, result = "conforming" })).Expect(200);
        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 17, 10, 0, 0, TimeSpan.FromHours(9)));
        var refused = (await app.PostAsync("auditor:kato", $"audits/{id}/answers", new { question, result = "conforming", note = "n" })).Expect(403);
        Assert.Equal("auditor-no-longer-qualified", refused.Code);
        Assert.Contains("Misaki Kato", (string)refused.Json["title"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_passes_on_during_an_audit_is_noticed_on_its_day()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.StartAsync();
        await ChangeAsync(app, "kato", _ => { }, o => o["handovers"] = new JsonArray(new JsonObject { ["from"] = "kato", ["to"] = "yoshida", ["on"] = "2026-07-13" }));
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        Assert.DoesNotContain(app.Mails(), m => m.Contains(".team-", StringComparison.Ordinal));
        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 13, 10, 0, 0, TimeSpan.FromHours(9)));
        Assert.Contains(app.Mails(), m => m.StartsWith(id + ".3.team-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Auditees_and_auditors_get_a_calendar_entry_that_moves_and_goes_with_the_audit()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.StartAsync();
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        var first = Invitation(app, $"{id}.3.auditees.suzuki");
        Assert.Contains("METHOD:REQUEST", first, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20260715\r\nDTEND;VALUE=DATE:20260723", first, StringComparison.Ordinal);
        Assert.Contains("ichiro.suzuki@example.co.jp", first.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(Line(first, "UID:"), Invitation(app, $"{id}.3.auditors.kato"), StringComparison.Ordinal);

        Assert.Equal("audit-reschedule-incomplete", (await app.PostAsync("secretariat", $"audits/{id}/reschedule", new { from = "2026-08-03" })).Expect(400).Code);
        await play.DoAsync("secretariat", $"audits/{id}/reschedule", new { from = "2026-08-03", reason = "決算と重なるため" });
        Assert.Equal("notified", await play.StageAsync(id));
        var moved = Invitation(app, $"{id}.4.auditees.suzuki");
        Assert.Equal(Line(first, "UID:"), Line(moved, "UID:"));
        Assert.Contains("DTSTART;VALUE=DATE:20260803", moved, StringComparison.Ordinal);
        Assert.True(Sequence(moved) > Sequence(first));
        var plans = (await app.GetAsync("secretariat", $"evidence?subject={id}")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(2, plans.Count); // the second issue supersedes the first
        var superseding = plans.Single(p => p!["supersedes"] is not null)!;
        Assert.Equal((string)plans.Single(p => p != superseding)!["id"]!, (string)superseding["supersedes"]!);

        await play.DoAsync("secretariat", $"audits/{id}/cancel", new { reason = "組織変更" });
        var cancelled = Invitation(app, app.Mails().Single(m => m.EndsWith(".cancelled.suzuki", StringComparison.Ordinal)));
        Assert.Contains("METHOD:CANCEL", cancelled, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED", cancelled, StringComparison.Ordinal);
        Assert.True(Sequence(cancelled) > Sequence(moved));
    }

    [Fact]
    public async Task Two_audits_run_side_by_side_with_four_auditors_who_answer_both_at_once()
    {
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Repository.SampleOrganization))!;
        await using var app = await AuditPlay.StartAppAsync(July, sample.ToJsonString());
        var play = new AuditPlay(app);
        object Scope(params string[] departments) => new { departments, clauses = new[] { "7", "8.1" }, controls = new[] { "A.6" } };
        string[] ids = [await play.StartAsync(Scope("sales", "engineering", "administration")), await play.StartAsync(Scope("it", "planning", "administration"))];
        Assert.Equal(["audit-FY2026-01", "audit-FY2026-02"], ids);
        foreach (var id in ids)
        {
            await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        }

        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 15, 9, 0, 0, TimeSpan.FromHours(9)));
        var home = sample["people"]!.AsArray().ToDictionary(p => (string)p!["id"]!, p => (string)p!["departmentId"]!);
        string[] auditors = ["yamamoto", "kato", "yoshida", "hayashi"];
        var questions = new Dictionary<string, List<(string Id, string Department)>>();
        foreach (var id in ids)
        {
            questions[id] = [.. (await play.ReadAsync(id))["checklist"]!.AsArray().Select(q => ((string)q!["id"]!, (string)q["department"]!))];
        }

        // Each of the four works both checklists at the same time, every question that is not about their own department.
        await Task.WhenAll(auditors.SelectMany(auditor => ids.Select(async id =>
        {
            foreach (var question in questions[id].Where(q => q.Department != home[auditor]))
            {
                (await app.PostAsync($"auditor:{auditor}", $"audits/{id}/answers", new { question = question.Id, result = "conforming", note = $"{auditor} {id}" })).Expect(200);
            }
        })));

        var store = app.Services.GetRequiredService<AuditStore>();
        foreach (var id in ids)
        {
            var sheets = await store.AnswersAsync(id, CancellationToken.None);
            Assert.Equal(questions[id].Select(q => q.Id), sheets.Keys);
            Assert.All(questions[id], q => Assert.Equal(
                auditors.Where(a => home[a] != q.Department).Select(a => $"{a} {id}").Order(StringComparer.Ordinal),
                sheets[q.Id].Versions.Select(v => v.Answer.Note!).Order(StringComparer.Ordinal)));
            await play.SubmitAsync(id);
            Assert.Equal(questions[id].Count, (int)(await play.ReadAsync(id))["counts"]!["conforming"]!);
        }

        var programme = (await app.GetAsync("secretariat", "audits/programme")).Expect(200).Json;
        Assert.Equal(2, (int)programme["departments"]!.AsArray().Single(d => (string)d!["id"]! == "administration")!["timesAudited"]!);
        Assert.All(programme["departments"]!.AsArray(), d => Assert.Equal("audited", (string)d!["state"]!));
    }

    private static async Task ChangeAsync(RunningApp app, string person, Action<JsonNode> change, Action<JsonNode>? settings = null)
    {
        var organization = (await app.GetAsync("manager", "organization")).Expect(200).Json;
        change(organization["people"]!.AsArray().Single(p => (string)p!["id"]! == person)!);
        settings?.Invoke(organization);
        (await app.SendAsync("manager", HttpMethod.Put, "organization", organization.ToJsonString(), "If-Match: *")).Expect(200);
        await app.SettleAsync();
    }

    /// <summary>The calendar entry that came with a mail.</summary>
    private static string Invitation(RunningApp app, string mail)
    {
        var text = File.ReadAllText(Path.Combine(app.MailFolder, mail + ".eml"));
        var part = text[text.IndexOf("Content-Type: text/calendar", StringComparison.Ordinal)..];
        var start = part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        return Encoding.UTF8.GetString(Convert.FromBase64String(part[start..part.IndexOf("\r\n--", start, StringComparison.Ordinal)]));
    }

    private static string Line(string calendar, string start) => calendar.Split("\r\n").Single(l => l.StartsWith(start, StringComparison.Ordinal));

    private static int Sequence(string calendar) => int.Parse(Line(calendar, "SEQUENCE:")[9..], System.Globalization.CultureInfo.InvariantCulture);
}
