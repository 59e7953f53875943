using Isms.CorrectiveActions;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>Keeps corrective actions.</summary>
public sealed class ActionStore(StateStore states)
{
    /// <summary>The kind of a corrective action's state; its id is the workflow's instance id.</summary>
    public const string Kind = "corrective-action";

    /// <summary>The corrective action.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<CorrectiveAction>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<CorrectiveAction>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-corrective-action", "id", id, id));

    /// <summary>Corrective actions, ordered by id, whose id comes after <paramref name="after"/>; those of one fiscal year where it is given.</summary>
    public IAsyncEnumerable<Stored<CorrectiveAction>> ListAfterAsync(string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<CorrectiveAction>(Kind, PrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>What the ids of all corrective actions begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(string? fiscalYear) => fiscalYear is null ? "action-" : $"action-{fiscalYear}-";
}
