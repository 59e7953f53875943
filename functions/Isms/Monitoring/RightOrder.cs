namespace Isms.Monitoring;

/// <summary>
/// The order of the access rights sheet: that of <see cref="Right.Key"/>, without making keys. In a tenant of 200,000 people the keys of all rights would be
/// most of what a snapshot needs of memory.
/// </summary>
public sealed class RightOrder : IComparer<Right>
{
    private const char Separator = '|';
    private const int Undecided = int.MinValue;

    private RightOrder()
    {
    }

    /// <summary>The order.</summary>
    public static RightOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(Right? x, Right? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = PartOf(x.Kind, y.Kind);
        order = order != 0 ? order : PartOf(x.HolderId, y.HolderId);
        order = order != 0 ? order : PartOf(x.WhatId, y.WhatId);
        order = order != 0 ? order : PartOf(x.Scope, y.Scope);
        order = order != 0 ? order : string.CompareOrdinal(x.Via ?? "", y.Via ?? "");
        return order == Undecided ? string.CompareOrdinal(x.Key, y.Key) : order;
    }

    /// <summary>Rights in order, each once: of those with the same key the first that came.</summary>
    public static IReadOnlyList<Right> Sorted(IEnumerable<Right> rights)
    {
        ArgumentNullException.ThrowIfNull(rights);
        var sorted = new List<Right>();
        foreach (var right in rights.Order(Instance))
        {
            if (sorted is not [.., var last] || Instance.Compare(last, right) != 0)
            {
                sorted.Add(right);
            }
        }

        return sorted;
    }

    /// <summary>Compares two parts of keys as if each were followed by the separator.</summary>
    private static int PartOf(string x, string y)
    {
        if (ReferenceEquals(x, y))
        {
            return 0;
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        var isEnd = common == x.Length && common == y.Length;
        var order = isEnd ? 0 : (common < x.Length ? x[common] : Separator) - (common < y.Length ? y[common] : Separator);
        // A part that goes on with a separator where the other ends: only the whole keys can tell.
        return isEnd || order != 0 ? order : Undecided;
    }
}
