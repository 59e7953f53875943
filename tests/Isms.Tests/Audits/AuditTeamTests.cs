using Isms.Audits;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Rules;
using static Isms.Tests.Dates;

namespace Isms.Tests.Audits;

/// <summary>People change while an audit runs: its team is looked at again, and questions pass to others.</summary>
public sealed class AuditTeamTests
{
    private static readonly DateOnly Today = Day("2026-07-16");

    [Fact]
    public void A_team_as_it_was_planned_breaks_no_rule() =>
        Assert.Empty(AuditTeam.Violations(Sample.AuditIn(AuditStage.Fieldwork), Sample.Organization, Today));

    [Fact]
    public void An_auditor_who_moves_into_the_audited_department_is_named_with_it()
    {
        var violation = Assert.Single(AuditTeam.Violations(Sample.AuditIn(AuditStage.Notified), With("yamamoto", p => p with { DepartmentId = "sales" }), Today));
        Assert.Equal((TeamViolationKind.OwnDepartment, "yamamoto", "sales"), (violation.Kind, violation.Auditor, violation.Department));
        Assert.Equal("yamamotoさんさんは営業部の所属になったため、営業部を監査できません。", violation.What.Ja);
    }

    [Fact]
    public void An_auditor_who_hands_the_role_over_is_named()
    {
        var left = With("kato", p => p with { Roles = [] });
        Assert.Equal(TeamViolationKind.RoleLost, Assert.Single(AuditTeam.Violations(Sample.AuditIn(AuditStage.Fieldwork), left, Today)).Kind);
        Assert.Equal("auditor-lost-the-role", AuditTeam.AuditorMayStillAnswer(Sample.AuditIn(AuditStage.Fieldwork), "kato", left, Today)!.Code);
    }

    [Fact]
    public void A_qualification_has_to_hold_on_every_day_of_fieldwork_and_answers_are_refused_from_the_day_it_does_not()
    {
        var audit = Sample.AuditIn(AuditStage.Fieldwork);
        var lapsing = With("kato", p => p with { AuditorQualifiedUntil = Day("2026-07-17") });
        Assert.Equal(TeamViolationKind.QualificationLapses, Assert.Single(AuditTeam.Violations(audit, lapsing, Today)).Kind);
        Assert.Null(AuditTeam.AuditorMayStillAnswer(audit, "kato", lapsing, Day("2026-07-17")));
        var refusal = AuditTeam.AuditorMayStillAnswer(audit, "kato", lapsing, Day("2026-07-18"))!;
        Assert.Equal("auditor-no-longer-qualified", refusal.Code);
        Assert.Contains("kato", refusal.Title.En, StringComparison.Ordinal);
        Assert.Contains(audit.Id, refusal.Remedy.En, StringComparison.Ordinal);
        Assert.Empty(AuditTeam.Violations(audit, With("kato", p => p with { AuditorQualifiedUntil = audit.Plan.To }), Today));
    }

    [Fact]
    public void Once_fieldwork_is_over_people_may_change() =>
        Assert.Empty(AuditTeam.Violations(Sample.AuditIn(AuditStage.ReportApproval), With("kato", p => p with { Roles = [] }), Today));

    [Fact]
    public void The_lead_and_the_secretariat_are_asked_once_for_the_same_state_of_things()
    {
        var audit = Sample.AuditIn(AuditStage.Fieldwork);
        IReadOnlyList<Letter> Letters(Organization o) => AuditLetters.OnViolations(audit, AuditTeam.Violations(audit, o, Today), o);
        var moved = With("yamamoto", p => p with { DepartmentId = "sales" });
        Assert.Equal(["kato", "nakamura"], Letters(moved).Select(l => l.Recipient));
        Assert.Equal(Letters(moved).Select(l => l.Key), Letters(moved).Select(l => l.Key));
        Assert.NotEqual(Letters(moved)[0].Key, Letters(With("yamamoto", p => p with { Roles = [] }))[0].Key);
        Assert.Empty(Letters(Sample.Organization));
    }

