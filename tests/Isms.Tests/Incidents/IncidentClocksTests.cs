using System.Globalization;
using Isms.Incidents;
using Isms.Year;
using static Isms.Tests.Incidents.IncidentSamples;

namespace Isms.Tests.Incidents;

public sealed class IncidentClocksTests
{
    /// <summary>Known → target and limit of the preliminary report, limit of the final one, in local time; a final limit at 00:00 is the end of the day before.</summary>
    [Theory]
    [InlineData("Asia/Tokyo", "2026-08-03T14:30", false, "2026-08-06T14:30", "2026-08-08T14:30", "2026-09-02T00:00")] // 30th day: Tuesday 1 September
    [InlineData("Asia/Tokyo", "2026-08-03T14:30", true, "2026-08-06T14:30", "2026-08-08T14:30", "2026-10-02T00:00")] // 60th day: Thursday 1 October
    [InlineData("Asia/Tokyo", "2026-08-03T00:00", false, "2026-08-06T00:00", "2026-08-08T00:00", "2026-09-02T00:00")] // the first hour of the day counts as that day
    [InlineData("Asia/Tokyo", "2026-08-03T23:59", false, "2026-08-06T23:59", "2026-08-08T23:59", "2026-09-02T00:00")] // and so does the last
    [InlineData("Asia/Tokyo", "2026-07-31T09:00", false, "2026-08-03T09:00", "2026-08-05T09:00", "2026-09-01T00:00")] // 29 August is a Saturday: Monday the 31st
    [InlineData("Asia/Tokyo", "2027-01-29T18:15", false, "2027-02-01T18:15", "2027-02-03T18:15", "2027-03-02T00:00")] // 27 February is a Saturday: Monday 1 March
    [InlineData("Asia/Tokyo", "2028-02-25T10:00", false, "2028-02-28T10:00", "2028-03-01T10:00", "2028-03-28T00:00")] // over 29 February; 25 March is a Saturday
    [InlineData("Asia/Tokyo", "2028-01-31T10:00", false, "2028-02-03T10:00", "2028-02-05T10:00", "2028-03-01T00:00")] // the 30th day is 29 February
    [InlineData("Asia/Tokyo", "2026-11-30T10:00", false, "2026-12-03T10:00", "2026-12-05T10:00", "2027-01-05T00:00")] // 29 December: the authorities open on 4 January
    [InlineData("Asia/Tokyo", "2026-04-05T10:00", false, "2026-04-08T10:00", "2026-04-10T10:00", "2026-05-08T00:00")] // 4 May: holidays until the 6th
    [InlineData("America/New_York", "2026-03-06T14:30", false, "2026-03-09T14:30", "2026-03-11T14:30", "2026-04-07T00:00")] // over the start of summer time; 4 April is a Saturday
    [InlineData("Europe/London", "2026-08-03T14:30", false, "2026-08-06T14:30", "2026-08-08T14:30", "2026-09-02T00:00")]
    public void The_limits_are_exact_to_the_hour_in_the_organisations_time_zone(
        string zone, string known, bool unjust, string target, string limit, string final)
    {
        var office = OfficeTime.Of(zone);
        DateTimeOffset At(string text)
        {
            var local = DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
            return office.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        }

        var deadlines = new ReportDeadlines(office);
        Assert.Equal((At(target), At(limit)), deadlines.Of(BreachReportKind.Preliminary, At(known), unjust));
        Assert.Equal((null, At(final)), deadlines.Of(BreachReportKind.Final, At(known), unjust));
        Assert.Equal((At(limit), At(final)), deadlines.Of(BreachReportKind.Persons, At(known), unjust));
    }

    [Fact]
    public void The_same_instant_is_another_day_in_another_zone()
    {
        var instant = new DateTimeOffset(2026, 8, 3, 23, 0, 0, TimeSpan.Zero);
        var tokyo = new ReportDeadlines(OfficeTime.Of("Asia/Tokyo")).Of(BreachReportKind.Final, instant, false).Limit;
        var london = new ReportDeadlines(OfficeTime.Of("Europe/London")).Of(BreachReportKind.Final, instant, false).Limit;
        Assert.Equal(new DateTimeOffset(2026, 9, 3, 0, 0, 0, TimeSpan.FromHours(9)), tokyo);
        Assert.Equal(new DateTimeOffset(2026, 9, 3, 0, 0, 0, TimeSpan.FromHours(1)), london); // 00:00 on the 4th there: the first day is 4 August as well
    }

