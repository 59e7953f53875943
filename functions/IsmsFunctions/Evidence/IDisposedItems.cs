namespace IsmsFunctions.Evidence;

/// <summary>Knows which items' files are gone because their disposal was approved.</summary>
public interface IDisposedItems
{
    /// <summary>
    /// The record of the disposal that removed an item's files; null when none did. Only a record that stands in the ledger as it was written, and that names the item,
    /// counts: a file that is gone without one was taken away.
    /// </summary>
    Task<string?> FindRecordAsync(string item, CancellationToken cancellationToken);

    /// <summary>The disposed items and the records of their disposal; not checked.</summary>
    Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken);
}
