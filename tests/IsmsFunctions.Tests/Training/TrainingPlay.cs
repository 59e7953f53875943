using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Training;

/// <summary>Plays the people of a training campaign over HTTP.</summary>
internal sealed class TrainingPlay(RunningApp app)
{
    public const string Secretariat = "secretariat";

    /// <summary>Three people of two departments, and one from outside.</summary>
    public static readonly object Small = new
    {
        kind = "drill",
        title = "避難訓練",
        due = "2026-04-30",
        audience = new
        {
            kind = "selection",
            departments = Array.Empty<string>(),
            roles = new[] { "systemAdministrator", "personInCharge", "topManagement" },
            people = new[] { new { name = "外部 花子", mail = "hanako@partner.example" } },
        },
    };

    /// <summary>Starts a campaign and waits until everybody has been invited.</summary>
    public async Task<string> StartAsync(object? body = null)
    {
        var answer = (await app.PostAsync(Secretariat, "trainings", body ?? Small)).Expect(202);
        await app.SettleAsync();
        return (string)answer.Json["id"]!;
    }

    public async Task<JsonNode> ReadAsync(string id) => (await app.GetAsync(Secretariat, $"trainings/{id}")).Expect(200).Json;

    public async Task<string> StageAsync(string id) => (string)(await ReadAsync(id))["stage"]!;

    public async Task<IReadOnlyList<JsonNode>> ParticipantsAsync(string id, string persona = Secretariat, string query = "") =>
        [.. (await app.GetAsync(persona, $"trainings/{id}/participants{query}")).Expect(200).Json["items"]!.AsArray().Select(p => p!)];

    public async Task<Answer> SendFileAsync(string persona, string path, string format, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/{path}?format={format}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add("X-Isms-Persona", persona);
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var response = await app.Http.SendAsync(request);
        var answer = new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), null, null);
        await app.SettleAsync();
        return answer;
    }

    public Task<Answer> ImportAsync(string id, params string[] lines) => ImportAsAsync(Secretariat, id, lines);

    public Task<Answer> ImportAsAsync(string persona, string id, params string[] lines) =>
        SendFileAsync(persona, $"trainings/{id}/import", "csv", Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));

    public async Task DoAsync(string persona, string path, object? body = null)
    {
        (await app.PostAsync(persona, path, body)).Expect(200);
        await app.SettleAsync();
    }

    public async Task<IReadOnlyList<string>> RecordsAsync(string subject) =>
        [.. (await app.GetAsync(Secretariat, $"evidence?subject={subject}")).Expect(200).Json["items"]!.AsArray().Select(e => (string)e!["record"]!).Order(StringComparer.Ordinal)];
}
