using Isms.Meetings;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Meetings.Agenda;

/// <summary>What earlier reviews and committees decided and is still to be done.</summary>
public sealed class DecisionAgenda(MeetingStore meetings, OrganizationStore organizations) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken)
    {
        var all = await meetings.ListAfterAsync(null, null, null, cancellationToken).Select(m => m.Value).ToListAsync(cancellationToken);
        return [CommitteeAgenda.OfDecisions(all, period, await organizations.GetAsync(cancellationToken))];
    }
}
