using Isms.Incidents;
using Isms.Meetings;
using IsmsFunctions.Meetings;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Incidents;

/// <summary>Incidents on the agenda of committee meetings.</summary>
public sealed class IncidentAgenda(IncidentStore incidents, OrganizationStore organizations) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken) =>
        IncidentFigures.AgendaOf(await incidents.AllAsync(cancellationToken), period, await organizations.GetAsync(cancellationToken));
}
