using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>The <c>Values</c> of <c>local.settings.json</c>, read as if they were environment variables.</summary>
internal static class LocalSettings
{
    private const string FileName = "local.settings.json";

    public static IReadOnlyDictionary<string, string?> Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
        {
            return new Dictionary<string, string?>();
        }

        var content = new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(file))).Build();
        return content.GetSection("Values").AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), pair => pair.Value);
    }
}
