namespace Isms.Monitoring.Snapshots;

/// <summary>Counts by name.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>The count of a name.</summary>
    public long this[string name] => counts.GetValueOrDefault(name);

    /// <summary>Counts one, or more.</summary>
    public void Add(string name, long count = 1) => counts[name] = counts.GetValueOrDefault(name) + count;

    /// <summary>The largest counts, largest first.</summary>
    public Breakdown Largest(string breakdown, int most = 20) => new(
        breakdown, [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most)]);

    /// <summary>The counts of names that are known beforehand, in their order.</summary>
    public Breakdown In(string breakdown, params ReadOnlySpan<string> names)
    {
        var ordered = new List<KeyValuePair<string, long>>();
        foreach (var name in names)
        {
            ordered.Add(new(name, counts.GetValueOrDefault(name)));
        }

        return new Breakdown(breakdown, ordered);
    }
}
