using Isms.Incidents;
using static Isms.Tests.Dates;
using static Isms.Tests.Incidents.IncidentSamples;

namespace Isms.Tests.Incidents;

public sealed class IncidentStatisticsTests
{
    private static readonly DateTimeOffset Now = Tokyo(2027, 4, 1, 9);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_parts_add_up_to_the_whole(int seed)
    {
        var all = Random(seed, 40);
        var figures = Of(all, "2026-04-01", "2027-03-31");
        var inYear = all.Where(i => Office.DateAt(i.DetectedAt) >= Day("2026-04-01") && Office.DateAt(i.DetectedAt) <= Day("2027-03-31")).ToList();

        Assert.Equal(inYear.Count, figures.Incidents + figures.NearMisses + figures.Drills + figures.FalseAlarms);
        Assert.Equal((figures.Incidents, figures.NearMisses), Sum(figures.ByKind));
        Assert.Equal((figures.Incidents, figures.NearMisses), Sum(figures.ByMonth));
        Assert.Equal(12, figures.ByMonth.Count);
        Assert.All([figures.ByDepartment, figures.BySite], by => Assert.True(by.Sum(c => c.Incidents) >= figures.Incidents));
        Assert.All([figures.ByCause, figures.BySeverity], by => Assert.True(by.Sum(c => c.Incidents) <= figures.Incidents));
        Assert.True(figures.Reportable <= figures.Incidents && figures.Open <= figures.Incidents);
        if (figures.NearMissRatio is { } ratio)
        {
            Assert.InRange(ratio, 0, 1);
            Assert.Equal(figures.NearMisses / (double)(figures.Incidents + figures.NearMisses), ratio, 0.0001);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Two_halves_of_a_year_make_the_year(int seed)
    {
        var all = Random(seed, 30);
        var (first, second, year) = (Of(all, "2026-04-01", "2026-09-30"), Of(all, "2026-10-01", "2027-03-31"), Of(all, "2026-04-01", "2027-03-31"));
        Assert.Equal(year.Incidents, first.Incidents + second.Incidents);
        Assert.Equal(year.NearMisses, first.NearMisses + second.NearMisses);
        Assert.Equal(year.Drills, first.Drills + second.Drills);
        Assert.Equal(year.ByMonth, first.ByMonth.Concat(second.ByMonth));
    }

    [Fact]
    public void Drills_and_false_alarms_are_counted_apart_and_in_nothing_else()
    {
        var figures = Of([In(IncidentStage.Closed, IncidentNature.Drill, Sensitive), Give(IncidentRules.Dismiss, In(IncidentStage.Triage)).Value], "2026-04-01", "2027-03-31");
        Assert.Equal((0, 0, 1, 1, 0), (figures.Incidents, figures.NearMisses, figures.Drills, figures.FalseAlarms, figures.Reportable));
        Assert.All([figures.ByKind, figures.ByCause, figures.BySeverity, figures.ByDepartment, figures.BySite], Assert.Empty);
        Assert.Null(figures.NearMissRatio);
        Assert.Null(figures.MeanHoursToContainment);
    }

    [Fact]
    public void Containment_is_measured_from_notice_and_a_missed_limit_is_late()
    {
        var figures = Of([In(IncidentStage.Investigation, facts: Sensitive), In(IncidentStage.Closed), Reported(IncidentNature.NearMiss)], "2026-08-01", "2026-08-31");
        Assert.Equal(0.75, figures.MeanHoursToContainment);
        Assert.Equal((2, 1, 1, 1, 3), (figures.Incidents, figures.NearMisses, figures.Open, figures.Reportable, figures.LateReports));
        Assert.Equal(0.3333, figures.NearMissRatio);
        Assert.Equal(("misdelivery", "誤送信・誤送付"), (figures.ByKind[0].Key, figures.ByKind[0].Name.Ja));
        Assert.Equal(("head-office", "本社"), (figures.BySite[0].Key, figures.BySite[0].Name.Ja));
    }

    private static IncidentStatistics Of(IEnumerable<Incident> all, string from, string to) => IncidentStatistics.Of(all, Day(from), Day(to), Organization, Now);

    private static (int, int) Sum(IEnumerable<IncidentCount> counts) => (counts.Sum(c => c.Incidents), counts.Sum(c => c.NearMisses));

    private static List<Incident> Random(int seed, int count)
    {
        var random = new Random(seed);
        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
        return [.. Enumerable.Range(1, count).Select(n => In(Pick(Enum.GetValues<IncidentStage>().Where(s => s != IncidentStage.Reporting).ToList())) with
        {
            Id = $"incident-FY2026-{n:000}",
            Nature = Pick(Enum.GetValues<IncidentNature>()),
            Kind = Pick(Enum.GetValues<IncidentKind>()),
            Departments = random.Next(2) == 0 ? ["sales"] : ["sales", "it"],
            Sites = random.Next(2) == 0 ? ["osaka"] : ["head-office", "osaka"],
            DetectedAt = Tokyo(2026, 2, 1, 0).AddHours(random.Next(24 * 450)),
            FalseAlarm = random.Next(8) == 0 ? "見間違い" : null,
            Duty = random.Next(4) == 0 ? ReportDuty.Of(IncidentNature.Actual, Sensitive) : ReportDuty.Of(IncidentNature.Actual, null),
        })];
    }
}
