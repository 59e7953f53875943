using Isms.Rules;
using Isms.SpotChecks;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.SpotChecks;

/// <summary>Keeps spot-checks.</summary>
public sealed class SpotCheckStore(StateStore states)
{
    /// <summary>The kind of a spot-check's state.</summary>
    public const string Kind = "spot-check";

    /// <summary>The spot-check.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<SpotCheck>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<SpotCheck>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-spot-check", "id", id, id));

    /// <summary>Spot-checks, ordered by id, whose id comes after <paramref name="after"/>; those of one fiscal year where it is given.</summary>
    public IAsyncEnumerable<Stored<SpotCheck>> ListAfterAsync(string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<SpotCheck>(Kind, PrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>What the ids of all spot-checks begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(string? fiscalYear) => fiscalYear is null ? "spot-check-" : $"spot-check-{fiscalYear}-";
}
