using Isms.Rules;

namespace IsmsFunctions.Evidence;

/// <summary>Checks references to evidence: what is not in the store is no evidence.</summary>
public static class EvidenceReferences
{
    /// <summary>Refuses the first id that is not recorded; null when all are.</summary>
    /// <param name="evidence">The store.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="field">The input field that holds them.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public static async Task<Refusal?> FirstUnknownAsync(
        this IEvidenceStore evidence, IReadOnlyList<string>? ids, string field, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        for (var i = 0; i < (ids?.Count ?? 0); i++)
        {
            var id = ids![i];
            if (string.IsNullOrWhiteSpace(id) || await evidence.FindAsync(id, cancellationToken) is null)
            {
                return Refusal.Of(RefusalKind.RuleBroken, "unknown-evidence", $"{field}[{i}]", id, id);
            }
        }

        return null;
    }
}
