using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Isms.Evidence;

namespace Isms.Registers;

/// <summary>What shows that a control works: the evidence rule of the statement of applicability.</summary>
/// <param name="Control">The control, such as <c>5.18</c>.</param>
/// <param name="Records">Records of the plan that show it.</param>
/// <param name="Collectors">Collectors whose evidence shows it.</param>
/// <param name="Types">Kinds of record that show it whatever they are called, such as incidents.</param>
public sealed record ControlEvidenceRule(
    string Control, IReadOnlyList<string> Records, IReadOnlyList<string> Collectors, IReadOnlyList<EvidenceType> Types)
{
    /// <summary>Whether an item shows the control: it says so itself, or it is of a kind that does.</summary>
    public bool IsShownBy(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Controls.Contains(Control)
            || (item.Record is { } record && Records.Contains(record))
            || (item.Source.Graph is { } graph && Collectors.Contains(graph.Collector))
            || Types.Contains(item.Type);
    }
}

/// <summary>The evidence rules of the 93 controls.</summary>
public static class ControlEvidence
{
    /// <summary>The rules, in the order of the standard.</summary>
    public static IReadOnlyList<ControlEvidenceRule> Rules { get; } = Load();

    private static readonly FrozenDictionary<string, ControlEvidenceRule> ByControl = Rules.ToFrozenDictionary(r => r.Control, StringComparer.Ordinal);

    /// <summary>The rule of a control, or null where there is no such control.</summary>
    public static ControlEvidenceRule? Find(string control) => ByControl.GetValueOrDefault(control);

    private static ControlEvidenceRule[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Isms.Registers.control-evidence.data.json")!;
        return JsonSerializer.Deserialize<ControlEvidenceRule[]>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>
/// Gathers evidence item by item and keeps the newest of each kind for each control, so that a year's evidence is looked through once for all 93.
/// </summary>
public sealed class NewestEvidence
{
    private readonly Dictionary<(string Control, string Kind), EvidenceManifest> newest = [];
    private readonly HashSet<string> superseded = new(StringComparer.Ordinal);

    /// <summary>Nothing gathered yet.</summary>
    public NewestEvidence()
    {
    }

    /// <summary>What was gathered so far, to go on with.</summary>
    public NewestEvidence(NewestEvidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (newest, superseded) = (new(other.newest), new(other.superseded, StringComparer.Ordinal));
    }

    /// <summary>Takes an item into account; the order of items does not matter.</summary>
    public void Add(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Supersedes is { } corrected)
        {
            superseded.Add(corrected);
        }

        foreach (var rule in ControlEvidence.Rules.Where(r => r.IsShownBy(item)))
        {
            var place = (rule.Control, KindOf(item));
            if (!newest.TryGetValue(place, out var present) || IsNewer(item, present))
            {
                newest[place] = item;
            }
        }
    }

    /// <summary>The newest item of each kind that shows a control, the newest first; an item that a later one corrects is left out.</summary>
    public IReadOnlyList<EvidenceManifest> For(string control) =>
        [.. newest.Where(n => n.Key.Control == control && !superseded.Contains(n.Value.Id))
            .Select(n => n.Value)
            .OrderByDescending(i => i.CreatedAt)
            .ThenBy(i => i.Id, StringComparer.Ordinal)];

    private static string KindOf(EvidenceManifest item) => item.Source.Graph?.Collector ?? item.Record ?? item.Type.ToString();

    private static bool IsNewer(EvidenceManifest item, EvidenceManifest other) =>
        item.CreatedAt > other.CreatedAt || (item.CreatedAt == other.CreatedAt && string.CompareOrdinal(item.Id, other.Id) < 0);
}
