using Isms.Meetings;
using Isms.Monitoring;
using Isms.Text;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Meetings.Agenda;

/// <summary>What the collectors could not collect in full.</summary>
public sealed class CollectorAgenda(CollectorRuns collectors, OrganizationStore organizations) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken)
    {
        var collected = new List<(LocalizedText, IReadOnlyList<CollectedWindow>)>();
        foreach (var collector in CollectorCatalogue.All)
        {
            collected.Add((collector.Title, (await collectors.FindAsync(collector.Name, cancellationToken)).Collected));
        }

        return CommitteeAgenda.OfCollectors(collected, period, await organizations.GetAsync(cancellationToken));
    }
}
