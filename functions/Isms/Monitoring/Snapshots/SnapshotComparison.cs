using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>
/// Compares a snapshot with the one before. The new rows are held as far as they are compared; the old ones pass by, read from the evidence itself, so that there
/// is no second record of them that could disagree with it.
/// </summary>
/// <param name="tracked">What is compared, by kind of row; other kinds are not.</param>
public sealed class SnapshotComparison(IReadOnlyDictionary<string, RowTracking> tracked)
{
    private readonly Dictionary<(string Kind, string Id), TrackedRow> present = [];
    private readonly Dictionary<(string Kind, string Id), RowChange?> past = [];

    /// <summary>Adds a row of the new snapshot.</summary>
    public void AddPresent(string kind, JsonElement row)
    {
        if (tracked.TryGetValue(kind, out var tracking))
        {
            var now = tracking.Of(row);
            present[(kind, now.Id)] = now;
        }
    }

    /// <summary>Adds a row of the snapshot before, once all the new ones are there.</summary>
    public void AddPast(string kind, JsonElement row)
    {
        if (!tracked.TryGetValue(kind, out var tracking))
        {
            return;
        }

        var before = tracking.Of(row);
        past[(kind, before.Id)] = present.TryGetValue((kind, before.Id), out var now)
            ? Between(kind, before, now)
            : new RowChange(kind, before.Id, before.Name, ChangeKinds.Removed, []);
    }

    /// <summary>What changed.</summary>
    /// <param name="since">The item whose rows passed by.</param>
    /// <param name="incomplete">Kinds of rows that one of the snapshots lacks some of.</param>
    public SnapshotDifference Conclude(string since, IReadOnlySet<string> incomplete)
    {
        ArgumentNullException.ThrowIfNull(incomplete);
        var added = present.Where(p => !past.ContainsKey(p.Key)).Select(p => new RowChange(p.Key.Kind, p.Value.Id, p.Value.Name, ChangeKinds.Added, []));
        var changes = past.Values.OfType<RowChange>().Concat(added)
            .Where(c => !incomplete.Contains(c.Kind))
            .OrderBy(c => c.Kind, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal);
        return new SnapshotDifference(since, [.. changes])
        {
            NotCompared = [.. tracked.Keys.Where(incomplete.Contains).Order(StringComparer.Ordinal)],
        };
    }

    private static RowChange? Between(string kind, TrackedRow before, TrackedRow now)
    {
        var old = new Dictionary<string, string>(before.Values.Count, StringComparer.Ordinal);
        foreach (var (member, value) in before.Values)
        {
            old[member] = value;
        }

        var values = new List<ValueChange>();
        foreach (var (member, value) in now.Values)
        {
            if (!old.Remove(member, out var was))
            {
                values.Add(new ValueChange(member, null, value));
            }
            else if (was != value)
            {
                values.Add(new ValueChange(member, was, value));
            }
        }

        values.AddRange(old.Select(o => new ValueChange(o.Key, o.Value, null)));
        return values.Count == 0 ? null : new RowChange(kind, now.Id, now.Name, ChangeKinds.Changed, values);
    }
}
