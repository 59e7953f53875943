using System.Collections.Immutable;
using System.Globalization;

namespace Isms.Registers;

/// <summary>
/// All registers as they are after a commit. A book never changes: applying the next commit makes another one, so that whoever reads a book
/// reads one moment of all registers.
/// </summary>
public sealed class RegisterBook
{
    private const int RememberedKeys = 2_000;
    private static readonly Comparer<string> InOrder = Comparer<string>.Create(RegisterRules.CompareIds);
    private static readonly ImmutableSortedDictionary<string, RegisterEntry> EmptyShelf = ImmutableSortedDictionary.Create<string, RegisterEntry>(InOrder);

    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<string, RegisterEntry>> shelves;
    private readonly ImmutableDictionary<string, int> lastNumbers;
    private readonly ImmutableQueue<AppliedKey> keysInOrder;
    private readonly ImmutableDictionary<string, AppliedKey> keys;

    private RegisterBook(
        long version,
        DateTimeOffset at,
        ImmutableDictionary<string, ImmutableSortedDictionary<string, RegisterEntry>> shelves,
        ImmutableDictionary<string, int> lastNumbers,
        ImmutableQueue<AppliedKey> keysInOrder,
        ImmutableDictionary<string, AppliedKey> keys)
    {
        (Version, At) = (version, at);
        (this.shelves, this.lastNumbers, this.keysInOrder, this.keys) = (shelves, lastNumbers, keysInOrder, keys);
    }

    /// <summary>The registers before the first commit.</summary>
    public static RegisterBook Empty { get; } = new(
        0,
        DateTimeOffset.MinValue,
        ImmutableDictionary.Create<string, ImmutableSortedDictionary<string, RegisterEntry>>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, int>(StringComparer.Ordinal),
        [],
        ImmutableDictionary.Create<string, AppliedKey>(StringComparer.Ordinal));

    /// <summary>The number of the last commit; 0 before the first.</summary>
    public long Version { get; }

    /// <summary>When the last commit was made.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The registers that have, or had, entries.</summary>
    public IEnumerable<string> Registers => shelves.Keys.Order(StringComparer.Ordinal);

    /// <summary>The keys of the last commands, oldest first.</summary>
    public IEnumerable<AppliedKey> Keys => keysInOrder;

    /// <summary>The entries of a register in the order of their ids, deleted ones included.</summary>
    public IReadOnlyCollection<RegisterEntry> Entries(string register) => new Shelf(ShelfOf(register));

    /// <summary>An entry, deleted or not; null where there is none.</summary>
    public RegisterEntry? Find(string register, string id) => ShelfOf(register).GetValueOrDefault(id);

    /// <summary>What the command with this key did; null when no recent one had it.</summary>
    public AppliedKey? FindKey(string key) => keys.GetValueOrDefault(key);

    /// <summary>The greatest number that an id of this register has had; 0 when none has.</summary>
    public int LastNumber(string register) => lastNumbers.GetValueOrDefault(register);

    /// <summary>The book after the next commit.</summary>
    /// <exception cref="ArgumentException">The commit is not the next one.</exception>
    public RegisterBook Apply(RegisterCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Version != Version + 1)
        {
            throw new ArgumentException($"Commit {commit.Version} does not follow {Version}.", nameof(commit));
        }

        var newShelves = shelves.ToBuilder();
        foreach (var group in commit.Changes.GroupBy(c => c.Register, StringComparer.Ordinal))
        {
            var shelf = ShelfOf(group.Key).ToBuilder();
            foreach (var change in group)
            {
                shelf[change.Id] = RegisterRules.Apply(shelf.GetValueOrDefault(change.Id), change.In(commit)) with { Commit = commit.Version };
            }

            newShelves[group.Key] = shelf.ToImmutable();
        }

        var (order, byKey) = commit.Key is { } key && commit.Changes.Count > 0
            ? Remember(new AppliedKey(key, commit.Version, commit.Changes[0].Register, commit.Changes[0].Id))
            : (keysInOrder, keys);
        return new RegisterBook(commit.Version, commit.At, newShelves.ToImmutable(), NumbersAfter(commit), order, byKey);
    }

    /// <summary>A book from what was kept of it.</summary>
    public static RegisterBook Restore(
        long version, DateTimeOffset at, IReadOnlyDictionary<string, IReadOnlyList<RegisterEntry>> entries, IEnumerable<AppliedKey> keys)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(keys);
        var known = keys.ToList();
        return new RegisterBook(
            version,
            at,
            entries.ToImmutableDictionary(e => e.Key, e => EmptyShelf.AddRange(e.Value.Select(v => KeyValuePair.Create(v.Id, v))), StringComparer.Ordinal),
            entries.ToImmutableDictionary(e => e.Key, e => e.Value.Select(v => NumberOf(v.Id)).DefaultIfEmpty().Max(), StringComparer.Ordinal),
            ImmutableQueue.CreateRange(known),
            known.ToImmutableDictionary(k => k.Key, StringComparer.Ordinal));
    }

    private ImmutableSortedDictionary<string, RegisterEntry> ShelfOf(string register) => shelves.GetValueOrDefault(register, EmptyShelf);

    private ImmutableDictionary<string, int> NumbersAfter(RegisterCommit commit)
    {
        var numbers = lastNumbers.ToBuilder();
        foreach (var change in commit.Changes.Where(c => c.Kind == RegisterChangeKind.Created))
        {
            numbers[change.Register] = Math.Max(numbers.GetValueOrDefault(change.Register), NumberOf(change.Id));
        }

        return numbers.ToImmutable();
    }

    private (ImmutableQueue<AppliedKey> Order, ImmutableDictionary<string, AppliedKey> ByKey) Remember(AppliedKey key)
    {
        var order = keysInOrder.Enqueue(key);
        var byKey = keys.SetItem(key.Key, key);
        if (byKey.Count > RememberedKeys)
        {
            order = order.Dequeue(out var oldest);
            byKey = byKey.Remove(oldest.Key);
        }

        return (order, byKey);
    }

    /// <summary>The number in an id such as A-0012; 0 where there is none that could be handed out.</summary>
    private static int NumberOf(string id) =>
        id.LastIndexOf('-') is var dash and >= 0 && int.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private sealed class Shelf(ImmutableSortedDictionary<string, RegisterEntry> entries) : IReadOnlyCollection<RegisterEntry>
    {
        public int Count => entries.Count;

        public IEnumerator<RegisterEntry> GetEnumerator() => entries.Values.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
