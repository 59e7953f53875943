using Isms.Incidents;
using Isms.Reports;
using IsmsFunctions.Organizations;
using IsmsFunctions.Reports;

namespace IsmsFunctions.Incidents;

/// <summary>The incidents of the month before, in the monthly report.</summary>
public sealed class IncidentReportSource(IncidentStore incidents, OrganizationStore organizations, TimeProvider clock) : IReportSource
{
    /// <inheritdoc/>
    public ReportPart Part => ReportPart.Incidents;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportFigure>> FiguresAsync(string fiscalYear, DateOnly month, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var all = await incidents.AllAsync(cancellationToken);
        return IncidentFigures.Of(IncidentStatistics.Of(all, month.AddMonths(-1), month.AddDays(-1), organization, clock.GetUtcNow()));
    }
}
