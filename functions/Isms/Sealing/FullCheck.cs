namespace Isms.Sealing;

/// <summary>A check of everything: the whole ledger, every item with all its files and index rows, and that there is nothing beside them.</summary>
public sealed record FullCheck
{
    /// <summary>How many faults are kept with it; the number of all of them is in <see cref="FaultCount"/>.</summary>
    public const int MostFaults = 100;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The person id of who asked for it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many entries the ledger had then: so many items are checked.</summary>
    public required long LedgerSize { get; init; }

    /// <summary>Whether each item is listed anew when it has been checked.</summary>
    public bool Relists { get; init; }

    /// <summary>How many items have been checked so far.</summary>
    public long Checked { get; init; }

    /// <summary>When it was done; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many things are not as they were recorded.</summary>
    public int FaultCount { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<TamperFault> Faults { get; init; } = [];

    /// <summary>The check after more items.</summary>
    public FullCheck After(long checkedItems, IReadOnlyList<TamperFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return this with { Checked = checkedItems, FaultCount = FaultCount + faults.Count, Faults = [.. Faults.Concat(faults).Take(MostFaults)] };
    }
}
