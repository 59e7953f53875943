using Isms.Incidents;
using Isms.Objectives;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Objectives;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Incidents;

/// <summary>What can be counted of incidents. Drills and false alarms are none.</summary>
public sealed class IncidentMeasures(IncidentStore incidents, OrganizationStore organizations) : IMeasureSource
{
    private const string Count = "incident-count";
    private const string NearMisses = "near-miss-count";
    private const string Containment = "incident-containment-hours";
    private const string InTime = "breach-reports-in-time";

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } =
    [
        Of(Count, "unit.count", TargetDirection.AtMost, "5.24", "5.26"),
        Of(NearMisses, "unit.count", TargetDirection.AtLeast, "6.8"),
        Of(Containment, "unit.hours", TargetDirection.AtMost, "5.26"),
        Of(InTime, "unit.percent", TargetDirection.AtLeast, "5.5", "5.34"),
    ];

    /// <inheritdoc/>
    public async Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var all = (await incidents.AllAsync(cancellationToken))
            .Where(i => i is { IsDrill: false, FalseAlarm: null } && i.ReportedAt <= period.AsOf && office.DateAt(i.DetectedAt) is var day && day >= period.From && day <= period.Until)
            .OrderBy(i => i.DetectedAt).ToList();
        var actual = all.Where(i => i.Nature == IncidentNature.Actual).ToList();
        switch (measure)
        {
            case Count:
                return MeasuredValue.Count(actual.Count, Records(actual));
            case NearMisses:
                var near = all.Where(i => i.Nature == IncidentNature.NearMiss).ToList();
                return MeasuredValue.Count(near.Count, Records(near));
            case Containment:
                var contained = actual.Where(i => i.Containment?.At <= period.AsOf).ToList();
                return MeasuredValue.Mean((decimal)contained.Sum(i => (i.Containment!.DoneAt - i.DetectedAt).TotalHours), contained.Count, T("nothing-contained"), Records(contained));
            case InTime:
                // A report counts as soon as it is made, or as soon as its limit has passed without it.
                var due = actual.SelectMany(i => i.PresentClocks).Where(c => c.FulfilledAt <= period.AsOf || c.Limit <= period.AsOf).ToList();
                return MeasuredValue.Share(due.Count(c => c.FulfilledAt <= c.Limit), due.Count, T("nothing-reportable"), Records(actual.Where(i => i.PresentClocks.Any())));
            default:
                throw new ArgumentOutOfRangeException(nameof(measure), measure, "Incidents offer no such measure.");
        }
    }

    private static IEnumerable<string> Records(IEnumerable<Incident> counted) =>
        counted.Where(i => i.Stage == IncidentStage.Closed).Select(IncidentRecordActivities.RecordIdOf);

    private static Measure Of(string id, string unit, TargetDirection better, params string[] controls) => new(id, T(id), T(unit), better, ["9.1"], controls);

    private static LocalizedText T(string key) => Texts.Get("incident-measure." + key);
}
