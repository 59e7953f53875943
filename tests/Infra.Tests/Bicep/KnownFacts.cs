namespace Infra.Tests.Bicep;

/// <summary>What was looked up. The tables say where.</summary>
internal static class KnownFacts
{
    /// <summary>Built-in role → id.</summary>
    public static IReadOnlyDictionary<string, string> Roles { get; } = Rows("roles.tsv").ToDictionary(r => r[0], r => r[1]);

    /// <summary>Resource types and the versions of their API.</summary>
    public static IReadOnlySet<(string Type, string Version)> ApiVersions { get; } = Rows("api-versions.tsv").Select(r => (r[0], r[1])).ToHashSet();

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Facts", file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'));
}