    [Fact]
    public void Questions_pass_to_a_qualified_auditor_from_elsewhere_and_the_reason_goes_on_record()
    {
        var organization = With("lapsed", p => p with { AuditorQualifiedUntil = Day("2030-03-31") });
        var audit = Sample.AuditIn(AuditStage.Fieldwork);
        var after = AuditTeam.IsReassigned(audit, new Reassignment("yamamoto", "lapsed", null, "異動のため"), organization, "nakamura", Sample.Now, Today).Value;
        Assert.Equal("lapsed", after.Plan.AuditorOf("sales"));
        Assert.Equal(["kato", "lapsed"], after.Plan.Auditors);
        Assert.Equal((AuditStage.Fieldwork, audit.Serial), (after.Stage, after.Serial)); // work goes on
        Assert.Equal(("reassign", "nakamura"), (after.Log[^1].What, after.Log[^1].By));
        Assert.Contains("異動のため", after.Log[^1].Comment, StringComparison.Ordinal);
        Assert.Equal(["assigned-5/lapsed", "released-5/yamamoto"], AuditLetters.OnReassignment(audit, after, organization).Select(l => $"{l.Key}/{l.Recipient}"));
    }

    [Fact]
    public void A_lead_who_leaves_hands_the_lead_over_and_a_plan_that_was_issued_is_issued_again()
    {
        var organization = With("lapsed", p => p with { AuditorQualifiedUntil = Day("2030-03-31"), DepartmentId = "sales" });
        var audit = Sample.AuditIn(AuditStage.Notified);
        var after = AuditTeam.IsReassigned(audit, new Reassignment("kato", "lapsed", null, "病気"), organization, "nakamura", Sample.Now, Today).Value;
        Assert.Equal("lapsed", after.Plan.LeadAuditor);
        Assert.Equal((AuditStage.Notified, audit.Serial + 1, 2), (after.Stage, after.Serial, AuditRules.IssueOfPlan(after)));
    }

    [Theory]
    [InlineData("kato", "suzuki", "r", "auditor-without-the-role")]
    [InlineData("kato", "lapsed", "r", "auditor-qualification-lapses")]
    [InlineData("yamamoto", "kato", "r", "auditor-audits-own-department")]
    [InlineData("suzuki", "kato", "r", "audit-reassign-from-outsider")]
    [InlineData("kato", "yamamoto", " ", "audit-reassign-without-reason")]
    [InlineData("kato", null, "r", "audit-reassign-to-nobody")]
    [InlineData(null, "kato", "r", "audit-reassign-of-nothing")]
    public void A_reassignment_that_breaks_a_rule_is_refused(string? from, string? to, string reason, string code) =>
        Assert.Equal(code, AuditTeam.IsReassigned(
            Sample.AuditIn(AuditStage.Fieldwork), new Reassignment(from, to, null, reason), Sample.Organization, "nakamura", Sample.Now, Today).Refusal!.Code);

    [Fact]
    public void New_days_are_checked_like_the_first_ones_and_a_plan_that_was_issued_is_issued_again()
    {
        Outcome<Audit> Move(string? from, string? to, string reason = "会場の都合", Organization? o = null) => AuditPlanning.IsRescheduled(
            Sample.AuditIn(AuditStage.Notified), new Rescheduling(from is null ? null : Day(from), to is null ? null : Day(to), reason), o ?? Sample.Organization, "nakamura",
            Sample.Now, Day("2026-07-02"));
        var moved = Move("2026-08-03", null).Value;
        Assert.Equal((Day("2026-08-03"), Day("2026-08-07"), 2), (moved.Plan.From, moved.Plan.To, AuditRules.IssueOfPlan(moved)));
        Assert.Equal("audit-starts-in-the-past", Move("2026-07-01", null).Refusal!.Code);
        Assert.Equal("audit-outside-its-year", Move("2027-04-05", null).Refusal!.Code);
        Assert.Equal("audit-reschedule-incomplete", Move(null, null).Refusal!.Code);
        Assert.Equal("audit-reschedule-incomplete", Move("2026-08-03", null, "").Refusal!.Code);
        Assert.Equal("auditor-qualification-lapses", Move("2026-08-03", null, o: With("kato", p => p with { AuditorQualifiedUntil = Day("2026-08-05") })).Refusal!.Code);
    }

