using Isms.Audits;
using Isms.Deadlines;
using static Isms.Tests.Dates;

namespace Isms.Tests.Audits;

public sealed class AuditScheduleTests
{
    [Fact]
    public void Audit_report_not_approved_in_14_days_is_escalated()
    {
        var deadline = AuditSchedule.DeadlineOf(Sample.AuditIn(AuditStage.ReportApproval), Sample.Office)!;
        Assert.Equal(Day("2026-07-15"), deadline.Due);
        var escalation = Assert.Single(deadline.Moments(Sample.Office), m => m.Kind == DeadlineKind.EscalatedToTopManagement);
        Assert.Equal(Sample.Office.MorningOf(Day("2026-07-15")), escalation.At);
        Assert.Equal(["sato"], AuditLetters.At(escalation, Sample.AuditIn(AuditStage.ReportApproval), WithTop).Select(l => l.Recipient));
    }

    [Fact]
    public void Fieldwork_begins_at_nine_on_its_first_day()
    {
        var audit = Sample.AuditIn(AuditStage.Notified);
        var nine = Sample.Office.MorningOf(Day("2026-07-15"));
        Assert.Equal(nine, AuditSchedule.NextMoment(audit, Sample.Office, Sample.Now));
        Assert.False(AuditSchedule.FieldworkIsDue(audit, Sample.Office, nine.AddTicks(-1)));
        Assert.True(AuditSchedule.FieldworkIsDue(audit, Sample.Office, nine));
        Assert.False(AuditSchedule.FieldworkIsDue(Sample.AuditIn(AuditStage.PlanApproval), Sample.Office, nine));
    }

    [Fact]
    public void Reminders_come_one_after_the_other_and_none_twice()
    {
        var deadline = new Deadline(Day("2026-07-15")) { DaysBefore = [7, 1], ManagerAfter = 7, TopManagementAfter = 21 };
        var moments = deadline.Moments(Sample.Office);
        Assert.Equal(
            ["upcoming-7", "upcoming-1", "overdue-1", "escalatedtomanager-7", "overdue-8", "overdue-15", "escalatedtotopmanagement-21", "overdue-22"],
            moments.Take(8).Select(m => m.Key));
        Assert.Equal(moments.Count, moments.Select(m => m.Key).Distinct().Count());
        var second = moments[1].At;
        Assert.Equal(moments[2], deadline.NextAfter(second, Sample.Office));
        Assert.Equal([moments[1]], deadline.Between(moments[0].At, second, Sample.Office));
    }

    [Fact]
    public void A_due_date_is_in_time_until_its_last_day()
    {
        var deadline = new Deadline(Day("2026-07-15"));
        Assert.False(deadline.IsOverdue(Day("2026-07-15")));
        Assert.True(deadline.IsOverdue(Day("2026-07-16")));
    }

    [Fact]
    public void Every_stage_that_waits_for_somebody_writes_to_them()
    {
        foreach (var stage in Enum.GetValues<AuditStage>().Except([AuditStage.Planning, AuditStage.Reporting]))
        {
            var letters = AuditLetters.OnEntering(Sample.AuditIn(stage), WithTop);
            Assert.NotEmpty(letters);
            Assert.All(letters, l => Assert.DoesNotContain("{", l.Subject.Ja + l.Body.Ja + l.Subject.En + l.Body.En, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_moment_of_every_deadline_has_its_letter()
    {
        foreach (var stage in new[] { AuditStage.PlanApproval, AuditStage.Fieldwork, AuditStage.ReportApproval })
        {
            var audit = Sample.AuditIn(stage);
            Assert.All(AuditSchedule.DeadlineOf(audit, Sample.Office)!.Moments(Sample.Office).Take(6), m => Assert.NotEmpty(AuditLetters.At(m, audit, WithTop)));
        }
    }

    private static Isms.Organizations.Organization WithTop { get; } = Sample.Organization with
    {
        People =
        [
            .. Sample.Organization.People.Select(p => p.Id == "watanabe" ? p with { Roles = [Isms.Organizations.Role.IsmsManager] } : p),
            new("sato", new("佐藤", "Sato"), "sato@example.co.jp", "it", [Isms.Organizations.Role.TopManagement]),
        ],
    };
}
