using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Year;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>How much a year consists of.</summary>
/// <param name="Tasks">Its plan items.</param>
/// <param name="Findings">The findings of its audits, each with a corrective action.</param>
/// <param name="Items">Its evidence.</param>
internal sealed record YearSize(int Tasks, int Findings, int Items);

/// <summary>The present year with very much in it: begun as people begin it, and then filled with further rows of what it has already.</summary>
internal static class YearFill
{
    private const int FindingsOfAudit = 50;

    public static async Task<string> RunAsync(BenchApp app, HttpClient http, YearSize size)
    {
        var organization = await http.GetFromJsonAsync<JsonNode>("api/me");
        var year = (string)organization!["organization"]!["fiscalYear"]!;
        await PostAsync(http, $"years/{year}/start", null);
        await PostAsync(http, "registers/sample", null);
        await PostAsync(http, "audits", new { departments = new[] { "sales", "it" }, clauses = new[] { "7.3", "9.1" }, controls = new[] { "5.15", "8.15" } });
        await PostAsync(http, "corrective-actions", new { department = "sales", requirement = "クリアデスク", fact = "契約書が机上に放置されていた" });
        await PostAsync(http, "incidents", new { kind = "misdelivery", nature = "nearMiss", title = "誤送信に気付いた", description = "送信前に気付いた", departments = new[] { "sales" } });

        var states = app.Services.GetRequiredService<StateStore>();
        var subjects = await TasksAsync(states, app.Services.GetRequiredService<YearStore>(), year, size.Tasks);
        subjects.AddRange(await FindingsAsync(states, app.Services, year, size.Findings));
        var (number, now) = (int.Parse(year[2..], CultureInfo.InvariantCulture), app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var from = new DateTimeOffset(number, 4, 1, 0, 0, 0, TimeSpan.Zero);
        await EvidenceFill.RunAsync(size.Items, new EvidenceFill.Filling(number, from, now, subjects), app.Storage, app.Services.GetRequiredService<EvidenceIndex>());
        return year;
    }

    private static async Task<List<string>> TasksAsync(StateStore states, YearStore years, string year, int count)
    {
        var present = (await years.ItemsAsync(year, default)).Select(i => i.Value).ToList();
        var more = Enumerable.Range(0, Math.Max(0, count - present.Count))
            .Select(n => present[n % present.Count] with { Id = string.Create(CultureInfo.InvariantCulture, $"{present[n % present.Count].Id}-again-{n / present.Count}") }).ToList();
        await EachAsync(more, i => states.TryCreateAsync(YearStore.Item, i.InstanceId, i));
        return [.. present.Concat(more).Select(i => i.InstanceId)];
    }

    private static async Task<List<string>> FindingsAsync(StateStore states, IServiceProvider services, string year, int count)
    {
        var audit = (await services.GetRequiredService<AuditStore>().ListAfterAsync(year, null, default).ToListAsync())[^1].Value;
        var action = (await services.GetRequiredService<ActionStore>().ListAfterAsync(year, null, default).ToListAsync())[0].Value;
        var stages = Enum.GetValues<ActionStage>();
        var actions = Enumerable.Range(0, count).Select(n => action with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"action-{year}-{n + 100:000}"),
            Stage = n % 2 == 0 ? ActionStage.Closed : stages[n / 2 % stages.Length],
            Due = n % 2 == 0 ? null : DateOnly.FromDateTime(action.RaisedAt.Date).AddDays((n % 60) - 20),
            Nonconformity = action.Nonconformity with { Fact = string.Create(CultureInfo.InvariantCulture, $"{action.Nonconformity.Fact} {n}") },
        }).ToList();
        await EachAsync(actions, a => states.TryCreateAsync(ActionStore.Kind, a.Id, a));

        var findings = actions.Select((a, n) => new Finding
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"f-{(n % FindingsOfAudit) + 1:00}"),
            Question = $"q-{n}",
            Grade = AnswerResult.MinorNonconformity,
            Urgency = Urgency.Normal,
            Department = audit.Plan.Departments[n % audit.Plan.Departments.Count],
            Clause = audit.Plan.Clauses[n % audit.Plan.Clauses.Count],
            Requirement = new LocalizedText("要求事項", "The requirement"),
            Fact = a.Nonconformity.Fact,
            Auditor = audit.Plan.LeadAuditor,
        });
        // Their ids come before that of the audit that people began, whose checklist pages show as the newest.
        var audits = findings.Chunk(FindingsOfAudit).Select((some, n) => audit with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"audit-{year}-00-{n}"),
            Stage = AuditStage.FollowingUp,
            Findings = some,
            Actions = [.. some.Select((f, i) => new StartedAction(f.Id, actions[(n * FindingsOfAudit) + i].Id, actions[(n * FindingsOfAudit) + i].Stage == ActionStage.Closed))],
        });
        await EachAsync(audits, a => states.TryCreateAsync(AuditStore.Kind, a.Id, a));
        return [.. actions.Select(a => a.Id)];
    }

    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> work) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) => await work(one));

    private static async Task PostAsync(HttpClient http, string path, object? body)
    {
        using var answer = body is null ? await http.PostAsync("api/" + path, null) : await http.PostAsJsonAsync("api/" + path, body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
