using System.Text.RegularExpressions;
using Isms.Objectives;
using Isms.Year;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Objectives;

/// <summary>The quarter's measurement does the quarter's plan item (clause 9.1).</summary>
public sealed partial class PlannedMeasurement(KpiStore store, OrganizationStore organizations) : IPlannedWork
{
    /// <inheritdoc/>
    public string Kind => "kpi";

    /// <summary>
    /// The measurement of the item's quarter. An item that was carried over is about the quarter it was first planned for; one that an organisation planned otherwise
    /// than by quarters has none, and its record is filed by hand.
    /// </summary>
    public async Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var organization = await organizations.GetAsync(cancellationToken);
        var planned = QuarterOf().Match(item.CarriedFrom?.Item ?? item.Id);
        if (!planned.Success || !FiscalQuarter.TryParse((item.CarriedFrom?.FiscalYear ?? item.FiscalYear) + planned.Value, organization.FiscalYearStartMonth, out var quarter))
        {
            return null;
        }

        return (await store.FindOrStartAsync(client, quarter, item.InstanceId, YearPlanning.System, cancellationToken)).Id;
    }

    [GeneratedRegex("-q[1-4]$")]
    private static partial Regex QuarterOf();
}
