using System.Globalization;
using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Meetings;

/// <summary>Plays the people of reviews and committees over HTTP.</summary>
internal sealed class MeetingPlay(RunningApp app)
{
    public const string Secretariat = "secretariat";
    public const string Manager = "manager";
    public const string Top = "topManagement";

    public static DateTimeOffset Morning(string date) => new(DateOnly.Parse(date, CultureInfo.InvariantCulture).ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(9));

    public async Task<JsonNode> ReadAsync(string id) => (await app.GetAsync(Secretariat, $"meetings/{id}")).Expect(200).Json;

    public async Task<string> StageAsync(string id) => (string)(await ReadAsync(id))["stage"]!;

    public async Task<JsonNode> DoAsync(string persona, string path, object? body = null)
    {
        var answer = (await app.PostAsync(persona, path, body)).Expect(200);
        await app.SettleAsync();
        return answer.Json;
    }

    public async Task<string> CallReviewAsync(object? body = null)
    {
        var called = (await app.PostAsync(Secretariat, "reviews", body)).Expect(202);
        await app.SettleAsync();
        return (string)called.Json["id"]!;
    }

    public async Task<string> CallCommitteeAsync()
    {
        var called = (await app.PostAsync(Secretariat, "meetings")).Expect(202);
        await app.SettleAsync();
        return (string)called.Json["id"]!;
    }

    /// <summary>Says of every missing topic that there is nothing to report.</summary>
    public async Task ProvideMissingAsync(string id)
    {
        foreach (var topic in (await ReadAsync(id))["missing"]!.AsArray().Select(t => (string)t!))
        {
            await DoAsync(Secretariat, $"reviews/{id}/inputs", new { topic, text = "対象期間に該当する事項はなかった。", nothingToReport = true });
        }
    }

    public static object Decision(string kind, string what, string owner, string due, string? raises = null, string? department = null, string? item = null) =>
        new { kind, what, owner, due, raises, department, item };

    /// <summary>Brings a review that is called to approved minutes on the day that is proposed.</summary>
    public async Task ApproveReviewAsync(string id, params object[] decisions)
    {
        await ProvideMissingAsync(id);
        await DoAsync(Secretariat, $"meetings/{id}/schedule");
        await HoldAsync(id, "sato", decisions);
        await DoAsync(Secretariat, $"meetings/{id}/submit");
        await DoAsync(Top, $"meetings/{id}/approve", new { comment = "承認します。" });
    }

    /// <summary>Lets the clock run to the day that is set, and records the meeting.</summary>
    public async Task HoldAsync(string id, string chair, params object[] decisions)
    {
        var date = (string)(await ReadAsync(id))["date"]!;
        await app.RunUntilAsync(Morning(date).AddHours(2));
        await DoAsync(Secretariat, $"meetings/{id}/hold", new { attendees = new[] { chair, "nakamura", "suzuki" }, conclusion = "ISMSは適切、妥当かつ有効である。", decisions });
    }

    /// <summary>The evidence of a subject by record, oldest first.</summary>
    public async Task<ILookup<string, JsonNode>> EvidenceAsync(string subject) =>
        (await app.GetAsync(Secretariat, $"evidence?subject={subject}")).Expect(200).Json["items"]!.AsArray().ToLookup(e => (string)e!["record"]!, e => e!);

    public async Task<string> FileAsync(string id, string record, string page) =>
        (await app.GetAsync(Secretariat, $"evidence/{(string)(await EvidenceAsync(id))[record].Last()["id"]!}/files/{page}")).Expect(200).Text;

    public async Task<string> AnyEvidenceAsync() => (string)(await app.GetAsync(Secretariat, "evidence")).Expect(200).Json["items"]![0]!["id"]!;
}
