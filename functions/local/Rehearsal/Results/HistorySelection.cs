using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rehearsal.Results;

/// <summary>
/// Chooses from recorded histories of workflows those that later versions are tested against: of every path through an orchestrator the shortest one.
/// </summary>
internal static class HistorySelection
{
    private const int LongestLoop = 8;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Copies the chosen histories to a folder for each orchestrator. Returns how many there are.</summary>
    /// <param name="from">The folder that the app recorded into.</param>
    /// <param name="to">The folder of the version.</param>
    public static int Choose(string from, string to)
    {
        var recorded = Directory.EnumerateFiles(from, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        var chosen = recorded.GroupBy(PathOf).Select(path => path.MinBy(history => Events(history).Count())!).ToList();
        foreach (var history in chosen)
        {
            var folder = Directory.CreateDirectory(Path.Combine(to, (string)history["name"]!)).FullName;
            foreach (var failure in Events(history).Select(e => e["failure"]).OfType<JsonObject>())
            {
                ForgetWhereItWasThrown(failure);
            }

            File.WriteAllText(Path.Combine(folder, NameOf(history) + ".json"), history.ToJsonString(Readable) + "\n");
        }

        return chosen.Count;
    }

    /// <summary>What happened, without ids, times and data, a loop counted once: histories that agree in it take the same way through the code.</summary>
    private static string PathOf(JsonObject history)
    {
        var names = Events(history).Where(e => Kind(e) == "TaskScheduled").ToDictionary(e => (int)e["id"]!, e => (string)e["name"]!);
        var steps = new List<string> { (string)history["name"]! };
        foreach (var happened in Events(history))
        {
            switch (Kind(happened))
            {
                case "TurnStarted" or "ExecutionStarted":
                    break;
                case "TaskCompleted" or "TaskFailed":
                    steps.Add($"{Kind(happened)} {names[(int)happened["id"]!]} {StageIn(happened)}");
                    break;
                default:
                    steps.Add($"{Kind(happened)} {(string?)happened["name"]} {(string?)happened["status"]}");
                    break;
            }
        }

        CountLoopsOnce(steps);
        return string.Join('\n', steps);
    }

    private static void CountLoopsOnce(List<string> steps)
    {
        for (var length = 1; length <= LongestLoop; length++)
        {
            for (var at = 0; at + (2 * length) <= steps.Count;)
            {
                if (steps.Slice(at, length).SequenceEqual(steps.Slice(at + length, length)))
                {
                    steps.RemoveRange(at, length);
                }
                else
                {
                    at++;
                }
            }
        }
    }

    /// <summary>A name that says what the history is of, and stays the same when it is recorded again.</summary>
    private static string NameOf(JsonObject history)
    {
        var kinds = Events(history).Select(Kind).ToHashSet();
        var stage = Events(history).Select(StageIn).FirstOrDefault(s => s is not null);
        string[] parts =
        [
            .. stage is null ? Array.Empty<string>() : [stage],
            kinds.Contains("TaskFailed") ? "failed" : kinds.Contains("EventRaised") ? "woken" : kinds.Contains("TimerFired") ? "in-time" : "at-once",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PathOf(history))))[..8],
        ];
        return string.Join('-', parts);
    }

    /// <summary>The stage that a look at the workflow's state answered: a number, as workflows keep it.</summary>
    private static string? StageIn(JsonNode happened) =>
        (string?)happened["data"] is { Length: > 0 } data && data[0] == '{' && JsonNode.Parse(data)!["Stage"] is JsonValue stage ? $"stage-{stage}" : null;

    /// <summary>Stack traces name folders of the machine, and no orchestrator reads them.</summary>
    private static void ForgetWhereItWasThrown(JsonObject failure)
    {
        failure.Remove("stackTrace");
        if (failure["innerFailure"] is JsonObject inner)
        {
            ForgetWhereItWasThrown(inner);
        }
    }

    private static IEnumerable<JsonNode> Events(JsonObject history) => history["events"]!.AsArray().Select(e => e!);

    private static string Kind(JsonNode happened) => (string)happened["kind"]!;
}
