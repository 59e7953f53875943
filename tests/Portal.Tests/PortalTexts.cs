using System.Text.Json;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Portal.Tests;

/// <summary>The portal's files, as they lie in the repository.</summary>
internal static class PortalTexts
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "functions", "IsmsFunctions", "Portal", "Assets");

    public static IReadOnlyDictionary<string, Dictionary<string, string>> All { get; } =
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(Path.Combine(Folder, "texts.json")))!;
}
