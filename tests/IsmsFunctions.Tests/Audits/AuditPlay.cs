using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Audits;

/// <summary>Plays the people of an audit over HTTP.</summary>
internal sealed class AuditPlay(RunningApp app)
{
    public const string Secretariat = "secretariat";
    public const string Manager = "manager";

    /// <summary>A small scope: two departments, few clauses, so that a test can answer everything.</summary>
    public static readonly object SmallScope = new { departments = new[] { "sales", "engineering" }, clauses = new[] { "7.3", "7.5", "8.1" } };

    /// <summary>Starts the app without collectors: there is no tenant to collect from, and audits do not need one.</summary>
    public static Task<RunningApp> StartAppAsync(DateTimeOffset start, string? organization = null) =>
        RunningApp.StartAsync(start, organization, null, "Schedules:SignIns=0 0 0 1 1 *", "Schedules:AccessRights=0 0 0 1 1 *");

    public async Task<string> StartAsync(object? scope = null)
    {
        var answer = (await app.PostAsync(Secretariat, "audits", scope ?? SmallScope)).Expect(202);
        await app.SettleAsync();
        return (string)answer.Json["id"]!;
    }

    public async Task<JsonNode> ReadAsync(string id) => (await app.GetAsync(Secretariat, $"audits/{id}")).Expect(200).Json;

    public async Task<string> StageAsync(string id) => (string)(await ReadAsync(id))["stage"]!;

    public async Task DoAsync(string persona, string path, object? body = null)
    {
        (await app.PostAsync(persona, path, body)).Expect(200);
        await app.SettleAsync();
    }

    /// <summary>Brings a new audit to its first day of fieldwork.</summary>
    public async Task<string> ToFieldworkAsync(object? scope = null)
    {
        var id = await StartAsync(scope);
        await DoAsync(Manager, $"audits/{id}/approve-plan");
        var from = DateOnly.Parse((string)(await ReadAsync(id))["plan"]!["from"]!, System.Globalization.CultureInfo.InvariantCulture);
        await app.RunUntilAsync(new DateTimeOffset(from.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(9)));
        return id;
    }

    /// <summary>Answers every open question, each by the auditor assigned to its department; the first <paramref name="minor"/> are nonconformities of that grade.</summary>
    public async Task AnswerAllAsync(string id, int minor = 0, string grade = "minorNonconformity")
    {
        var audit = await ReadAsync(id);
        var evidence = (string)(await app.GetAsync(Secretariat, $"evidence?subject={id}")).Expect(200).Json["items"]![0]!["id"]!;
        foreach (var question in audit["checklist"]!.AsArray().Where(q => q!["answer"] is null))
        {
            var body = new JsonObject { ["question"] = (string)question!["id"]!, ["result"] = "conforming" };
            if (minor-- > 0)
            {
                body["result"] = grade;
                body["requirement"] = "手順書は最新版を使用する";
                body["fact"] = "旧版の手順書が使われていた <第2版>";
                body["evidence"] = new JsonArray(evidence);
            }

            (await app.PostAsync($"auditor:{question["auditor"]}", $"audits/{id}/answers", body.ToJsonString())).Expect(200);
        }
    }

    /// <summary>Hands the answers in as the lead auditor.</summary>
    public async Task SubmitAsync(string id) => await DoAsync($"auditor:{(await ReadAsync(id))["plan"]!["leadAuditor"]}", $"audits/{id}/submit");

    /// <summary>Brings an action from its correction to the effectiveness check, and waits for the waiting period to be over.</summary>
    public async Task ActUntilEffectivenessAsync(string id, bool corrected = false)
    {
        var action = (await app.GetAsync(Secretariat, $"corrective-actions/{id}")).Expect(200).Json;
        var (path, owner) = ($"corrective-actions/{id}/", $"owner:{action["owner"]}");
        if (!corrected)
        {
            await DoAsync(owner, path + "correction", new { description = "旧版を回収した" });
        }

        await DoAsync(owner, path + "root-cause", new { whys = new[] { "周知がなかった", "周知の担当が決まっていない" }, elsewhere = new { departments = new[] { "it" }, result = "同様の問題はない" } });
        var due = DateOnly.FromDateTime(app.Now.UtcDateTime).AddDays(10).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await DoAsync(owner, path + "plan", new { steps = new[] { new { what = "周知の担当を決める", responsible = (string)action["owner"]!, due } } });
        await DoAsync(Manager, path + "approve-plan");
        var proof = (string)(await app.GetAsync(Secretariat, "evidence")).Expect(200).Json["items"]![0]!["id"]!;
        await DoAsync(owner, path + "implemented", new { note = "担当を決めて周知した", evidence = new[] { proof } });
        await app.RunUntilAsync(app.Now.AddDays(31));
    }
}
