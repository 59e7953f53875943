using System.Globalization;
using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Reports;
using Isms.Text;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>Incidents in figures and sentences, for the monthly report and the management review.</summary>
public static class IncidentFigures
{
    private const int Named = 5;

    /// <summary>The figures.</summary>
    public static IReadOnlyList<ReportFigure> Of(IncidentStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        return
        [
            Figure("incidents", statistics.Incidents),
            Figure("open", statistics.Open),
            Figure("near-misses", statistics.NearMisses),
            Figure("reportable", statistics.Reportable),
            Figure("late", statistics.LateReports),
            Figure("drills", statistics.Drills),
            new ReportFigure(T("hours"), statistics.MeanHoursToContainment is { } hours ? Texts.Get("incident-figure.hours.value", hours.ToString("0.#", CultureInfo.InvariantCulture)) : Texts.Get("document.none")),
        ];
    }

    /// <summary>What there is to say about a period; a period without any incident is a statement, too.</summary>
    /// <param name="all">Incidents, of this period and others.</param>
    /// <param name="period">The period.</param>
    /// <param name="organization">For names and the time zone.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="recordIdOf">The evidence id of a closed incident's record.</param>
    public static ReviewInput ReviewInputOf(
        IReadOnlyList<Incident> all, ReviewPeriod period, Organization organization, DateTimeOffset now, Func<Incident, string> recordIdOf)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var statistics = IncidentStatistics.Of(all, period.From, period.Until, organization, now);
        var office = OfficeTime.Of(organization.TimeZone);
        var inPeriod = all.Where(i => office.DateAt(i.DetectedAt) is var day && day >= period.From && day <= period.Until && i.FalseAlarm is null).OrderBy(i => i.DetectedAt).ToList();
        var gravest = inPeriod.Where(i => i.Nature == IncidentNature.Actual).OrderByDescending(i => i.Severity).ThenBy(i => i.DetectedAt).Take(Named);
        return new ReviewInput
        {
            Topic = ReviewTopic.Incidents,
            Title = T("title"),
            Sentences =
            [
                Texts.Get("incident-figure.sentence", statistics.Incidents, statistics.NearMisses, statistics.Drills, statistics.Reportable),
                .. gravest.Select(i => Texts.Get("incident-figure.incident", office.DateAt(i.DetectedAt), i.Id, i.Title, IncidentNames.Severity(i), IncidentRules.NameOf(i.Stage))),
                .. statistics.ByCause.Take(1).Select(c => Texts.Get("incident-figure.cause", c.Name, c.Incidents + c.NearMisses)),
            ],
            Figures = Of(statistics),
            Evidence = [.. inPeriod.Where(i => i.Stage == IncidentStage.Closed).Select(recordIdOf)],
        };
    }

    /// <summary>What the committee has to talk about: incidents and near misses of the time since the last meeting, and those that are still open.</summary>
    public static IReadOnlyList<AgendaPoint> AgendaOf(IEnumerable<Incident> all, AgendaPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var lines = all
            .Where(i => i is { FalseAlarm: null } && office.DateAt(i.DetectedAt) is var day && day <= period.Until && (day >= period.From || i.Stage != IncidentStage.Closed))
            .OrderBy(i => i.DetectedAt)
            .Select(i => Texts.Get(
                "incident-figure.agenda", office.DateAt(i.DetectedAt), i.Id, i.Title, Texts.Get("incident.nature." + i.Nature), IncidentRules.NameOf(i.Stage)))
            .ToList();
        return lines.Count == 0 ? [] : [new AgendaPoint("incidents", T("title"), lines)];
    }

    private static ReportFigure Figure(string key, int value) => new(T(key), LocalizedText.Same(value.ToString(CultureInfo.InvariantCulture)));

    private static LocalizedText T(string key) => Texts.Get("incident-figure." + key);
}
