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
        Assert.NotEqual(Numbers(English), Numbers(English.Replace("123.70", "124.70", StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_of_the_guide_are_those_of_the_scripts()
    {
        var deploy = File.ReadAllText(Path.Combine(Repository.Root, "scripts", "deploy.sh"));
        var remove = File.ReadAllText(Path.Combine(Repository.Root, "scripts", "remove.sh"));
        var options = Regex.Matches(English, @"(?<=[`\s])--[a-z-]+").Select(m => m.Value).Distinct();
        string[] ofTheAzureCli = ["--account-name", "--if-match", "--vault-name", "--auth-mode"];

        Assert.All(options.Except(ofTheAzureCli), o => Assert.True(deploy.Contains($"    {o})", StringComparison.Ordinal) || remove.Contains($"    {o})", StringComparison.Ordinal), o));
    }

    [Fact]
    public void Files_that_the_guides_name_are_there()
    {
        var files = Regex.Matches(English, @"`((?:scripts|infra|docs)/[A-Za-z0-9./-]+[A-Za-z0-9])`").Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(Path.Exists(Path.Combine(Repository.Root, f)), f));
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

    private static string Read(string language) => File.ReadAllText(Path.Combine(Repository.Root, "docs", $"operations.{language}.md"));
}
