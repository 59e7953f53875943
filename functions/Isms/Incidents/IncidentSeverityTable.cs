namespace Isms.Incidents;

/// <summary>How grave an incident is: a table of the highest impact on confidentiality, integrity or availability, and of how far it reaches.</summary>
public static class IncidentSeverityTable
{
    private const IncidentSeverity L = IncidentSeverity.Low;
    private const IncidentSeverity M = IncidentSeverity.Medium;
    private const IncidentSeverity H = IncidentSeverity.High;
    private const IncidentSeverity C = IncidentSeverity.Critical;

    /// <summary>Rows: impact 1–5; columns: individual, department, organisation, outside.</summary>
    private static readonly IncidentSeverity[][] Table =
    [
        [L, L, M, M],
        [L, M, M, H],
        [M, M, H, H],
        [M, H, H, C],
        [H, H, C, C],
    ];

    /// <summary>The severity. What has to be reported to the authorities is at least high, whatever the table says.</summary>
    /// <param name="information">The information involved; none counts as the least impact.</param>
    /// <param name="extent">How far it reaches.</param>
    /// <param name="duty">The duty to report.</param>
    public static IncidentSeverity Of(IReadOnlyList<InformationInvolved> information, IncidentExtent extent, ReportDuty duty)
    {
        ArgumentNullException.ThrowIfNull(duty);
        var impact = information.Select(i => Math.Max(i.Confidentiality, Math.Max(i.Integrity, i.Availability))).DefaultIfEmpty(1).Max();
        var severity = Table[Math.Clamp(impact, 1, 5) - 1][(int)extent];
        return duty.IsDue && severity < H ? H : severity;
    }
}
