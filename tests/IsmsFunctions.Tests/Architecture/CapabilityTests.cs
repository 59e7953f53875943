using System.Text.RegularExpressions;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.Architecture;

/// <summary>
/// One folder a capability, and no capability that needs itself by way of others: what has to be told in the other direction goes through an interface that the
/// listener implements. <c>Hosting</c> is left out: it is the frame that knows all of them.
/// </summary>
public sealed partial class CapabilityTests
{
    [Fact]
    public void No_capability_needs_itself_by_way_of_others() => Assert.Null(FindCycle(Dependencies()));

    [Fact]
    public void A_cycle_would_be_found() => Assert.Equal(
        ["A", "B", "C", "A"],
        FindCycle(new Dictionary<string, IReadOnlyCollection<string>> { ["A"] = ["B"], ["B"] = ["D", "C"], ["C"] = ["A"], ["D"] = [] })!);

    [Fact]
    public void The_capabilities_are_read_from_the_sources()
    {
        var dependencies = Dependencies();
        Assert.Contains("CorrectiveActions", dependencies["Audits"]);
        Assert.Contains("Organizations", dependencies["Year"]);
    }

    private static Dictionary<string, IReadOnlyCollection<string>> Dependencies()
    {
        var app = Path.Combine(Repository.Root, "functions", "IsmsFunctions");
        string[] capabilities = [.. Directory.EnumerateDirectories(app).Select(d => Path.GetFileName(d)).Where(d => d is not ("Hosting" or "bin" or "obj"))];
        return capabilities.ToDictionary(
            c => c,
            IReadOnlyCollection<string> (c) => Directory.EnumerateFiles(Path.Combine(app, c), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Uses().Matches(File.ReadAllText(file)))
                .Select(m => m.Groups[1].Value)
                .Where(used => used != c && capabilities.Contains(used))
                .Order(StringComparer.Ordinal)
                .ToHashSet());
    }

    /// <summary>The first cycle there is, from a capability to itself; null where there is none.</summary>
    private static IReadOnlyList<string>? FindCycle(Dictionary<string, IReadOnlyCollection<string>> dependencies)
    {
        var harmless = new HashSet<string>();
        return dependencies.Keys.Order(StringComparer.Ordinal).Select(c => From(c, [])).FirstOrDefault(cycle => cycle is not null);

        IReadOnlyList<string>? From(string capability, IReadOnlyList<string> path)
        {
            if (path.Contains(capability))
            {
                return [.. path.SkipWhile(p => p != capability), capability];
            }

            if (harmless.Contains(capability))
            {
                return null;
            }

            var found = dependencies[capability].Select(next => From(next, [.. path, capability])).FirstOrDefault(cycle => cycle is not null);
            if (found is null)
            {
                harmless.Add(capability);
            }

            return found;
        }
    }

    [GeneratedRegex(@"^using (?:static )?IsmsFunctions\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
