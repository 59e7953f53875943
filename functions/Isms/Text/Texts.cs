using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Isms.Text;

/// <summary>
/// The texts of the product. Each capability's folder holds a <c>Texts.json</c> (embedded), which maps a key to its Japanese and
/// English text side by side, so that neither can be forgotten.
/// </summary>
public static class Texts
{
    private static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja-JP");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly FrozenDictionary<string, LocalizedText> All = Load();

    /// <summary>Every key there is.</summary>
    public static IReadOnlyCollection<string> Keys => All.Keys;

    /// <summary>
    /// The text of <paramref name="key"/>, with {0}, {1} … replaced. An argument that is a <see cref="LocalizedText"/> is taken in the
    /// respective language; dates are written as each language writes them.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No capability defines the key.</exception>
    public static LocalizedText Get(string key, params ReadOnlySpan<object?> arguments)
    {
        if (!All.TryGetValue(key, out var text))
        {
            throw new KeyNotFoundException($"No Texts.json defines the text '{key}'.");
        }

        return arguments.Length == 0
            ? text
            : new LocalizedText(Format(Japanese, text.Ja, arguments), Format(English, text.En, arguments));
    }

    /// <summary>Several texts as an enumeration in each language.</summary>
    public static LocalizedText Join(IEnumerable<LocalizedText> texts)
    {
        var list = texts.ToList();
        return new LocalizedText(string.Join("、", list.Select(t => t.Ja)), string.Join(", ", list.Select(t => t.En)));
    }

    private static string Format(CultureInfo culture, string format, ReadOnlySpan<object?> arguments)
    {
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i] switch
            {
                LocalizedText text => text.In(culture),
                DateOnly date => date.ToString(culture == English ? "d MMMM yyyy" : "yyyy年M月d日", culture),
                var other => other,
            };
        }

        return string.Format(culture, format, values);
    }

    private static FrozenDictionary<string, LocalizedText> Load()
    {
        var texts = new Dictionary<string, LocalizedText>();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".Texts.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, LocalizedText>>(stream, JsonSerializerOptions.Web)!)
            {
                texts.Add(key, text);
            }
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
