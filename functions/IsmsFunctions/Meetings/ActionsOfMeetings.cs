using Isms.CorrectiveActions;
using Isms.Meetings;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Meetings;

/// <summary>A decision that raised a corrective action is carried out when the action is closed.</summary>
public sealed class ActionsOfMeetings(StateStore states, TimeProvider clock) : IActionSource
{
    /// <inheritdoc/>
    public IReadOnlyList<ActionOrigin> Origins { get; } = [ActionOrigin.Review, ActionOrigin.Committee];

    /// <inheritdoc/>
    public Task NoteClosureAsync(ClosedAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        return states.UpdateAsync<Meeting>(
            MeetingStore.Kind, action.RaisedBy, m => DecisionRules.ItsActionIsClosed(m, action.Id, [action.Record], clock.GetUtcNow()), wakes: true,
            cancellationToken: cancellationToken);
    }
}
