using System.Collections;

namespace Isms.Monitoring;

/// <summary>
/// Compares the rights of a snapshot with those of the one before. The earlier ones pass by one at a time, in whatever order: of these only what was lost is kept.
/// </summary>
public sealed class RightsComparison
{
    private readonly Right[] present;
    private readonly bool isPartial;
    private readonly HashSet<string> presentKinds;
    private readonly HashSet<string> earlierKinds = new(StringComparer.Ordinal);
    private readonly BitArray held;
    private readonly List<Right> lost = [];
    private readonly SharedTexts texts = new();

    /// <summary>Begins the comparison.</summary>
    /// <param name="present">The rights of the later snapshot.</param>
    /// <param name="isPartial">
    /// Whether one of the snapshots could not read everything: then a kind of right that one of them has none of is left out, as it would look gained or lost as a whole.
    /// </param>
    public RightsComparison(IEnumerable<Right> present, bool isPartial)
    {
        ArgumentNullException.ThrowIfNull(present);
        this.present = [.. RightOrder.Sorted(present)];
        this.isPartial = isPartial;
        presentKinds = this.present.Select(r => r.Kind).ToHashSet(StringComparer.Ordinal);
        held = new BitArray(this.present.Length);
    }

    /// <summary>Takes a right of the earlier snapshot.</summary>
    public void Add(Right before)
    {
        ArgumentNullException.ThrowIfNull(before);
        earlierKinds.Add(before.Kind);
        if (Array.BinarySearch(present, before, RightOrder.Instance) is >= 0 and var place)
        {
            held[place] = true;
        }
        else if (!isPartial || presentKinds.Contains(before.Kind))
        {
            lost.Add(new Right(
                texts.Of(before.Kind), texts.Of(before.HolderId), texts.Of(before.HolderName), texts.Of(before.HolderType), texts.Of(before.What),
                texts.Of(before.WhatId), texts.Of(before.Scope), before.Via is null ? null : texts.Of(before.Via)));
        }
    }

    /// <summary>What changed, once all earlier rights have passed by.</summary>
    /// <param name="since">The item of evidence compared with.</param>
    public RightsDifference End(string since)
    {
        var gained = new List<Right>();
        for (var i = 0; i < present.Length; i++)
        {
            if (!held[i] && (!isPartial || earlierKinds.Contains(present[i].Kind)))
            {
                gained.Add(present[i]);
            }
        }

        return new RightsDifference(since, gained, RightOrder.Sorted(lost));
    }
}
