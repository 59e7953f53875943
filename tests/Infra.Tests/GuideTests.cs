using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IsmsFunctions.Testing;

namespace Infra.Tests;

/// <summary>The two guides say the same, and name only what there is.</summary>
public sealed class GuideTests
{
    private static readonly string Japanese = Read("ja");
    private static readonly string English = Read("en");

    [Fact]
    public void Both_guides_have_the_same_shape() => Assert.Equal(Shape(English), Shape(Japanese));

    [Fact]
    public void Both_guides_name_the_same_commands_settings_and_files() =>
        Assert.Equal(Codes(English).Order(StringComparer.Ordinal), Codes(Japanese).Order(StringComparer.Ordinal));

    [Fact]
    public void Both_guides_give_the_same_numbers_in_their_tables() => Assert.Equal(Numbers(English), Numbers(Japanese));

    [Fact]
    public void A_sentence_in_one_guide_only_would_be_noticed()
    {
        Assert.NotEqual(Shape(English), Shape(English + "\n## More\n"));
        Assert.NotEqual(Shape(English), Shape(English.Replace("| **B** executions", "| x | y |\n| **B** executions", StringComparison.Ordinal)));
        Assert.NotEqual(Numbers(English), Numbers(English.Replace("125.20", "124.70", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_option_of_the_scripts_is_explained_and_every_option_of_the_guide_exists()
    {
        var explained = Regex.Matches(English, @"(?m)^\| `(--[a-z-]+)` \|").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
        var deploy = Options("deploy.sh");

        Assert.Equal(deploy.Order(StringComparer.Ordinal), explained);
        Assert.All(Options("remove.sh"), o => Assert.Contains(o, English, StringComparison.Ordinal));
        foreach (var guide in new[] { English, Japanese })
        {
            Assert.All(Commands(guide, "deploy"), c => Assert.Subset(deploy, c));
            Assert.All(Commands(guide, "remove"), c => Assert.Subset(Options("remove.sh"), c));
        }
    }

    [Fact]
    public void Options_of_the_command_that_the_guide_shows_are_taken()
    {
        using var subscription = new FakeSubscription();
        var shown = Regex.Matches(English, "(?m)^scripts/deploy.sh (.*--alert-mail.*)$").Select(m => m.Groups[1].Value).Where(c => !c.Contains("own.bicepparam", StringComparison.Ordinal)).ToList();

        var (exit, said) = subscription.Run("deploy.sh", [.. Assert.Single(shown).Split(' '), "--yes"]);

        Assert.True(exit == 0, said);
        Assert.Contains("ismsevabc123", said, StringComparison.Ordinal);
        Assert.Contains("isms-kv-abc123", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_the_guide_sets_or_names_are_those_of_the_template()
    {
        var parameters = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "infra", "main.bicep")), "(?m)^param ([A-Za-z]+) ").Select(m => m.Groups[1].Value).ToHashSet();
        string[] ofOtherFiles = ["hubName", "partitionCount", "storageProvider", "functionTimeout", "correlationId", "bicepparam"];

        var named = Regex.Matches(English, @"`([a-z]+[A-Z][A-Za-z]+)`").Concat(Regex.Matches(English, @"(?m)(?:^|`)param ([A-Za-z]+) =")).Select(m => m.Groups[1].Value).Except(ofOtherFiles).ToHashSet();

        Assert.Contains("signInRetentionDays", named);
        Assert.Subset(parameters, named);
    }

    [Fact]
    public void Requests_that_the_guide_names_are_those_of_the_API()
    {
        using var api = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", "IsmsFunctions", "Hosting", "OpenApi", "openapi.json")));
        var known = api.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => $"^{o.Name.ToUpperInvariant()} {Regex.Replace(p.Name, "{[^}]*}", "[^/]+")}$")).ToList();

        var named = Regex.Matches(English, "`(?:(GET|POST|PUT|DELETE) )?(/api/[^`? ]+)[^`]*`").Select(m => $"{(m.Groups[1].Success ? m.Groups[1].Value : "GET")} {m.Groups[2].Value}").Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, n => Assert.Contains(known, k => Regex.IsMatch(n, k)));
    }

    [Theory]
    [InlineData("nav.setup")]
    [InlineData("nav.settings")]
    [InlineData("nav.collectors")]
    public void Pages_are_called_as_the_portal_calls_them(string page)
    {
        using var texts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", "IsmsFunctions", "Portal", "Assets", "texts.json")));
        var text = texts.RootElement.GetProperty(page);

        Assert.Contains($"*{text.GetProperty("en").GetString()}*", English, StringComparison.Ordinal);
        Assert.Contains($"「{text.GetProperty("ja").GetString()}」", Japanese, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_the_guides_name_are_there()
    {
        var files = Regex.Matches(English, @"`((?:(?:scripts|infra|docs)/[A-Za-z0-9./-]*[A-Za-z0-9])|(?:README\.md|global\.json|host\.json))`").Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(Path.Exists(Path.Combine(Repository.Root, f)), f));
    }

    [Fact]
    public void Costs_add_up_and_every_price_says_where_it_is_from()
    {
        var rows = Regex.Matches(English, @"(?m)^\| ([A-I])(?:,[^|]*)? \| ([^|]+) \| ([^|]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$").ToList();
        var total = Regex.Match(English, @"(?m)^\| \*\*a month[^|]*\| \| \| \*\*([\d.]+)\*\* \| \*\*([\d.]+)\*\* \| \*\*([\d.]+)\*\* \|$");

        Assert.Equal(9, rows.Count);
        Assert.All(rows, r => Assert.Matches(@"^(assumed; azure\.microsoft\.com/pricing/|the same page$|.*, \d{1,2} [A-Z][a-z]+ \d{4})", r.Groups[3].Value));
        Assert.All([1, 2, 3], size => Assert.Equal(rows.Sum(r => Amount(r.Groups[3 + size])), Amount(total.Groups[size])));
        using var alerts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "alerts.json")));
        Assert.Contains($"log alert rules | {alerts.RootElement.GetProperty("rules").GetArrayLength()} |", English, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_and_options_that_the_README_shows_exist()
    {
        var shown = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), @"scripts/([a-z-]+\.sh)([^\n`;]*)").ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, m =>
        {
            var script = File.ReadAllText(Path.Combine(Repository.Root, "scripts", m.Groups[1].Value));
            Assert.All(Regex.Matches(m.Groups[2].Value.Split('#')[0], "--[a-z-]+"), o => Assert.Contains(o.Value, script, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Permissions_stand_in_both_guides_with_their_reasons()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "infra", "graph-permissions.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')).ToList();

        Assert.All(rows, r => Assert.Contains($"| `{r[0]}` | `{r[1]}` | {r[2]} |", Japanese, StringComparison.Ordinal));
        Assert.All(rows, r => Assert.Contains($"| `{r[0]}` | `{r[1]}` | {r[3]} |", English, StringComparison.Ordinal));
    }

    /// <summary>Headings by level, and tables by their rows and columns.</summary>
    private static List<string> Shape(string guide) =>
        [.. guide.Split('\n').Where(l => l.StartsWith('#') || l.StartsWith('|') || Regex.IsMatch(l, @"^\d\. ")).Select(l => l[0] == '#' ? l.Split(' ')[0] : l[0] == '|' ? $"|{l.Count(c => c == '|')}" : "1.")];

    /// <summary>What is set as code, but for comments, which are translated.</summary>
    private static IEnumerable<string> Codes(string guide) =>
        Regex.Matches(Regex.Replace(guide, @"```.*?```", "", RegexOptions.Singleline), "`([^`]+)`").Select(m => m.Groups[1].Value).Distinct();

    private static List<string> Numbers(string guide) =>
        [.. guide.Split('\n').Where(l => l.StartsWith('|')).SelectMany(l => l.Split('|').Skip(2)).SelectMany(c => Regex.Matches(c, @"(?<![A-Za-z])\d[\d,]*\.\d+|(?<![A-Za-z\d])\d{1,3}(,\d{3})+").Select(m => m.Value))];

    private static HashSet<string> Options(string script) =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "scripts", script)), @"(?m)^    (--[a-z-]+)\)").Select(m => m.Groups[1].Value)];

    /// <summary>The options of each command line of a script that a guide shows, in its text or in a block.</summary>
    private static IEnumerable<HashSet<string>> Commands(string guide, string script) =>
        Regex.Matches(guide, $@"scripts/{script}\.sh([^`\n#]*)").Select(m => Regex.Matches(m.Groups[1].Value, "--[a-z-]+").Select(o => o.Value).ToHashSet());

    private static decimal Amount(Group group) => decimal.Parse(group.Value, CultureInfo.InvariantCulture);

    private static string Read(string language) => File.ReadAllText(Path.Combine(Repository.Root, "docs", $"operations.{language}.md"));
}
