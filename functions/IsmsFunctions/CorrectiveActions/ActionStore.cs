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

    /// <summary>All corrective actions, ordered by id; those of one fiscal year where it is given.</summary>
    public async Task<IReadOnlyList<Stored<CorrectiveAction>>> ListAsync(string? fiscalYear, CancellationToken cancellationToken)
    {
        var actions = new List<Stored<CorrectiveAction>>();
        await foreach (var action in states.ListAsync<CorrectiveAction>(Kind, fiscalYear is null ? "" : $"action-{fiscalYear}-", cancellationToken))
        {
            actions.Add(action);
        }

        return actions;
    }
}
