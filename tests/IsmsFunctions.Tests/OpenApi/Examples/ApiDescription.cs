using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>
/// The kept description of the API as a reader of it sees it: which operation a path belongs to, and whether a document is what the operation's schema says. Members that
/// the description does not know are faults here, so that nothing is sent or answered that it keeps silent about.
/// </summary>
internal sealed class ApiDescription
{
    private const string Components = "#/components/schemas/";
    private readonly List<DescribedOperation> operations = [];
    private readonly JsonObject definitions = [];
    private readonly Lazy<JsonSchema> schemas;

    public ApiDescription(string text)
    {
        var document = JsonNode.Parse(text.Replace(Components, "#/definitions/", StringComparison.Ordinal))!;
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            definitions[name] = schema!.DeepClone();
        }

        foreach (var (path, verbs) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in verbs!.AsObject())
            {
                operations.Add(Read(path, verb, operation!));
            }
        }

        Close(definitions);
        schemas = new(() => JsonSchema.FromJsonAsync(new JsonObject { ["definitions"] = definitions }.ToJsonString()).GetAwaiter().GetResult());
    }

    /// <summary>All operations.</summary>
    public IReadOnlyList<DescribedOperation> Operations => operations;

    /// <summary>The operation that a request is for: among those whose path fits, the one with the most words of its own.</summary>
    public DescribedOperation Find(string verb, string path)
    {
        var parts = path.Split('/');
        return operations.Where(o => o.Verb == verb && o.Fits(parts)).MaxBy(o => o.Parts.Count(p => !p.StartsWith('{')))
            ?? throw new InvalidOperationException($"openapi.json knows no {verb} {path}.");
    }

    /// <summary>What is wrong with a request's document.</summary>
    public IReadOnlyList<string> FaultsOfRequest(DescribedOperation operation, JsonNode body) =>
        operation.TakesJson ? Faults(operation.Id + ".request", body) : [$"{operation.Id} takes no document."];

    /// <summary>What is wrong with an answer.</summary>
    public IReadOnlyList<string> FaultsOfAnswer(DescribedOperation operation, int status, JsonNode? body) =>
        !operation.Answers.TryGetValue(status, out var isJson) ? [$"{operation.Id} is not said to answer {status}."]
        : isJson && body is not null ? Faults($"{operation.Id}.{status}", body)
        : [];

    private List<string> Faults(string schema, JsonNode body) =>
        [.. Flat(schemas.Value.Definitions[schema].Validate(body.ToJsonString())).Select(e => $"{schema}: {e.Path} {e.Kind}").Distinct().Take(5)];

    private DescribedOperation Read(string path, string verb, JsonNode operation)
    {
        var id = (string)operation["operationId"]!;
        var answers = new Dictionary<int, bool>();
        foreach (var (status, answer) in operation["responses"]!.AsObject().Where(r => r.Key != "default"))
        {
            answers[int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)] = Define($"{id}.{status}", answer!["content"]);
        }

        return new DescribedOperation(id, verb, path.Split('/'), Define(id + ".request", operation["requestBody"]?["content"]), answers);
    }

    private bool Define(string name, JsonNode? content)
    {
        if (content?["application/json"]?["schema"] is not { } schema)
        {
            return false;
        }

        definitions[name] = schema.DeepClone();
        return true;
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            array.ToList().ForEach(Close);
        }
        else if (node is JsonObject schema)
        {
            schema.ToList().ForEach(member => Close(member.Value));
            if (schema["properties"] is JsonObject && schema["type"] is not null)
            {
                schema.TryAdd("additionalProperties", false);
            }
        }
    }

    private static IEnumerable<ValidationError> Flat(IEnumerable<ValidationError> errors) =>
        errors.SelectMany(e => e is ChildSchemaValidationError child ? Flat(child.Errors.Values.SelectMany(v => v)) : [e]);
}

/// <summary>One operation as it is described.</summary>
/// <param name="Id">Its <c>operationId</c>.</param>
/// <param name="Verb">The HTTP method in lower case.</param>
/// <param name="Parts">The parts of its path; parameters in braces.</param>
/// <param name="TakesJson">Whether its request is a JSON document.</param>
/// <param name="Answers">The statuses of success, and whether the answer is a JSON document.</param>
internal sealed record DescribedOperation(string Id, string Verb, IReadOnlyList<string> Parts, bool TakesJson, IReadOnlyDictionary<int, bool> Answers)
{
    /// <summary>Whether a path is one of this operation's.</summary>
    public bool Fits(IReadOnlyList<string> path) =>
        path.Count == Parts.Count && Parts.Zip(path).All(p => p.First == p.Second || (p.First.StartsWith('{') && p.First.EndsWith('}') && p.Second.Length > 0)
            || (p.First.StartsWith('{') && p.First.Contains("}.", StringComparison.Ordinal) && p.Second.EndsWith(p.First[(p.First.IndexOf('}', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal)));
}