    /// <summary>Whatever the day: the final limit lies behind a day on which the authorities are open, never before 30 days, and no later than the longest closure allows.</summary>
    [Fact]
    public void Final_limits_of_ten_years_end_on_days_on_which_the_authorities_are_open()
    {
        var deadlines = new ReportDeadlines(Office);
        for (var day = new DateOnly(2024, 1, 1); day.Year < 2034; day = day.AddDays(1))
        {
            var last = Office.DateAt(deadlines.Of(BreachReportKind.Final, Office.At(day, new TimeOnly(17, 0)), false).Limit).AddDays(-1);
            Assert.InRange(last.DayNumber - day.DayNumber, 29, 29 + 9);
            Assert.True(new WorkingDays([]).Include(last) && last is not ({ Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 }));
        }
    }

    [Fact]
    public void The_end_of_a_day_is_written_as_24_00()
    {
        var deadlines = new ReportDeadlines(Office);
        Assert.Equal("2026年9月1日 24:00", deadlines.Written(Tokyo(2026, 9, 2, 0)).Ja);
        Assert.Equal("1 September 2026, 24:00", deadlines.Written(Tokyo(2026, 9, 2, 0)).En);
        Assert.Equal("2026年8月6日 14:30", deadlines.Written(Tokyo(2026, 8, 6, 14, 30)).Ja);
    }

    [Fact]
    public void A_report_of_personal_data_starts_three_clocks_and_one_without_none()
    {
        var incident = Reported(facts: Sensitive);
        Assert.Equal([BreachReportKind.Preliminary, BreachReportKind.Final, BreachReportKind.Persons], incident.OpenClocks.Select(c => c.Kind));
        Assert.Equal(Tokyo(2026, 8, 8, 14, 30), incident.Clocks[0].Limit);
        Assert.Empty(Reported().Clocks);
        Assert.Empty(Reported(facts: Sensitive with { HighlyEncrypted = true }).Clocks);
    }

    [Fact]
    public void An_unjust_purpose_that_is_suspected_later_gives_the_final_report_60_days_and_the_old_clock_stays_on_record()
    {
        var later = By("nakamura", true, Known.AddDays(10));
        var incident = IncidentRules.FactsHaveChanged(
            Give(IncidentRules.FileReport, In(IncidentStage.Containment, facts: Sensitive)).Value,
            new AssessIncident("持ち出しの疑い", Sensitive with { UnjustPurposeSuspected = true }), later, Organization).Value;

        Assert.Equal(
            [(BreachReportKind.Preliminary, 1, false), (BreachReportKind.Final, 1, true), (BreachReportKind.Persons, 1, true), (BreachReportKind.Final, 2, false), (BreachReportKind.Persons, 2, false)],
            incident.Clocks.Select(c => (c.Kind, c.Number, c.ReplacedAt is not null)));
        Assert.Equal((Tokyo(2026, 9, 2, 0), later.At), (incident.Clocks[1].Limit, incident.Clocks[1].ReplacedAt));
        Assert.Equal((Tokyo(2026, 10, 2, 0), later.At), (incident.Clocks[3].Limit, incident.Clocks[3].SetAt));
        Assert.NotNull(incident.Clocks[0].FulfilledAt); // What was reported stays reported.
        Assert.Equal("持ち出しの疑い", incident.Log[^1].Comment);
    }

    [Fact]
    public void A_duty_that_falls_away_withdraws_the_open_clocks_and_one_that_comes_back_starts_new_ones()
    {
        var unseen = IncidentRules.FactsHaveChanged(
            In(IncidentStage.Containment, facts: Sensitive), new AssessIncident("開封前に回収した", Sensitive with { RecoveredUnseen = true }), Secretariat, Organization).Value;
        Assert.Empty(unseen.OpenClocks);
        Assert.Equal([DutyReason.RecoveredUnseen], unseen.Duty.Reasons);
        var seen = IncidentRules.FactsHaveChanged(unseen, new AssessIncident("1通は開封されていた", Sensitive), Secretariat, Organization).Value;
        Assert.Equal([2, 2, 2], seen.OpenClocks.Select(c => c.Number));
    }