    [Fact]
    public void Several_auditors_share_a_department_by_clauses_and_controls()
    {
        var organization = With("lapsed", p => p with { AuditorQualifiedUntil = Day("2030-03-31") });
        Assignment[] wanted = [new("sales", "lapsed", ["7", "A.8"]), new("sales", "yamamoto")];
        var plan = AuditPlanning.Plan(new AuditRequest(Assignments: wanted), organization, Day("2026-07-01")).Value.Plan;
        Assert.Equal("lapsed", plan.AuditorOf("sales", "7.5.3"));
        Assert.Equal("lapsed", plan.AuditorOf("sales", null, "8.13"));
        Assert.Equal("yamamoto", plan.AuditorOf("sales", "8.1"));
        Assert.Equal("yamamoto", plan.AuditorOf("sales", null, "7.7"));
        Assert.Equal("kato", plan.AuditorOf("it", "7.5.3")); // nobody said who
    }

    [Theory]
    [InlineData("sales", "kato", null, "auditor-audits-own-department")]
    [InlineData("sales", "suzuki", null, "assignment-outside-the-team")]
    [InlineData("space", "kato", null, "unknown-department")]
    [InlineData("it", "kato", "A.99", "assignment-requirement-unknown")]
    public void An_assignment_that_breaks_a_rule_is_refused(string department, string auditor, string? requirement, string code) =>
        Assert.Equal(code, AuditPlanning.Plan(
            new AuditRequest(Assignments: [new Assignment(department, auditor, requirement is null ? null : [requirement])]), Sample.Organization,
            Day("2026-07-01")).Refusal!.Code);

    [Fact]
    public void The_timetable_sends_each_auditor_from_one_department_to_the_next_on_working_days()
    {
        var plan = Sample.Plan() with { Assignments = [new("sales", "yamamoto"), new("it", "kato"), new("a", "kato"), new("b", "kato")] };
        var visits = AuditTimetable.Of(plan, Sample.Organization);
        Assert.Equal(5, visits.Count(v => v.Auditor == "yamamoto")); // 15th to 22nd without the weekend and Marine Day
        Assert.DoesNotContain(visits, v => v.Day == Day("2026-07-20") || v.Day == Day("2026-07-18"));
        Assert.Equal(["it", "a", "b"], visits.Where(v => v.Auditor == "kato").Select(v => v.Department).Distinct());
        Assert.All(visits.Where(v => v.Auditor == "kato").GroupBy(v => v.Day), day => Assert.Single(day));
    }

    [Fact]
    public void The_calendar_wakes_on_days_on_which_the_team_changes()
    {
        var audit = Sample.AuditIn(AuditStage.Notified);
        var handover = Sample.Organization with { Handovers = [new Handover("kato", "yamamoto", Day("2026-07-10"))] };
        Assert.Equal(Sample.Office.MorningOf(Day("2026-07-10")), AuditSchedule.NextTeamChange(audit, handover, Sample.Office, Sample.Now));
        Assert.Null(AuditSchedule.NextTeamChange(audit, handover, Sample.Office, Sample.Office.MorningOf(Day("2026-07-10"))));
        Assert.Null(AuditSchedule.NextTeamChange(Sample.AuditIn(AuditStage.FollowingUp), handover, Sample.Office, Sample.Now));
    }

    private static Organization With(string person, Func<Person, Person> change) =>
        Sample.Organization with { People = [.. Sample.Organization.People.Select(p => p.Id == person ? change(p) : p)] };
}
