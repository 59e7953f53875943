using Isms.Risks;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Keeps the suggested risks. A suggestion is stored once and for all under the key of its source: what was decided about it is not asked again.</summary>
public sealed class RiskSuggestionStore(StateStore states)
{
    private const string Kind = "risk-suggestion";
    private const string WatermarkKind = "risk-suggestion-watermark";

    /// <summary>A suggestion.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<RiskSuggestion>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<RiskSuggestion>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-risk-suggestion", "id", id, id));

    /// <summary>The suggestions, ordered by id, whose id comes after <paramref name="after"/>; all of them where it is null.</summary>
    public IAsyncEnumerable<Stored<RiskSuggestion>> ListAfterAsync(string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<RiskSuggestion>(Kind, "", after, cancellationToken);

    /// <summary>Stores a suggestion unless its source made one before.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> AddAsync(RiskSuggestion suggestion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        return await states.TryCreateAsync(Kind, suggestion.Id, suggestion, cancellationToken: cancellationToken) is not null;
    }

    /// <summary>Changes a suggestion; the same idempotency key changes it once.</summary>
    public Task<Stored<RiskSuggestion>> UpdateAsync(
        string id, Func<RiskSuggestion, RiskSuggestion> change, string? idempotencyKey, CancellationToken cancellationToken) =>
        states.UpdateAsync(Kind, id, change, idempotencyKey, cancellationToken: cancellationToken);

    /// <summary>Up to when the evidence of a collector has been looked through; null before the first time.</summary>
    public async Task<DateTimeOffset?> WatermarkAsync(string collector, CancellationToken cancellationToken) =>
        (await states.FindAsync<Watermark>(WatermarkKind, collector, cancellationToken))?.Value.Until;

    /// <summary>Notes up to when it has been looked through.</summary>
    public async Task SetWatermarkAsync(string collector, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await states.TryCreateAsync(WatermarkKind, collector, new Watermark(until), cancellationToken: cancellationToken) is null)
        {
            await states.UpdateAsync<Watermark>(WatermarkKind, collector, w => w.Until >= until ? w : new Watermark(until), cancellationToken: cancellationToken);
        }
    }

    private sealed record Watermark(DateTimeOffset Until);
}
