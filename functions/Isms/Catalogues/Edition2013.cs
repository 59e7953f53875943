using System.Collections.Frozen;
using Isms.Text;

namespace Isms.Catalogues;

/// <summary>A control of Annex A of the 2013 edition.</summary>
/// <param name="Id">Its number as printed, such as <c>A.9.2.5</c>.</param>
/// <param name="Title">Its name.</param>
/// <param name="Becomes">The controls of 2022 that took it over.</param>
public sealed record Control2013(string Id, LocalizedText Title, IReadOnlyList<string> Becomes) : Requirement(Id, Title)
{
    /// <summary>The number of the objective it serves, such as <c>A.9.2</c>.</summary>
    public string Objective => Id[..Id.LastIndexOf('.')];
}

/// <summary>
/// Annex A of ISO/IEC 27001:2013 (JIS Q 27001:2014): 14 domains, 35 control objectives, 114 controls, and what became of them in 2022
/// (ISO/IEC 27002:2022, Annex B).
/// </summary>
public static class Edition2013
{
    private sealed record Annex(IReadOnlyList<Requirement> Domains, IReadOnlyList<Requirement> Objectives, IReadOnlyList<Control2013> Controls);

    private static readonly Annex Data = Standard.Load<Annex>("controls-2013");
    private static readonly FrozenDictionary<string, Control2013> ById = Data.Controls.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Control2013[]> Sources =
        (from old in Data.Controls from id in old.Becomes group old by id).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    /// <summary>The domains A.5 … A.18.</summary>
    public static IReadOnlyList<Requirement> Domains => Data.Domains;

    /// <summary>The control objectives A.5.1 … A.18.2.</summary>
    public static IReadOnlyList<Requirement> Objectives => Data.Objectives;

    /// <summary>The controls A.5.1.1 … A.18.2.3.</summary>
    public static IReadOnlyList<Control2013> Controls => Data.Controls;

    /// <summary>The controls of 2022 that have no predecessor.</summary>
    public static IReadOnlyList<string> NewIn2022 { get; } = [.. Standard.Controls.Select(c => c.Id).Where(id => !Sources.ContainsKey(id))];

    /// <summary>The control of this number, with or without <c>A.</c>; null when the edition has none.</summary>
    public static Control2013? Find(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var plain = number.Trim();
        return ById.GetValueOrDefault(plain.StartsWith("A.", StringComparison.OrdinalIgnoreCase) ? "A." + plain[2..] : "A." + plain);
    }

    /// <summary>The controls of 2013 that a control of 2022 was made from; empty for a new one.</summary>
    public static IReadOnlyList<Control2013> SourcesOf(string control2022) => Sources.GetValueOrDefault(control2022, []);
}
