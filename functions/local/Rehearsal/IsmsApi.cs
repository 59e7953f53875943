using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal;

/// <summary>The app's HTTP interface as the scripted people use it.</summary>
internal sealed class IsmsApi(AppProcess app)
{
    /// <summary>Reads a document.</summary>
    public async Task<JsonNode> GetAsync(string persona, string path, CancellationToken cancellationToken)
    {
        using var response = await app.SendAsync(() => Request(HttpMethod.Get, persona, path), cancellationToken);
        return await ReadAsync(response, persona, "GET", path, cancellationToken);
    }

    /// <summary>Reads all pages of a list.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string persona, string path, CancellationToken cancellationToken)
    {
        var items = new List<JsonNode>();
        string? token = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync(persona, token is null ? path : $"{path}{separator}continuationToken={Uri.EscapeDataString(token)}", cancellationToken);
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            token = (string?)page["continuationToken"];
        }
        while (token is not null);
        return items;
    }

    /// <summary>Gives a command; the idempotency key is made from what it says, so that a repetition after a kill is the same command.</summary>
    public async Task<JsonNode> PostAsync(string persona, string path, object? body, string occasion, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(persona, path, body, occasion, cancellationToken);
        var answer = await ReadAsync(response, persona, "POST", path, cancellationToken);
        await app.SettleAsync(cancellationToken);
        return answer;
    }

    /// <summary>
    /// Commands of several people at one moment, each person's one after the other. Only for commands that change nothing in common: the order in which
    /// they arrive is the machine's.
    /// </summary>
    public async Task PostTogetherAsync(
        IEnumerable<IGrouping<string, (string Path, JsonNode Body)>> byPersona, string occasion, CancellationToken cancellationToken)
    {
        await Task.WhenAll(byPersona.Select(async person =>
        {
            foreach (var (path, body) in person)
            {
                using var response = await SendAsync(person.Key, path, body, occasion, cancellationToken);
                await ReadAsync(response, person.Key, "POST", path, cancellationToken);
            }
        }));
        await app.SettleAsync(cancellationToken);
    }

    /// <summary>Like <see cref="PostAsync"/>, but a conflict with the present state (409) is an answer: null.</summary>
    public async Task<JsonNode?> TryPostAsync(string persona, string path, object? body, string occasion, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(persona, path, body, occasion, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return null;
        }

        var answer = await ReadAsync(response, persona, "POST", path, cancellationToken);
        await app.SettleAsync(cancellationToken);
        return answer;
    }

    /// <summary>Files a document as evidence.</summary>
    public async Task<JsonNode> UploadAsync(
        string persona, IReadOnlyDictionary<string, string> fields, string fileName, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        using var response = await app.SendAsync(
            () =>
            {
                var form = new MultipartFormDataContent("isms-rehearsal-boundary");
                foreach (var (name, value) in fields)
                {
                    form.Add(new StringContent(value, Encoding.UTF8), name);
                }

                var file = new ByteArrayContent(content);
                file.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
                form.Add(file, "file", fileName);
                var request = Request(HttpMethod.Post, persona, "evidence");
                request.Content = form;
                return request;
            },
            cancellationToken);
        return await ReadAsync(response, persona, "POST", "evidence", cancellationToken);
    }

    /// <summary>Sends a file as it is; the app knows a repetition by the bytes.</summary>
    public async Task<JsonNode> SendFileAsync(string persona, string path, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        using var response = await app.SendAsync(
            () =>
            {
                var request = Request(HttpMethod.Post, persona, path);
                request.Content = new ByteArrayContent(content);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
                return request;
            },
            cancellationToken);
        var answer = await ReadAsync(response, persona, "POST", path, cancellationToken);
        await app.SettleAsync(cancellationToken);
        return answer;
    }

    /// <summary>Saves what a path answers as a file.</summary>
    public async Task DownloadAsync(string persona, string path, string file, CancellationToken cancellationToken)
    {
        using var response = await app.SendAsync(() => Request(HttpMethod.Get, persona, path), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new RehearsalException($"{persona}: GET {path} → {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        await using var target = File.Create(file);
        await response.Content.CopyToAsync(target, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(string persona, string path, object? body, string occasion, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{persona}\n{path}\n{occasion}")))[..32];
        return app.SendAsync(
            () =>
            {
                var request = Request(HttpMethod.Post, persona, path);
                request.Headers.Add("Idempotency-Key", key);
                request.Content = body is null ? null : JsonContent.Create(body);
                return request;
            },
            cancellationToken);
    }

    private static HttpRequestMessage Request(HttpMethod method, string persona, string path)
    {
        var request = new HttpRequestMessage(method, "api/" + path);
        request.Headers.Add("X-Isms-Persona", persona);
        request.Headers.AcceptLanguage.ParseAdd("en");
        return request;
    }

    private static async Task<JsonNode> ReadAsync(
        HttpResponseMessage response, string persona, string method, string path, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? (text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!)
            : throw new RehearsalException($"{persona}: {method} {path} → {(int)response.StatusCode}: {text}");
    }
}

/// <summary>The rehearsal could not go on; the message says what the app answered.</summary>
internal sealed class RehearsalException(string message) : Exception(message);
