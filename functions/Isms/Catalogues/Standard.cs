using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Isms.Text;

namespace Isms.Catalogues;

/// <summary>A clause or a control: its number and what it is called.</summary>
/// <param name="Id">The number as in the standard, such as <c>9.2.1</c>, or <c>5.18</c> for A.5.18.</param>
/// <param name="Title">Its name.</param>
public sealed record Requirement(string Id, LocalizedText Title);

/// <summary>The clauses 4–10 and the 93 controls of Annex A of ISO/IEC 27001:2022 (JIS Q 27001:2023), in the order of the standard.</summary>
public static class Standard
{
    /// <summary>The clauses that make demands, at the lowest level that is numbered.</summary>
    public static IReadOnlyList<Requirement> Clauses { get; } = Load("clauses");

    /// <summary>The controls of Annex A.</summary>
    public static IReadOnlyList<Requirement> Controls { get; } = Load("controls");

    private static readonly FrozenDictionary<string, Requirement> ClausesById = Clauses.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Requirement> ControlsById = Controls.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>The clause of this number, or null.</summary>
    public static Requirement? FindClause(string id) => ClausesById.GetValueOrDefault(id);

    /// <summary>The control of this number, or null.</summary>
    public static Requirement? FindControl(string id) => ControlsById.GetValueOrDefault(id);

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

    private static Requirement[] Load(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"Isms.Catalogues.{name}.data.json")!;
        return JsonSerializer.Deserialize<Requirement[]>(stream, JsonSerializerOptions.Web)!;
    }
}
