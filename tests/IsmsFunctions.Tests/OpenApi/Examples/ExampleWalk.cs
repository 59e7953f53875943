using System.Text.Json;
using System.Text.Json.Nodes;
using IsmsFunctions.Hosting;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>
/// Walks through the API as a reader of its description would: sends requests to the running app, and holds each request and each answer against the schemas. What does not
/// succeed or does not fit is a fault; what does becomes an example.
/// </summary>
internal sealed class ExampleWalk(ApiDescription description, ExampleBook book, List<string> faults, RunningApp app)
{
    public RunningApp App => app;

    public Task<JsonNode?> GetAsync(string persona, string path) => SendAsync(persona, HttpMethod.Get, path, null);

    public Task<JsonNode?> PostAsync(string persona, string path, object? body = null, params string[] headers) => SendAsync(persona, HttpMethod.Post, path, body, headers);

    public Task<JsonNode?> PutAsync(string persona, string path, object body, params string[] headers) => SendAsync(persona, HttpMethod.Put, path, body, headers);

    /// <summary>Sends a request, and waits until the app has done what follows from it.</summary>
    public async Task<JsonNode?> SendAsync(string persona, HttpMethod method, string path, object? body, params string[] headers)
    {
        var request = body is null ? null : JsonSerializer.SerializeToNode(body, Json.Options);
        var answer = await app.SendAsync(persona, method, path, request?.ToJsonString(Json.Options), headers);
        await app.SettleAsync();
        var verb = method.Method.ToLowerInvariant();
        var operation = description.Find(verb, "/api/" + path.Split('?')[0]);
        var json = answer.Text.StartsWith('{') || answer.Text.StartsWith('[') ? answer.Json : null;
        if (answer.Status >= 300)
        {
            faults.Add($"{operation.Id}: {persona} {verb} {path} was answered {answer.Status}: {answer.Text}");
            return null;
        }

        faults.AddRange(request is null ? [] : description.FaultsOfRequest(operation, request));
        faults.AddRange(description.FaultsOfAnswer(operation, answer.Status, json));
        book.Take(operation.Id, "/api/" + path, request, answer.Status, json);
        return json;
    }

    /// <summary>The version that a person sees, as a header that holds the command to it.</summary>
    public async Task<string> IfMatchAsync(string persona, string path) => $"If-Match: {(await app.GetAsync(persona, path)).Expect(200).ETag}";

    /// <summary>The id of some evidence on a subject.</summary>
    public async Task<string> EvidenceAsync(string? subject = null) =>
        (string)(await app.GetAsync("secretariat", subject is null ? "evidence" : $"evidence?subject={subject}")).Expect(200).Json["items"]![0]!["id"]!;
}
