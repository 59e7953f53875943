using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isms.Text;

namespace Isms.Catalogues;

/// <summary>A clause or a control: its number and what it is called.</summary>
/// <param name="Id">The number as in the standard, such as <c>9.2.1</c>, or <c>5.18</c> for A.5.18.</param>
/// <param name="Title">Its name.</param>
public record Requirement(string Id, LocalizedText Title);

/// <summary>The clauses 4–10 and the 93 controls of Annex A of ISO/IEC 27001:2022 (JIS Q 27001:2023), in the order of the standard.</summary>
public static class Standard
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Clauses 4–10 with their headings and the lettered items that are cited on their own.</summary>
    public static IReadOnlyList<Clause> Outline { get; } = Load<Clause[]>("clauses");

    /// <summary>The clauses that make demands, at the lowest level that is numbered.</summary>
    public static IReadOnlyList<Clause> Clauses { get; } = [.. Outline.Where(c => c.Level == ClauseLevel.Clause)];

    /// <summary>The controls of Annex A.</summary>
    public static IReadOnlyList<Control> Controls { get; } = Load<Control[]>("controls");

    private static readonly FrozenDictionary<string, Clause> OutlineById = Outline.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Control> ControlsById = Controls.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>The clause of this number, or null; headings and items are none.</summary>
    public static Clause? FindClause(string id) => FindInOutline(id) is { Level: ClauseLevel.Clause } clause ? clause : null;

    /// <summary>The heading, clause or item of this number, or null.</summary>
    public static Clause? FindInOutline(string id) => OutlineById.GetValueOrDefault(id);

    /// <summary>What is directly below a number in the outline.</summary>
    public static IEnumerable<Clause> Below(string id) => Outline.Where(c => c.Parent == id);

    /// <summary>The control of this number, or null.</summary>
    public static Control? FindControl(string id) => ControlsById.GetValueOrDefault(id);

    /// <summary>The clauses meant by a number: itself, or everything below a heading such as <c>9.2</c> or <c>9</c>; empty for an unknown number.</summary>
    public static IReadOnlyList<string> ClausesUnder(string number) => Under(Clauses, number);

    /// <summary>The controls meant by a number, with or without <c>A.</c>: itself, or a whole theme such as <c>A.8</c>; empty for an unknown number.</summary>
    public static IReadOnlyList<string> ControlsUnder(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Under(Controls, number.StartsWith("A.", StringComparison.Ordinal) ? number[2..] : number);
    }

    /// <summary>Where an item stands in the standard, for sorting; unknown numbers come last.</summary>
    public static int OrderOf(string? clause, string? control)
    {
        var index = clause is not null ? IndexOf(Clauses, clause) : control is not null ? IndexOf(Controls, control) : -1;
        return index < 0 ? int.MaxValue : clause is not null ? index : Clauses.Count + index;
    }

    private static string[] Under(IReadOnlyList<Requirement> all, string number) =>
        [.. all.Where(r => r.Id == number || r.Id.StartsWith(number + ".", StringComparison.Ordinal)).Select(r => r.Id)];

    private static int IndexOf(IReadOnlyList<Requirement> all, string id)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    internal static T Load<T>(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"Isms.Catalogues.{name}.data.json")!;
        return JsonSerializer.Deserialize<T>(stream, Strict)!;
    }
}
