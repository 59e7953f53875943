using Isms.Meetings;

namespace IsmsFunctions.Meetings;

/// <summary>Proposes points for the agenda of a committee meeting, out of what is open in a capability; register it in the capability's services.</summary>
public interface IAgendaSource
{
    /// <summary>What the committee has to talk about; empty where there is nothing. Asked whenever an agenda is proposed, so it reads and changes nothing.</summary>
    /// <param name="period">The time that the meeting speaks about.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken);
}