    [Fact]
    public void Knowing_earlier_moves_all_clocks()
    {
        var incident = IncidentRules.FactsHaveChanged(
            In(IncidentStage.Containment, facts: Sensitive),
            new AssessIncident("営業部は前々日に把握していた", OccurredAt: Known.AddDays(-3), DetectedAt: Known.AddDays(-2), KnownAt: Known.AddDays(-2)), Secretariat, Organization).Value;
        Assert.Equal(Tokyo(2026, 8, 6, 14, 30), incident.OpenClocks.First().Limit);
        Assert.Equal(6, incident.Clocks.Count);
    }

    [Fact]
    public void Facts_that_change_nothing_for_the_clocks_leave_them_alone()
    {
        var incident = In(IncidentStage.Containment, facts: Sensitive);
        Assert.Same(
            incident.Clocks, IncidentRules.FactsHaveChanged(incident, new AssessIncident("13人であった", Sensitive with { Persons = 13 }), Secretariat, Organization).Value.Clocks);
    }

    [Fact]
    public void A_final_report_that_comes_first_is_the_preliminary_one_as_well()
    {
        var incident = IncidentFollowUp.ReportIsMade(
            In(IncidentStage.Reporting, facts: Sensitive), new FileBreachReport(BreachReportKind.Final, "個人情報保護委員会", Everything), Secretariat).Value;
        Assert.Equal([BreachReportKind.Persons], incident.OpenClocks.Select(c => c.Kind));
    }

    [Theory]
    [InlineData(BreachReportKind.Preliminary, "")]
    [InlineData(BreachReportKind.Final, "dataItems,persons,cause,secondaryDamage,responseToPersons,publication,prevention,other")]
    [InlineData(BreachReportKind.Persons, "dataItems,cause,secondaryDamage,other")]
    public void A_report_lacks_what_the_rules_demand_of_it(BreachReportKind kind, string missing)
    {
        var outcome = IncidentFollowUp.ReportIsMade(
            In(IncidentStage.Reporting, facts: Sensitive), new FileBreachReport(kind, "個人情報保護委員会", new BreachReportContents("概要")), Secretariat);
        Assert.Equal(missing, string.Join(",", outcome.Refusal?.Missing ?? []));
    }

    [Fact]
    public void A_report_that_nothing_demands_is_refused() =>
        Assert.Equal("incident-report-not-demanded", Give(IncidentRules.FileReport, In(IncidentStage.Containment)).Refusal!.Code);

    [Fact]
    public void The_moments_of_a_preliminary_clock_come_to_the_hour_and_stop_when_the_report_is_made()
    {
        var incident = In(IncidentStage.Containment, facts: Sensitive);
        var moments = IncidentClocks.Moments(incident.Clocks[0]).Take(7).Select(m => ((m.At - Known).TotalHours, m.Kind));
        Assert.Equal(
            [
                (48, ClockMomentKind.BeforeTarget), (66, ClockMomentKind.BeforeTarget), (72, ClockMomentKind.TargetPassed), (96, ClockMomentKind.BeforeLimit),
                (114, ClockMomentKind.BeforeLimit), (120, ClockMomentKind.LimitPassed), (144, ClockMomentKind.StillMissing),
            ],
            moments);
        Assert.Equal(Known.AddHours(48), IncidentClocks.NextMoment(incident, Known));
        var reported = Give(IncidentRules.FileReport, incident).Value;
        Assert.DoesNotContain(IncidentClocks.Between(reported, Known, Known.AddDays(100)), m => m.Clock.Kind == BreachReportKind.Preliminary);
    }

    [Fact]
    public void After_an_outage_only_the_newest_moment_of_each_clock_is_told()
    {
        var incident = In(IncidentStage.Containment, facts: Sensitive);
        Assert.Equal(
            ["preliminary-1-limitpassed-0", "persons-1-targetpassed-0"],
            IncidentClocks.Between(incident, Known, Known.AddHours(121)).Select(m => m.Key));
    }

    [Fact]
    public void A_clock_that_is_set_when_its_limit_has_passed_is_told_at_once()
    {
        var late = IncidentReporting.IsReported(
            "incident-FY2026-001", new FiscalYear(2026, 4), Report(facts: Sensitive), By("suzuki", at: Known.AddDays(6)), Office);
        Assert.Equal(Known.AddDays(6), IncidentClocks.NextMoment(late, default));
        Assert.Equal("preliminary-1-stillmissing-24", IncidentClocks.Between(late, default, Known.AddDays(6)).Single(m => m.Clock.Kind == BreachReportKind.Preliminary).Key);
    }
}
