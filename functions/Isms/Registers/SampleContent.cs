using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Registers;

/// <summary>An entry of the starter content.</summary>
/// <param name="Register">Its register.</param>
/// <param name="Id">Its id: entries of the starter content refer to each other.</param>
/// <param name="Values">Canonical values; computed fields are left to the rules.</param>
public sealed record SampleEntry(string Register, string Id, IReadOnlyDictionary<string, string> Values);

/// <summary>
/// Starter content for a company of fifty people: registers as a secretariat might keep them, to be loaded by choice and made one's own. The data names roles,
/// departments and days of the fiscal year; they become the organisation's own people, departments and dates.
/// </summary>
public static class SampleContent
{
    /// <summary>The entries of all registers, those that others refer to before those that refer to them.</summary>
    /// <param name="organization">The organisation that takes them over.</param>
    /// <param name="culture">The language.</param>
    /// <param name="year">The fiscal year that plans and dates are made for.</param>
    public static IReadOnlyList<SampleEntry> For(Organization organization, CultureInfo culture, FiscalYear year)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(culture);
        ArgumentNullException.ThrowIfNull(year);
        var places = new SamplePlaceholders(organization, year);
        return [.. from definition in InOrderOfReference()
                   from entry in Load(definition.Name)
                   select new SampleEntry(definition.Name, (string)entry["id"]!, Values(definition, entry["values"]!.AsObject(), culture, places))];
    }

    private static Dictionary<string, string> Values(RegisterDefinition definition, JsonObject texts, CultureInfo culture, SamplePlaceholders places)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in texts)
        {
            var field = definition.Find(name) ?? throw new InvalidDataException($"The starter content of '{definition.Name}' names '{name}', which is no field.");
            var text = (string)(node is JsonObject both ? both[culture.TwoLetterISOLanguageName == "en" ? "en" : "ja"]! : node!)!;
            var value = RegisterRules.Canonical(field, places.Resolve(text), out var error);
            if (error is not null)
            {
                throw new InvalidDataException($"The starter content of '{definition.Name}' holds '{text}' for '{name}': {error.Title.En}");
            }

            if (value.Length > 0)
            {
                values.Add(name, value);
            }
        }

        return values;
    }

    private static IEnumerable<RegisterDefinition> InOrderOfReference()
    {
        var waiting = RegisterCatalogue.All.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.First(d => d.Fields.All(f => f.References is null || waiting.All(w => w.Name != f.References)));
            waiting.Remove(next);
            yield return next;
        }
    }

    private static JsonObject[] Load(string register)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Isms.Registers.Sample.{register}.sample.json")!;
        return [.. JsonNode.Parse(stream)!.AsArray().Select(n => n!.AsObject())];
    }
}
