using System.Text;
using System.Text.Json;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>
/// <c>$batch</c>: up to twenty requests, each answered, throttled and failing by itself. The answers come in another order than
/// the requests, as they may in Graph.
/// </summary>
internal static class BatchEndpoint
{
    private const int Largest = 20;

    /// <summary>Answers a part: method, address after the version, headers' client-request-id, body.</summary>
    public delegate GraphResponse PartHandler(string method, string url, ReadOnlyMemory<byte> body);

    public static GraphResponse Answer(ReadOnlyMemory<byte> body, PartHandler answerPart)
    {
        using var document = Parse(body);
        var parts = Parts(document.RootElement);
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        var buffer = PooledBuffer.Rent();
        var answers = new List<(string Id, byte[] Json)>();
        foreach (var part in parts)
        {
            answers.Add((part.Id, AnswerPart(part, statuses, answerPart)));
        }

        using (var writer = new Utf8JsonWriter(buffer.Writer, RowJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("responses"u8);
            foreach (var (_, json) in answers.AsEnumerable().Reverse())
            {
                writer.WriteRawValue(json, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        var response = new GraphResponse(200) { ContentType = "application/json" };
        response.Add(buffer);
        return response;
    }

    private sealed record Part(string Id, string Method, string Url, IReadOnlyList<string> DependsOn, ReadOnlyMemory<byte> Body);

    private static byte[] AnswerPart(Part part, Dictionary<string, int> statuses, PartHandler answerPart)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, RowJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, part.Id);
            if (part.DependsOn.Any(id => statuses.GetValueOrDefault(id, 424) >= 400))
            {
                statuses[part.Id] = 424;
                writer.WriteNumber("status"u8, 424);
                writer.WriteStartObject("body"u8);
                writer.WriteStartObject("error"u8);
                writer.WriteString("code"u8, "FailedDependency"u8);
                writer.WriteString("message"u8, "A request this one depends on has failed."u8);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            else
            {
                using var response = answerPart(part.Method, part.Url, part.Body);
                statuses[part.Id] = response.Status;
                WriteResponse(writer, response);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteResponse(Utf8JsonWriter writer, GraphResponse response)
    {
        writer.WriteNumber("status"u8, response.Status);
        writer.WriteStartObject("headers"u8);
        foreach (var (name, value) in response.Headers)
        {
            writer.WriteString(name, value);
        }

        if (response.Body.Count > 0)
        {
            writer.WriteString("Content-Type"u8, response.ContentType);
        }

        writer.WriteEndObject();
        if (response.Body.Count > 0)
        {
            var body = response.Body.SelectMany(segment => segment.ToArray()).ToArray();
            writer.WritePropertyName("body"u8);
            if (response.ContentType.StartsWith("application/json", StringComparison.Ordinal))
            {
                writer.WriteRawValue(body, skipInputValidation: true);
            }
            else
            {
                writer.WriteStringValue(Encoding.UTF8.GetString(body));
            }
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw GraphException.BadRequest("Unable to read JSON request payload.");
        }
    }

    private static List<Part> Parts(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
        {
            throw GraphException.BadRequest("Invalid batch payload format.");
        }

        if (requests.GetArrayLength() > Largest)
        {
            throw GraphException.BadRequest("Number of batch request steps exceeds the maximum value of 20.");
        }

        var parts = requests.EnumerateArray().Select(Read).ToList();
        return parts.DistinctBy(part => part.Id).Count() == parts.Count ? parts : throw GraphException.BadRequest("Batch request ids must be unique.");
    }

    private static Part Read(JsonElement request)
    {
        if (!request.TryGetProperty("id", out var id) || !request.TryGetProperty("method", out var method) || !request.TryGetProperty("url", out var url))
        {
            throw GraphException.BadRequest("Every batch request needs an id, a method and a url.");
        }

        var dependsOn = request.TryGetProperty("dependsOn", out var list) ? list.EnumerateArray().Select(item => item.ToString()).ToList() : [];
        var body = request.TryGetProperty("body", out var content) ? JsonSerializer.SerializeToUtf8Bytes(content) : [];
        return new Part(id.ToString(), method.ToString().ToUpperInvariant(), url.ToString(), dependsOn, body);
    }
}
