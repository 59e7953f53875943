using Isms.Meetings;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Meetings.Agenda;

/// <summary>Corrective actions that are open.</summary>
public sealed class ActionAgenda(ActionStore actions, OrganizationStore organizations) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken)
    {
        var all = await actions.ListAfterAsync(null, null, cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);
        return CommitteeAgenda.OfActions(all, period, await organizations.GetAsync(cancellationToken));
    }
}
