using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.Telemetry;
using IsmsFunctions.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Infra.Tests;

/// <summary>What the app says, what alerts and the workbook listen for, and what the guides explain.</summary>
public sealed class TelemetryTests
{
    private static readonly Assembly App = typeof(IsmsOptions).Assembly;

    private static readonly List<(int EventId, string EventName)> Events =
    [
        .. App.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(m => (Message: m.GetCustomAttribute<LoggerMessageAttribute>(), m.Name)).Where(e => e.Message is not null)
            .Select(e => (e.Message!.EventId, e.Message.EventName ?? e.Name)), // As the generator names an event that has no name of its own.
    ];

    private static readonly List<string> Metrics =
        [.. typeof(Measurements).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Where(v => v.StartsWith("isms.", StringComparison.Ordinal))];

    [Fact]
    public void Every_event_has_a_number_and_a_name_of_its_own()
    {
        Assert.True(Events.Count >= 16);
        Assert.All(Events, e => Assert.True(e is { EventId: > 0, EventName.Length: > 5 }, e.EventName));
        Assert.Equal(Events.Count, Events.Select(e => e.EventId).Distinct().Count());
        Assert.Equal(Events.Count, Events.Select(e => e.EventName).Distinct().Count());
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Every_event_and_metric_stands_in_the_guide(string language)
    {
        var guide = Guide(language);

        Assert.All(Events, e => Assert.Contains($"| {e.EventId} | `{e.EventName}` |", guide, StringComparison.Ordinal));
        Assert.All(Metrics, m => Assert.Contains($"| `{m}` |", guide, StringComparison.Ordinal));
        Assert.Equal(Events.Count, Regex.Count(guide, @"^\| \d{4} \| `", RegexOptions.Multiline));
    }

    [Fact]
    public void Alerts_and_workbook_listen_for_what_the_app_says()
    {
        var listened = Regex.Matches(Alerts() + File.ReadAllText(Infra("workbook.json")), @"EventName\) in \(([^)]*)\)").SelectMany(m => Words(m.Groups[1].Value)).Distinct().ToList();
        var measured = Regex.Matches(File.ReadAllText(Infra("workbook.json")), @"'(isms\.[a-z.]+)'").Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(listened);
        Assert.Subset(Events.Select(e => e.EventName).ToHashSet(), listened.ToHashSet());
        Assert.Equal(Metrics.Order(), measured.Order());
    }

    [Fact]
    public void Alerts_ask_for_schedules_by_the_names_they_have()
    {
        var functions = App.GetTypes().SelectMany(t => t.GetMethods()).Select(m => m.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToHashSet();
        var asked = Regex.Matches(Alerts() + File.ReadAllText(Infra("workbook.json")), @"\bName in \(([^)]*)\)").SelectMany(m => Words(m.Groups[1].Value)).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Subset(functions, asked);
    }

    [Fact]
    public void Rules_of_alerts_are_whole()
    {
        using var alerts = JsonDocument.Parse(File.ReadAllText(Infra("alerts.json")));
        var rules = alerts.RootElement.GetProperty("rules").EnumerateArray().ToList();
        string[] periods = ["PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "P1D"];

        Assert.Equal(rules.Count, rules.Select(r => r.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(rules, r =>
        {
            Assert.InRange(r.GetProperty("severity").GetInt32(), 0, 4);
            Assert.Contains(r.GetProperty("every").GetString(), periods);
            Assert.Contains(r.GetProperty("window").GetString(), periods);
            Assert.True(r.GetProperty("operator").GetString() is "GreaterThan" or "LessThan");
            Assert.All(["title", "action"], p => Assert.All(["ja", "en"], l => Assert.NotEmpty(r.GetProperty(p).GetProperty(l).GetString()!)));
            Assert.DoesNotContain('\'', r.GetProperty("id").GetString()!);
        });
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void Every_alert_is_explained_in_the_guide_as_it_is_sent(string language)
    {
        using var alerts = JsonDocument.Parse(File.ReadAllText(Infra("alerts.json")));

        Assert.All(alerts.RootElement.GetProperty("rules").EnumerateArray(), r => Assert.Contains(
            $"| `{r.GetProperty("id").GetString()}` | {r.GetProperty("severity").GetInt32()} ",
            Guide(language), StringComparison.Ordinal));
        Assert.All(alerts.RootElement.GetProperty("rules").EnumerateArray(), r => Assert.Contains(
            $"| {r.GetProperty("title").GetProperty(language).GetString()} | {r.GetProperty("action").GetProperty(language).GetString()} |",
            Guide(language), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Words(string list) => list.Split(',').Select(w => w.Trim(' ', '\''));

    private static string Alerts()
    {
        using var alerts = JsonDocument.Parse(File.ReadAllText(Infra("alerts.json")));
        return string.Join('\n', alerts.RootElement.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("query").GetString()));
    }

    private static string Infra(string file) => Path.Combine(Repository.Root, "infra", file);

    private static string Guide(string language) => File.ReadAllText(Path.Combine(Repository.Root, "docs", $"operations.{language}.md"));
}
