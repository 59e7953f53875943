using System.Reflection;

namespace Isms.Schemas;

/// <summary>
/// The JSON Schemas (draft 7) of what an administrator writes: the settings file <c>isms.json</c> and a catalogue of yearly duties. They are made from the types that
/// read those files, so that an editor says the same as the app; what a schema cannot say, such as that a department's lead must be among the people, the rules say.
/// </summary>
public static class SettingsSchemas
{
    /// <summary>The names of the schemas there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["isms", "plan-catalogue"];

    /// <summary>The schema of this name as UTF-8 text, or null.</summary>
    public static string? Find(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }

        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Isms.Schemas.{name}.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
