using Isms.Meetings;
using IsmsFunctions.Audits;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Meetings.Agenda;

/// <summary>Findings of audits that were reported since the last meeting.</summary>
public sealed class FindingAgenda(AuditStore audits, OrganizationStore organizations) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken)
    {
        var all = (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value);
        return CommitteeAgenda.OfFindings(all, period, await organizations.GetAsync(cancellationToken));
    }
}
