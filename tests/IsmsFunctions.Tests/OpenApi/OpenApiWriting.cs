using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Tests.OpenApi.Examples;

namespace IsmsFunctions.Tests.OpenApi;

/// <summary>Writes the description of the API (OpenAPI 3.1) from what the sources show.</summary>
internal static partial class OpenApiWriting
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<Operation> operations, ExampleBook examples)
    {
        var book = new SchemaBook();
        book.Of(typeof(Problem));
        var paths = new JsonObject();
        foreach (var route in operations.GroupBy(o => o.Route))
        {
            paths["/" + RouteOf(route.Key)] = new JsonObject(route.Select(o => KeyValuePair.Create<string, JsonNode?>(o.Verb, Describe(o, book, examples.Find(o.Function)))));
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "IsmsFunctions",
                ["version"] = "1",
                ["summary"] = "Runs an organisation's ISO/IEC 27001 management system.",
                ["description"] =
                    "JSON throughout; times are UTC (RFC 3339), days are the organisation's. Every error is a problem document (RFC 9457) that says what to do, in Japanese or, "
                    + "where Accept-Language prefers it, English. Lists come in pages: continuationToken asks for the next one. A command repeated with the same Idempotency-Key is "
                    + "carried out once; If-Match holds a command to the version that was read. Which app roles may call an operation is said in x-roles. Examples are requests to the "
                    + "sample organisation and what they were answered, lists cut to their first two entries.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["entra"] = new JsonArray() }, new JsonObject { ["persona"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. operations.Select(o => o.Capability).Distinct().Order(StringComparer.Ordinal).Select(t => (JsonNode)new JsonObject { ["name"] = t })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["entra"] = new JsonObject
                    {
                        ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT",
                        ["description"] = "A token of Microsoft Entra ID for this application, which App Service Authentication checks; a browser signs in with a session instead.",
                    },
                    ["persona"] = new JsonObject
                    {
                        ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Isms-Persona",
                        ["description"] = "Only where Isms__Identity is Personas, that is, on one's own machine: the part to play, such as secretariat or auditor:kato.",
                    },
                },
                ["responses"] = new JsonObject
                {
                    ["Problem"] = new JsonObject
                    {
                        ["description"] = "It was refused; the document says why and what to do.",
                        ["content"] = new JsonObject { [Problem.MediaType] = new JsonObject { ["schema"] = book.Of(typeof(Problem)) } },
                    },
                },
                ["schemas"] = book.Components(),
            },
        };
        return document.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Describe(Operation operation, SchemaBook book, JsonObject? example)
    {
        var roles = AccessTable.Roles[operation.Function];
        var described = new JsonObject
        {
            ["operationId"] = operation.Function,
            ["tags"] = new JsonArray(operation.Capability),
            ["summary"] = FirstSentence(operation.Summary),
            ["description"] = operation.Summary,
            ["x-roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]),
        };
        if (ReferenceEquals(roles, AccessTable.Anyone))
        {
            described["security"] = new JsonArray();
        }

        if (Parameters(operation, example) is { Count: > 0 } parameters)
        {
            described["parameters"] = parameters;
        }

        if (BodyOf(operation, book) is { } body)
        {
            Show(body, example?["request"]);
            described["requestBody"] = body;
        }

        described["responses"] = Responses(operation, book);
        if (example is not null)
        {
            Show(described["responses"]![example["status"]!.ToString()], example["answer"]);
        }

        return described;
    }

    private static void Show(JsonNode? content, JsonNode? example)
    {
        if (example is not null && content?["content"]?["application/json"] is JsonObject json)
        {
            json["example"] = example.DeepClone();
        }
    }

    private static JsonArray Parameters(Operation operation, JsonObject? example)
    {
        var parameters = new JsonArray();
        var used = ExampleBook.ParametersOf("/" + RouteOf(operation.Route), (string?)example?["path"]);
        foreach (Match name in RouteParameter().Matches(operation.Route))
        {
            parameters.Add(Parameter(name.Groups["name"].Value, "path", required: true, used));
        }

        foreach (var query in operation.Queries)
        {
            parameters.Add(Parameter(query, "query", required: false, used));
        }

        if (operation.IsCommand)
        {
            parameters.Add(Parameter("Idempotency-Key", "header", required: false));
            parameters.Add(Parameter("If-Match", "header", required: false));
        }

        return parameters;
    }

    private static JsonObject Parameter(string name, string place, bool required, IReadOnlyDictionary<string, string>? examples = null)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (required)
        {
            parameter["required"] = true;
        }

        parameter["schema"] = name == "top"
            ? new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 200 }
            : new JsonObject { ["type"] = "string" };
        if (examples?.GetValueOrDefault(name) is { } example)
        {
            parameter["example"] = name == "top" ? int.Parse(example, System.Globalization.CultureInfo.InvariantCulture) : example;
        }

        return parameter;
    }

    private static JsonObject? BodyOf(Operation operation, SchemaBook book)
    {
        JsonObject Content(string mediaType, JsonNode schema) => new() { [mediaType] = new JsonObject { ["schema"] = schema } };
        return operation switch
        {
            { Body: { } type } => new JsonObject { ["required"] = !operation.BodyIsOptional, ["content"] = Content("application/json", book.Of(type)) },
            { TakesForm: true, Verb: "post" or "put" } => new JsonObject
            {
                ["required"] = true, ["content"] = Content("multipart/form-data", new JsonObject { ["type"] = "object" }),
            },
            { TakesFile: true, Verb: "post" or "put" } => new JsonObject { ["required"] = true, ["content"] = Content("application/octet-stream", new JsonObject()) },
            _ => null,
        };
    }

    private static JsonObject Responses(Operation operation, SchemaBook book)
    {
        var responses = new JsonObject();
        foreach (var (status, reply) in operation.Replies)
        {
            var response = new JsonObject { ["description"] = Meaning(status) };
            if (operation.HasETag && status == 200)
            {
                response["headers"] = new JsonObject { ["ETag"] = Header("The version; send it back in If-Match.") };
            }
            else if (status is 201 or 202)
            {
                response["headers"] = new JsonObject { ["Location"] = Header("Where to look.") };
            }

            var content = new JsonObject();
            if (reply.Documents.Count > 0)
            {
                var schemas = reply.Documents.Select(book.Of).ToList();
                content["application/json"] = new JsonObject { ["schema"] = schemas is [var only] ? only : new JsonObject { ["anyOf"] = new JsonArray([.. schemas]) } };
            }

            if (reply.IsFile)
            {
                content["*/*"] = new JsonObject();
            }

            if (content.Count > 0)
            {
                response["content"] = content;
            }

            responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = response;
        }

        responses["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        return responses;
    }

    private static JsonObject Header(string meaning) => new() { ["description"] = meaning, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static string Meaning(int status) => status switch
    {
        200 => "As asked.",
        201 => "Created.",
        202 => "Accepted; the work goes on, and the document at Location says how far it is.",
        204 => "Done.",
        206 => "The part that was asked for.",
        302 => "It is elsewhere.",
        304 => "Nothing new.",
        503 => "The app does not have what it needs.",
        _ => "See the description.",
    };

    private static string FirstSentence(string text) => SentenceEnd().Match(text) is { Success: true } end ? text[..(end.Index + 1)] : text;

    private static string RouteOf(string route) => RouteParameter().Replace(route, "{${name}}");

    [GeneratedRegex(@"\{\*?(?<name>[A-Za-z]+)[^}]*\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex(@"\.(?= [A-Z])")]
    private static partial Regex SentenceEnd();
}
