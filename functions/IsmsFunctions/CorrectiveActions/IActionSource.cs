using Isms.CorrectiveActions;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>A corrective action that is closed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RaisedBy">The id of what raised it: an audit, a meeting.</param>
/// <param name="Record">The evidence of it.</param>
public sealed record ClosedAction(string Id, string RaisedBy, string Record);

/// <summary>What raises corrective actions and waits for them; register it in the capability's services.</summary>
public interface IActionSource
{
    /// <summary>The origins that it answers for.</summary>
    IReadOnlyList<ActionOrigin> Origins { get; }

    /// <summary>Notes in the state of what raised it that the action is closed, as a change that its workflow has to look at. It can be repeated.</summary>
    Task NoteClosureAsync(ClosedAction action, CancellationToken cancellationToken);
}
