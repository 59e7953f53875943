using Isms.Audits;
using Isms.CorrectiveActions;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Audits;

/// <summary>Audits wait for the corrective actions of their findings.</summary>
public sealed class ActionsOfAudits(StateStore states) : IActionSource
{
    /// <inheritdoc/>
    public IReadOnlyList<ActionOrigin> Origins { get; } = [ActionOrigin.Audit];

    /// <inheritdoc/>
    public Task NoteClosureAsync(ClosedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        return states.UpdateAsync<Audit>(
            AuditStore.Kind, action.RaisedBy, a => AuditRules.ActionIsClosed(a, action.Id), wakes: true, cancellationToken: cancellationToken);
    }
}
