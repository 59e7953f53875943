using Isms.Certification;
using Isms.CorrectiveActions;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Certification;

/// <summary>The body waits for the corrective actions of what it found.</summary>
public sealed class ActionsOfCertification(StateStore states) : IActionSource
{
    /// <inheritdoc/>
    public IReadOnlyList<ActionOrigin> Origins { get; } = [ActionOrigin.ExternalAudit];

    /// <inheritdoc/>
    public Task NoteClosureAsync(ClosedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        return states.UpdateAsync<CertificationAudit>(
            CertificationStore.Kind, action.RaisedBy, a => CertificationAuditRules.ActionIsClosed(a, action.Id), wakes: true, cancellationToken: cancellationToken);
    }
}
