using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Incidents;

/// <summary>Plays the people of an incident over HTTP.</summary>
internal sealed class IncidentPlay(RunningApp app)
{
    public const string Secretariat = "secretariat";
    public const string Handler = "owner:suzuki";

    /// <summary>Monday, 3 August 2026, 14:30 in Tokyo.</summary>
    public static readonly DateTimeOffset Start = new(2026, 8, 3, 5, 30, 0, TimeSpan.Zero);

    public static readonly object Sensitive = new { persons = 12, items = "氏名、診断名", sensitive = true };

    public static readonly object Everything = new
    {
        outline = "案内メールを別の取引先に送信した。", dataItems = "氏名、診断名", persons = 12, cause = "宛先の選択誤り", secondaryDamage = "なし", responseToPersons = "全員に書面で通知した。",
        publication = "なし", prevention = "送信前の確認を二人で行う。", other = "なし",
    };

    public static object Report(string nature = "actual", object? personalData = null, bool anonymous = false, string? planItem = null) => new
    {
        kind = "misdelivery", title = "案内メールの誤送信 <A社>", description = "別の取引先に案内メールを送信した。", departments = new[] { "sales" }, nature,
        information = new[] { new { what = "取引先の担当者名簿", confidentiality = 3 } }, personalData, anonymous, planItem,
    };

    public async Task<string> ReportAsync(object? report = null, string persona = Handler)
    {
        var answer = (await app.PostAsync(persona, "incidents", report ?? Report())).Expect(202);
        await app.SettleAsync();
        return (string)answer.Json["id"]!;
    }

    public async Task<JsonNode> ReadAsync(string id) => (await app.GetAsync(Secretariat, $"incidents/{id}")).Expect(200).Json;

    public async Task<string> StageAsync(string id) => (string)(await ReadAsync(id))["stage"]!;

    public async Task DoAsync(string persona, string id, string command, object? body = null)
    {
        (await app.PostAsync(persona, $"incidents/{id}/{command}", body)).Expect(200);
        await app.SettleAsync();
    }

    public Task TriageAsync(string id) => DoAsync(Secretariat, id, "triage", new { extent = "outside", handler = "suzuki" });

    public Task ContainAsync(string id) => DoAsync(Handler, id, "contained", new { description = "先方が削除した。" });

    public Task InvestigateAsync(string id) => DoAsync(Handler, id, "investigated", new { category = "humanError", cause = "宛先の選択誤り", scope = "1通のみ" });

    public Task ReportToAsync(string id, string kind) =>
        DoAsync(Secretariat, id, "breach-report", new { kind, recipient = kind == "persons" ? "書面" : "個人情報保護委員会", contents = Everything });

    public Task RecoverAsync(string id) => DoAsync(Handler, id, "recovered", new { description = "正しい宛先に送り直した。" });

    public Task LearnAsync(string id) => DoAsync(Secretariat, id, "lessons", new
    {
        lessons = new object[]
        {
            new { what = "宛先の候補が似ている", measure = "correctiveAction", requirement = "送信前に宛先を二人で確認する", control = "A.5.14" },
            new { what = "報告が翌日になった", measure = "training", requirement = "事故の報告のしかた" },
        },
    });

    /// <summary>From triage to the end, with all reports that are demanded.</summary>
    public async Task CloseAsync(string id)
    {
        await TriageAsync(id);
        await ContainAsync(id);
        await InvestigateAsync(id);
        if (await StageAsync(id) == "reporting")
        {
            await ReportToAsync(id, "preliminary");
            await ReportToAsync(id, "final");
            await ReportToAsync(id, "persons");
            await DoAsync(Secretariat, id, "complete-reporting");
        }

        await RecoverAsync(id);
        await LearnAsync(id);
        await DoAsync(Secretariat, id, "close");
    }

    /// <summary>The records of a subject.</summary>
    public async Task<IReadOnlyList<JsonNode>> EvidenceAsync(string subject) =>
        [.. (await app.GetAsync(Secretariat, $"evidence?subject={subject}")).Expect(200).Json["items"]!.AsArray().Select(i => i!)];
}
