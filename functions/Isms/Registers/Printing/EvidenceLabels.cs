using System.Globalization;
using Isms.Text;

namespace Isms.Registers.Printing;

/// <summary>What items of evidence are called in a document: title and day, and a piece of the id where two would be called the same. Each label leads to its item.</summary>
internal sealed class EvidenceLabels
{
    private readonly Dictionary<string, LocalizedText> labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> links = new(StringComparer.Ordinal);

    public EvidenceLabels(IEnumerable<ShownEvidence> items)
    {
        foreach (var item in items.DistinctBy(i => i.Id).OrderBy(i => i.Id, StringComparer.Ordinal))
        {
            var day = item.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var label = new LocalizedText($"{OneLine(item.Title.Ja)} ({day})", $"{OneLine(item.Title.En)} ({day})");
            if (links.ContainsKey(label.Ja) || links.ContainsKey(label.En))
            {
                label = new LocalizedText($"{label.Ja} {item.Id}", $"{label.En} {item.Id}");
            }

            labels.Add(item.Id, label);
            links[label.Ja] = item.Address;
            links[label.En] = item.Address;
        }
    }

    /// <summary>Where labels lead.</summary>
    public IReadOnlyDictionary<string, Uri> Links => links;

    /// <summary>The label of an item.</summary>
    public LocalizedText Of(ShownEvidence item) => labels[item.Id];

    private static string OneLine(string title) => title.Replace('\n', ' ');
}
