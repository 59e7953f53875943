using Isms.Incidents;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Incidents;

/// <summary>Keeps incidents.</summary>
public sealed class IncidentStore(StateStore states)
{
    /// <summary>The kind of an incident's state; its id is the workflow's instance id.</summary>
    public const string Kind = "incident";

    /// <summary>The incident.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<Incident>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<Incident>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-incident", "id", id, id));

    /// <summary>Incidents, ordered by id, whose id comes after <paramref name="after"/>; those of one fiscal year where it is given.</summary>
    public IAsyncEnumerable<Stored<Incident>> ListAfterAsync(string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<Incident>(Kind, PrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>All incidents.</summary>
    public async Task<IReadOnlyList<Incident>> AllAsync(CancellationToken cancellationToken) =>
        await ListAfterAsync(null, null, cancellationToken).Select(i => i.Value).ToListAsync(cancellationToken);

    /// <summary>What the ids of all incidents begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(string? fiscalYear) => fiscalYear is null ? "incident-" : $"incident-{fiscalYear}-";
}
