using System.Globalization;
using System.Text.Json;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>How many incidents and near misses fall under something.</summary>
/// <param name="Key">What they fall under, such as a department's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Incidents">Incidents.</param>
/// <param name="NearMisses">Near misses.</param>
public sealed record IncidentCount(string Key, LocalizedText Name, int Incidents, int NearMisses);

/// <summary>
/// Incidents of a period in figures (control 5.27, clause 9.1). Drills and false alarms are counted apart and in nothing else; what concerns several departments or
/// sites counts in each of them. An incident belongs to the day on which it was noticed.
/// </summary>
public sealed record IncidentStatistics
{
    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Incidents that happened.</summary>
    public required int Incidents { get; init; }

    /// <summary>Those of them that are not closed.</summary>
    public required int Open { get; init; }

    /// <summary>Near misses that were reported.</summary>
    public required int NearMisses { get; init; }

    /// <summary>Drills.</summary>
    public required int Drills { get; init; }

    /// <summary>Reports that turned out to be no incident.</summary>
    public required int FalseAlarms { get; init; }

    /// <summary>Near misses among near misses and incidents, 0–1: a high share means that people report early. Null where there is neither.</summary>
    public double? NearMissRatio { get; init; }

    /// <summary>Hours from notice to containment, on average over the incidents that were contained; null where none was.</summary>
    public double? MeanHoursToContainment { get; init; }

    /// <summary>Incidents that had to be reported under the Act on the Protection of Personal Information.</summary>
    public required int Reportable { get; init; }

    /// <summary>Reports that were made after their limit, or whose limit passed without them.</summary>
    public required int LateReports { get; init; }

    /// <summary>By kind.</summary>
    public required IReadOnlyList<IncidentCount> ByKind { get; init; }

    /// <summary>By cause, of those that were investigated.</summary>
    public required IReadOnlyList<IncidentCount> ByCause { get; init; }

    /// <summary>By severity, of those that were judged.</summary>
    public required IReadOnlyList<IncidentCount> BySeverity { get; init; }

    /// <summary>By month, months without any included.</summary>
    public required IReadOnlyList<IncidentCount> ByMonth { get; init; }

    /// <summary>By department.</summary>
    public required IReadOnlyList<IncidentCount> ByDepartment { get; init; }

    /// <summary>By site.</summary>
    public required IReadOnlyList<IncidentCount> BySite { get; init; }

    /// <summary>The figures of a period.</summary>
    /// <param name="all">Incidents, of this period and others.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="organization">For names and the time zone.</param>
    /// <param name="now">The present instant.</param>
    public static IncidentStatistics Of(IEnumerable<Incident> all, DateOnly from, DateOnly to, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var names = new IncidentNames(organization);
        var inPeriod = all.Where(i => office.DateAt(i.DetectedAt) is var day && day >= from && day <= to).ToList();
        var counted = inPeriod.Where(i => !i.IsDrill && i.FalseAlarm is null).ToList();
        var incidents = counted.Where(i => i.Nature == IncidentNature.Actual).ToList();
        var contained = incidents.Where(i => i.Containment is not null).Select(i => (i.Containment!.DoneAt - i.DetectedAt).TotalHours).ToList();
        return new IncidentStatistics
        {
            From = from,
            To = to,
            Incidents = incidents.Count,
            Open = incidents.Count(i => i.Stage != IncidentStage.Closed),
            NearMisses = counted.Count - incidents.Count,
            Drills = inPeriod.Count(i => i.IsDrill && i.FalseAlarm is null),
            FalseAlarms = inPeriod.Count(i => i.FalseAlarm is not null),
            NearMissRatio = counted.Count == 0 ? null : Math.Round((counted.Count - incidents.Count) / (double)counted.Count, 4),
            MeanHoursToContainment = contained.Count == 0 ? null : Math.Round(Math.Max(0, contained.Average()), 2),
            Reportable = incidents.Count(i => i.Duty.IsDue),
            LateReports = incidents.SelectMany(i => i.PresentClocks).Count(c => c.IsLate || (c.FulfilledAt is null && c.Limit < now)),
            ByKind = Count(counted, i => [(Camel(i.Kind), IncidentNames.Kind(i))]),
            ByCause = Count(counted, i => i.Investigation is { } f ? [(Camel(f.Category), Texts.Get("incident.cause." + f.Category))] : []),
            BySeverity = Count(counted, i => i.Severity is { } s ? [(Camel(s), Texts.Get("incident.severity." + s))] : []),
            ByMonth = Months(counted, from, to, office),
            ByDepartment = Count(counted, i => i.Departments.Select(d => (d, names.Departments([d])))),
            BySite = Count(counted, i => i.Sites.Select(s => (s, names.Sites([s])))),
        };
    }

    private static IReadOnlyList<IncidentCount> Count(IReadOnlyList<Incident> counted, Func<Incident, IEnumerable<(string Key, LocalizedText Name)>> under) =>
        [.. counted.SelectMany(i => under(i).Select(u => (u.Key, u.Name, i.Nature))).GroupBy(u => u.Key)
            .Select(g => new IncidentCount(g.Key, g.First().Name, g.Count(u => u.Nature == IncidentNature.Actual), g.Count(u => u.Nature == IncidentNature.NearMiss)))
            .OrderByDescending(c => c.Incidents).ThenByDescending(c => c.NearMisses).ThenBy(c => c.Key, StringComparer.Ordinal)];

    private static List<IncidentCount> Months(IReadOnlyList<Incident> counted, DateOnly from, DateOnly to, OfficeTime office)
    {
        var byMonth = Count(counted, i => [(KeyOf(office.DateAt(i.DetectedAt)), LocalizedText.Same(KeyOf(office.DateAt(i.DetectedAt))))]).ToDictionary(c => c.Key);
        var months = new List<IncidentCount>();
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            var key = KeyOf(month);
            months.Add(byMonth.GetValueOrDefault(key) ?? new IncidentCount(key, LocalizedText.Same(key), 0, 0));
        }

        return months;
    }

    private static string KeyOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>As requests spell it.</summary>
    private static string Camel<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
