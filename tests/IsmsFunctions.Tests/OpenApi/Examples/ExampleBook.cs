using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>
/// The examples of the API's description: of each operation one request that was sent, and what it was answered. They are kept in a file that the walk through the API
/// writes (<c>ISMS_WRITE_OPENAPI=1</c>) and holds its requests against.
/// </summary>
internal sealed class ExampleBook
{
    /// <summary>Of a list, the first entries say how all look.</summary>
    private const int Shown = 2;

    private static readonly string File = Path.Combine(Repository.Root, "tests", "IsmsFunctions.Tests", "OpenApi", "Examples", "examples.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), NewLine = "\n" };
    private readonly SortedDictionary<string, JsonObject> examples = new(StringComparer.Ordinal);

    /// <summary>The kept ones.</summary>
    public static ExampleBook Kept()
    {
        var book = new ExampleBook();
        foreach (var (operation, example) in System.IO.File.Exists(File) ? JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject() : [])
        {
            book.examples[operation] = example!.DeepClone().AsObject();
        }

        return book;
    }

    /// <summary>The operations that there is an example of.</summary>
    public IReadOnlyCollection<string> Operations => examples.Keys;

    /// <summary>The example of an operation: <c>path</c>, <c>request</c>, <c>status</c> and <c>answer</c>; null where there is none.</summary>
    public JsonObject? Find(string operation) => examples.GetValueOrDefault(operation);

    /// <summary>The request of an operation's example.</summary>
    public string? RequestOf(string operation) => Find(operation)?["request"]?.ToJsonString();

    /// <summary>The values that a path has for the parameters of its route, and for those of its query.</summary>
    public static IReadOnlyDictionary<string, string> ParametersOf(string route, string? path)
    {
        if (path?.Split('?') is not [var place, .. var query])
        {
            return new Dictionary<string, string>();
        }

        var values = route.Split('/').Zip(place.Split('/')).Where(p => p.First.StartsWith('{') && p.First.EndsWith('}')).Select(p => KeyValuePair.Create(p.First[1..^1], p.Second));
        var asked = query.SelectMany(q => q.Split('&')).Select(q => q.Split('=')).Select(q => KeyValuePair.Create(q[0], Uri.UnescapeDataString(q[1])));
        return values.Concat(asked).ToDictionary();
    }

    /// <summary>Takes what was sent and answered as the example, unless there is one that says as much.</summary>
    public void Take(string operation, string path, JsonNode? request, int status, JsonNode? answer)
    {
        if (Find(operation) is { } present && (request is null || present["request"] is not null))
        {
            return;
        }

        var example = new JsonObject { ["path"] = path };
        if (request is not null)
        {
            example["request"] = request.DeepClone();
        }

        example["status"] = status;
        if (answer is not null)
        {
            example["answer"] = Shortened(answer);
        }

        examples[operation] = example;
    }

    /// <summary>Whether an operation's example says the same here and there: the same request, and an answer with the same members, whatever their values.</summary>
    public bool SaysTheSame(string operation, ExampleBook other) => Find(operation) is { } here && other.Find(operation) is { } there && Outline(here) == Outline(there);

    /// <summary>Makes these the kept ones; one that says the same as before stays as it was, so that the file only changes where the API did.</summary>
    public void Keep()
    {
        var before = Kept();
        var kept = examples.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, (SaysTheSame(e.Key, before) ? before.Find(e.Key)! : e.Value).DeepClone()));
        System.IO.File.WriteAllText(File, new JsonObject(kept).ToJsonString(Indented) + "\n");
    }

    private static string Outline(JsonObject example) => $"{example["path"]} {example["status"]} {example["request"]?.ToJsonString()} {MembersOf(example["answer"])}";

    private static string MembersOf(JsonNode? node) => node switch
    {
        JsonArray array => $"[{string.Join(',', array.Select(MembersOf))}]",
        JsonObject document => $"{{{string.Join(',', document.Select(m => m.Key + MembersOf(m.Value)))}}}",
        _ => "",
    };

    private static JsonNode? Shortened(JsonNode? node) => node switch
    {
        JsonArray array => new JsonArray([.. array.Take(Shown).Select(Shortened)]),
        JsonObject document => new JsonObject(document.Select(m => KeyValuePair.Create(m.Key, Shortened(m.Value)))),
        _ => node?.DeepClone(),
    };
}
