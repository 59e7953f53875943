using Isms.Evidence;

namespace Isms.Monitoring;

/// <summary>A window of a log of which there is evidence.</summary>
/// <param name="Period">The window.</param>
/// <param name="EvidenceId">The item; the latest where others came before.</param>
/// <param name="Folder">The item's folder.</param>
/// <param name="Attempt">How many items of this window it replaces.</param>
/// <param name="Gaps">What is missing.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public sealed record HeldWindow(Period Period, string EvidenceId, string Folder, int Attempt, IReadOnlyList<Gap> Gaps, DateTimeOffset RecordedAt)
{
    /// <summary>Whether nothing of it is missing.</summary>
    public bool IsComplete => Gaps.Count == 0;

    /// <summary>The windows that items of evidence hold, without those that a later item replaces; by their beginning.</summary>
    public static IReadOnlyList<HeldWindow> Of(IEnumerable<EvidenceManifest> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var byId = items.DistinctBy(i => i.Id).ToDictionary(i => i.Id, StringComparer.Ordinal);
        var replaced = byId.Values.Select(i => i.Supersedes).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. byId.Values.Where(i => !replaced.Contains(i.Id))
                .Select(i => new HeldWindow(i.Period, i.Id, EvidencePaths.FolderOf(i), AttemptOf(i, byId), i.Completeness.Gaps, i.CreatedAt))
                .OrderBy(w => w.Period.From).ThenBy(w => w.Period.To).ThenBy(w => w.EvidenceId, StringComparer.Ordinal),
        ];
    }

    private static int AttemptOf(EvidenceManifest item, Dictionary<string, EvidenceManifest> byId)
    {
        var attempt = 0;
        while (item.Supersedes is { } before)
        {
            attempt++;
            if (!byId.TryGetValue(before, out var earlier))
            {
                break;
            }

            item = earlier;
        }

        return attempt;
    }
}
