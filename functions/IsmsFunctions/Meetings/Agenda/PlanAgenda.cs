using Isms.Meetings;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;

namespace IsmsFunctions.Meetings.Agenda;

/// <summary>Overdue items of the plan, and those that come up.</summary>
public sealed class PlanAgenda(YearStore years, OrganizationStore organizations) : IAgendaSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<AgendaPoint>> PointsAsync(AgendaPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var items = (await years.ItemsAsync(period.FiscalYear, cancellationToken)).Select(i => i.Value).ToList();
        return CommitteeAgenda.OfPlan(items, period, await organizations.GetAsync(cancellationToken));
    }
}
