using Isms.Evidence;
using Isms.Text;

namespace IsmsFunctions.Evidence;

/// <summary>An item of evidence in a list.</summary>
public sealed record EvidenceView(
    string Id,
    string FiscalYear,
    EvidenceType Type,
    LocalizedText Title,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<string> Controls,
    Period Period,
    string? Subject,
    string? Record,
    Completeness Completeness,
    string? Supersedes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    IReadOnlyList<EvidenceFile> Files)
{
    /// <summary>What of a manifest is shown in lists: all but the details of its source.</summary>
    public static EvidenceView Of(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new EvidenceView(
            item.Id, item.FiscalYear, item.Type, item.Title, item.Clauses, item.Controls, item.Period, item.Subject, item.Record, item.Completeness,
            item.Supersedes, item.CreatedAt, item.CreatedBy, item.Files);
    }
}

/// <summary>A page of a list of evidence.</summary>
/// <param name="Items">The items, in the order of the list.</param>
/// <param name="ContinuationToken">Asks for the next page; absent at the end.</param>
public sealed record EvidenceListing(IReadOnlyList<EvidenceView> Items, string? ContinuationToken);
