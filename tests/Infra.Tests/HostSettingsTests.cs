using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary><c>host.json</c> holds only settings that exist, with values that they take: the host ignores a name it does not know without a word.</summary>
public sealed class HostSettingsTests
{
    private static readonly List<(string Path, string Values)> Known =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Facts", "host-settings.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')).Select(r => (r[0], r[1]))];

    private static readonly JsonNode Host = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!;

    [Fact]
    public void Every_setting_exists_and_takes_its_value() => Assert.Empty(Faults(Host));

    [Theory]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentActivities": 8 } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "versionMatchStrategy": "Older" } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "hubName": "isms-functions" } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "storageProvider": { "partitionCount": 17 } } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentOrchestratorFunctions": 0 } } }""")]
    [InlineData("""{ "functionTimeout": "30m" }""")]
    public void Setting_that_is_none_or_takes_another_value_is_noticed(string host) => Assert.Single(Faults(JsonNode.Parse(host)!));

    [Fact]
    public void Workflows_have_a_version_from_the_first_day_and_newer_ones_wait_for_newer_code()
    {
        var durable = Host["extensions"]!["durableTask"]!;

        Assert.Matches(@"^\d+\.\d+\.\d+$", (string)durable["defaultVersion"]!);
        Assert.Equal(("CurrentOrOlder", "Reject"), ((string)durable["versionMatchStrategy"]!, (string)durable["versionFailureStrategy"]!));
    }

    /// <summary>An activity may hold a part of a collector's rows and a document; with the worker itself they share 2 GB (decision 0114).</summary>
    [Fact]
    public void Concurrency_fits_into_the_memory_of_an_instance()
    {
        const int MegabytesOfTheHostAndTheWorker = 700, MegabytesOfAnActivity = 100, MegabytesOfAnOrchestrator = 5;
        var durable = Host["extensions"]!["durableTask"]!;
        var memory = int.Parse(
            Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "infra", "small.bicepparam")), @"instanceMemoryMB = (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.True(
            MegabytesOfTheHostAndTheWorker + (int)durable["maxConcurrentActivityFunctions"]! * MegabytesOfAnActivity
            + (int)durable["maxConcurrentOrchestratorFunctions"]! * MegabytesOfAnOrchestrator <= memory);
    }

    private static List<string> Faults(JsonNode host) =>
        [.. Leaves(host, "").Where(leaf => Known.Where(k => Regex.IsMatch(leaf.Path, "^" + Regex.Escape(k.Path).Replace("\\*", "[^/]+", StringComparison.Ordinal) + "$")).ToList() is not [var known] || !Takes(known.Values, leaf.Value)).Select(l => l.Path)];

    private static IEnumerable<(string Path, JsonElement Value)> Leaves(JsonNode node, string path) =>
        node is JsonObject o
            ? o.SelectMany(p => Leaves(p.Value!, path.Length == 0 ? p.Key : $"{path}/{p.Key}"))
            : [(path, JsonSerializer.SerializeToElement(node))];

    private static bool Takes(string values, JsonElement value) => values switch
    {
        "text" => value.ValueKind == JsonValueKind.String,
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "time" => TimeSpan.TryParseExact(value.GetString(), "c", CultureInfo.InvariantCulture, out _),
        "count" => value.TryGetInt32(out var count) && count > 0,
        "1-16" => value.TryGetInt32(out var partitions) && partitions is >= 1 and <= 16,
        "hub" => Regex.IsMatch(value.GetString() ?? "", "^[A-Za-z][A-Za-z0-9]{2,44}$"),
        _ => values.Split('|').Contains(value.GetString()),
    };
}
