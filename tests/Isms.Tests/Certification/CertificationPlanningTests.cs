using Isms.Certification;
using Isms.Organizations;
using Isms.Tests.Year;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Certification;

public sealed class CertificationPlanningTests
{
    private static readonly CertificationSettings Certified = new() { Body = new LocalizedText("認証機関", "Body"), CertificateNumber = "IS 1", IssuedOn = Day("2024-12-16") };
    private static readonly Organization Firm = YearSamples.Firm with { Certification = Certified };
    private static readonly DateTimeOffset Now = YearSamples.Morning("2026-04-01");

    [Theory]
    [InlineData(1, "2026-09-01", "2026-12-16")]
    [InlineData(4, "2026-09-01", "2026-12-16")]
    [InlineData(10, "2026-10-01", "2026-12-16")]
    public void The_audit_of_a_year_is_an_item_from_its_application_until_the_body_is_answered(int startMonth, string opens, string due)
    {
        var item = CertificationPlanning.ItemsOf(new FiscalYear(2026, startMonth), Firm, Now)[0];
        Assert.Equal("certification-audit-2024-surveillance-2", item.Id);
        Assert.Equal((Day(opens), Day(due)), (item.OpensOn, item.DueOn));
        Assert.Equal(("certification", Role.Secretariat, "審査対応:定期審査(第2回)"), (item.Work, item.Responsible, item.Title.Ja));
        Assert.Equal([("certification-audit-report", RecordOrigin.Item)], item.Records.Select(r => (r.Key, r.From)));
        Assert.Equal("2024-surveillance-2", CertificationPlanning.AuditOf(item));
        Assert.Equal("2024-surveillance-2", CertificationPlanning.AuditOf(item with { Id = item.Id + "-from-FY2026" }));
    }

    [Fact]
    public void Without_a_certificate_nothing_is_planned_but_the_stages()
    {
        Assert.Empty(CertificationPlanning.ItemsOf(YearSamples.FY2026, YearSamples.Firm, Now));
        var first = Firm with { Certification = new() { Body = Certified.Body, Stage1On = Day("2026-06-01"), Stage2On = Day("2026-09-01") } };
        Assert.Equal(
            ["certification-audit-first-stage-1", "certification-audit-first-stage-2"], CertificationPlanning.ItemsOf(YearSamples.FY2026, first, Now).Select(i => i.Id));
        Assert.Empty(CertificationPlanning.ItemsOf(YearSamples.FY2026.Next, first, Now));
    }

    [Fact]
    public void An_audit_that_is_moved_moves_its_item_and_what_people_moved_stays_until_then()
    {
        var item = CertificationPlanning.ItemsOf(YearSamples.FY2026, Firm, Now)[0];
        Assert.Same(item, CertificationPlanning.Reconciled(item, item, Now));
        var moved = CertificationPlanning.ItemsOf(YearSamples.FY2026, Agreed("2026-12-07"), Now)[0];
        var reconciled = CertificationPlanning.Reconciled(item, moved, Now);
        Assert.Equal((Day("2026-10-01"), Day("2027-01-06")), (reconciled.OpensOn, reconciled.DueOn));
        Assert.Equal(PlanItemAct.Rescheduled, reconciled.Log[^1].Act);
        Assert.Same(reconciled, CertificationPlanning.Reconciled(reconciled, moved, Now));

        var byHand = PlanItemRules.Reschedule(item, YearSamples.FY2026, WorkingDays.Of(Firm), YearSamples.Secretary, Day("2027-02-01"), "審査機関の都合", Day("2026-09-02"), Now).Value;
        Assert.Same(byHand, CertificationPlanning.Reconciled(byHand, item, Now));
        Assert.Equal(Day("2027-01-06"), CertificationPlanning.Reconciled(byHand, moved, Now).DueOn);

        var done = item with { State = PlanItemState.Done };
        Assert.Same(done, CertificationPlanning.Reconciled(done, moved, Now));
    }

    [Fact]
    public void An_audit_that_leaves_the_year_takes_its_item_along_unless_somebody_has_begun()
    {
        var item = CertificationPlanning.ItemsOf(YearSamples.FY2026, Firm, Now)[0];
        var withdrawn = CertificationPlanning.Withdrawn(item, Firm, Now);
        Assert.Equal(PlanItemState.Waived, withdrawn.State);
        Assert.Contains("審査日", withdrawn.Log[^1].Comment, StringComparison.Ordinal);
        Assert.Same(withdrawn, CertificationPlanning.Withdrawn(withdrawn, Firm, Now));
        var begun = item with { State = PlanItemState.Open };
        Assert.Same(begun, CertificationPlanning.Withdrawn(begun, Firm, Now));
    }

    [Fact]
    public void Nonconformities_demand_the_corrective_action_plan_as_well()
    {
        var item = CertificationPlanning.ItemsOf(YearSamples.FY2026, Firm, Now)[0] with { State = PlanItemState.Open };
        var demanding = CertificationPlanning.WithCorrectivePlan(item);
        Assert.Equal(["certification-audit-report", "certification-corrective-plan"], demanding.Records.Select(r => r.Key));
        Assert.Same(demanding, CertificationPlanning.WithCorrectivePlan(demanding));
        var submitted = item with { State = PlanItemState.Submitted };
        Assert.Same(submitted, CertificationPlanning.WithCorrectivePlan(submitted));
    }

    [Fact]
    public void Calendars_show_the_audit_and_its_milestones_in_the_year_that_they_lie_in()
    {
        var events = CertificationCalendar.Of(Firm, YearSamples.FY2026, [], 3, "https://isms.example");
        Assert.Equal(
            [
                ("certification-2024-surveillance-2", "2026-11-16"), ("certification-2024-surveillance-2.apply", "2026-09-17"),
                ("certification-2024-surveillance-2.rehearse", "2026-10-02"), ("certification-2024-surveillance-2.prepare", "2026-10-16"),
            ],
            events.Select(e => (e.Key, e.First.ToString("O", null))));
        Assert.All(events, e => Assert.Equal((Isms.Calendars.EventStatus.Tentative, 3), (e.Status, e.Revision)));
        Assert.Equal(Isms.Calendars.EventStatus.Confirmed, CertificationCalendar.Of(Agreed("2026-12-07"), YearSamples.FY2026, [], 4, "")[0].Status);
    }

    private static Organization Agreed(string day) =>
        Firm with { Certification = Certified with { AgreedDates = [new AgreedDate("2024-surveillance-2", Day(day))] } };
}
