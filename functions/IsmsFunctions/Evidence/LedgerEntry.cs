namespace IsmsFunctions.Evidence;

/// <summary>The ledger's head: what all entries up to now come to.</summary>
/// <param name="Size">How many entries there are.</param>
/// <param name="Root">The Merkle root over them, lower-case hex.</param>
/// <param name="At">When the last one was appended; null while there is none.</param>
public sealed record LedgerHead(long Size, string Root, DateTimeOffset? At);

/// <summary>Shows that an item stands in the ledger under a head (RFC 6962, 2.1.1).</summary>
/// <param name="Id">The item.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ manifest.json), lower-case hex.</param>
/// <param name="Path">The sibling hashes from the leaf to the root, lower-case hex.</param>
/// <param name="Head">The head it is proven against.</param>
public sealed record LedgerProof(string Id, long Index, string LeafHash, IReadOnlyList<string> Path, LedgerHead Head);

/// <summary>An entry of the ledger.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Id">The item.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ manifest.json), lower-case hex.</param>
/// <param name="At">When it was appended.</param>
public sealed record LedgerEntry(long Index, string Id, string LeafHash, DateTimeOffset At);
