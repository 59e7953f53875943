using Isms.Evidence;
using Isms.Text;

namespace IsmsFunctions.Evidence;

/// <summary>What somebody wants recorded; the store adds hashes, time, producer and the ledger entry.</summary>
public sealed record EvidenceDraft
{
    /// <summary>Deterministic id, made by <see cref="EvidenceIds"/>: recording the same id again changes nothing and returns the first.</summary>
    public required string Id { get; init; }

    /// <inheritdoc cref="EvidenceManifest.FiscalYear"/>
    public required string FiscalYear { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Type"/>
    public required EvidenceType Type { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Title"/>
    public required LocalizedText Title { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Clauses"/>
    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <inheritdoc cref="EvidenceManifest.Controls"/>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <inheritdoc cref="EvidenceManifest.Period"/>
    public required Period Period { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Subject"/>
    public string? Subject { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Record"/>
    public string? Record { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Source"/>
    public required EvidenceSource Source { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Completeness"/>
    public Completeness Completeness { get; init; } = Completeness.Complete;

    /// <inheritdoc cref="EvidenceManifest.Supersedes"/>
    public string? Supersedes { get; init; }

    /// <inheritdoc cref="EvidenceManifest.Supplements"/>
    public IReadOnlyList<string>? Supplements { get; init; }

    /// <inheritdoc cref="EvidenceManifest.CreatedBy"/>
    public required string CreatedBy { get; init; }
}

/// <summary>A small file of an item, held in memory; rows from Graph are streamed instead.</summary>
/// <param name="Path">Path inside the item's folder.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record EvidenceContent(string Path, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>Which items are asked for; what is null is not asked about.</summary>
public sealed record EvidenceQuery(
    string? FiscalYear = null,
    EvidenceType? Type = null,
    string? Clause = null,
    string? Control = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Subject = null,
    string? Record = null);

/// <summary>A page of items: by fiscal year, the oldest first; where a period was asked for and nothing that narrows more, by the ends of what they speak of.</summary>
/// <param name="Items">The manifests.</param>
/// <param name="ContinuationToken">Asks for the next page; null at the end.</param>
public sealed record EvidencePage(IReadOnlyList<EvidenceManifest> Items, string? ContinuationToken);

/// <summary>Records evidence and finds it again. Nothing in it is ever overwritten or removed.</summary>
public interface IEvidenceStore
{
    /// <summary>Records an item. When it is there already, nothing is written and the recorded manifest is returned.</summary>
    Task<EvidenceManifest> RecordAsync(EvidenceDraft draft, IReadOnlyList<EvidenceContent> files, CancellationToken cancellationToken);

    /// <summary>The manifest of an item, or null.</summary>
    Task<EvidenceManifest?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>One page of what matches.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="top">The most items on a page.</param>
    /// <param name="continuationToken">From the page before.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    Task<EvidencePage> ListAsync(EvidenceQuery query, int top, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Opens a file of an item for reading; null when there is no such file.</summary>
    Task<Stream?> OpenAsync(EvidenceManifest item, string path, CancellationToken cancellationToken);
}
