using Isms.CorrectiveActions;
using Isms.Incidents;
using Isms.Rules;
using static Isms.Tests.Incidents.IncidentSamples;

namespace Isms.Tests.Incidents;

public sealed class IncidentRulesTests
{
    private static readonly string[] WhileOpen = ["assess", "breach-report", "note"];

    /// <summary>The table of design: which command is possible in which stage.</summary>
    private static readonly Dictionary<IncidentStage, string[]> Possible = new()
    {
        [IncidentStage.Reported] = ["note"],
        [IncidentStage.Triage] = ["triage", "dismiss", .. WhileOpen],
        [IncidentStage.Containment] = ["contained", .. WhileOpen],
        [IncidentStage.Investigation] = ["investigated", .. WhileOpen],
        [IncidentStage.Reporting] = ["complete-reporting", .. WhileOpen],
        [IncidentStage.Recovery] = ["recovered", .. WhileOpen],
        [IncidentStage.LessonsLearned] = ["lessons", "close", .. WhileOpen],
        [IncidentStage.Closed] = [],
    };

    public static TheoryData<IncidentStage, string> EveryStageAndCommand()
    {
        var data = new TheoryData<IncidentStage, string>();
        foreach (var stage in Enum.GetValues<IncidentStage>())
        {
            foreach (var command in IncidentRules.Commands)
            {
                data.Add(stage, command);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStageAndCommand))]
    public void A_command_is_accepted_exactly_in_the_stages_that_permit_it(IncidentStage stage, string command)
    {
        var incident = In(stage, facts: Sensitive);
        if (command is IncidentRules.Close && stage == IncidentStage.LessonsLearned)
        {
            incident = AllReported(Give(IncidentRules.Learn, incident).Value);
        }
        else if (command is IncidentRules.CompleteReporting && stage == IncidentStage.Reporting)
        {
            incident = Give(IncidentRules.FileReport, incident).Value;
        }

        var refusal = Give(command, incident).Refusal;
        if (Possible[stage].Contains(command))
        {
            Assert.Null(refusal);
        }
        else
        {
            Assert.Equal("incident-command-not-possible", refusal!.Code);
            Assert.Equal(RefusalKind.IllegalState, refusal.Kind);
            Assert.Equal(Possible[stage], refusal.Possible);
            Assert.All([refusal.Title.Ja, refusal.Title.En, refusal.Remedy.Ja, refusal.Remedy.En], Assert.NotEmpty);
        }
    }

    [Fact]
    public void An_incident_with_a_duty_to_report_goes_through_all_stages_in_order() => Assert.Equal(
        [
            IncidentStage.Reported, IncidentStage.Triage, IncidentStage.Containment, IncidentStage.Investigation, IncidentStage.Reporting, IncidentStage.Recovery,
            IncidentStage.LessonsLearned, IncidentStage.Closed,
        ],
        In(IncidentStage.Closed, facts: Sensitive).Log.Select(d => d.Stage).Distinct());

    [Fact]
    public void An_incident_without_one_skips_the_reporting() =>
        Assert.DoesNotContain(IncidentStage.Reporting, In(IncidentStage.Closed).Log.Select(d => d.Stage));

    [Fact]
    public void A_near_miss_goes_from_triage_straight_to_its_lessons() => Assert.Equal(
        [IncidentStage.Reported, IncidentStage.Triage, IncidentStage.LessonsLearned, IncidentStage.Closed],
        In(IncidentStage.Closed, IncidentNature.NearMiss).Log.Select(d => d.Stage).Distinct());

    [Fact]
    public void A_false_alarm_is_closed_from_triage_with_its_reason_and_its_clocks_are_withdrawn()
    {
        var dismissed = Give(IncidentRules.Dismiss, In(IncidentStage.Triage, facts: Sensitive)).Value;
        Assert.Equal((IncidentStage.Closed, "自社内の宛先であった"), (dismissed.Stage, dismissed.FalseAlarm));
        Assert.Empty(dismissed.OpenClocks);
        Assert.Equal(3, dismissed.Clocks.Count);
        Assert.Equal("incident-text-missing", IncidentRules.IsDismissed(In(IncidentStage.Triage), new DismissIncident(" "), Secretariat).Refusal!.Code);
    }

    [Fact]
    public void Going_on_to_the_recovery_waits_for_the_preliminary_report_and_closing_for_all_of_them()
    {
        var outstanding = Give(IncidentRules.CompleteReporting, In(IncidentStage.Reporting, facts: Sensitive)).Refusal!;
        Assert.Equal("incident-report-outstanding", outstanding.Code);
        Assert.Equal(["report:preliminary"], outstanding.Missing);

        var learned = Give(IncidentRules.Learn, In(IncidentStage.LessonsLearned, facts: Sensitive)).Value;
        var open = Give(IncidentRules.Close, learned).Refusal!;
        Assert.Equal("incident-clock-open", open.Code);
        Assert.Equal(["report:final", "report:persons"], open.Missing);
        Assert.Equal(IncidentStage.Closed, Give(IncidentRules.Close, AllReported(learned)).Value.Stage);
    }

    [Fact]
    public void Nothing_is_closed_before_something_was_learned() =>
        Assert.Equal("incident-without-lessons", Give(IncidentRules.Close, In(IncidentStage.LessonsLearned)).Refusal!.Code);

    [Theory]
    [InlineData(IncidentRules.Assess, IncidentStage.Containment)]
    [InlineData(IncidentRules.Contain, IncidentStage.Containment)]
    [InlineData(IncidentRules.Investigate, IncidentStage.Investigation)]
    [InlineData(IncidentRules.Recover, IncidentStage.Recovery)]
    public void Only_who_deals_with_it_or_the_secretariat_reports_a_step(string command, IncidentStage stage)
    {
        var incident = In(stage);
        Assert.Equal("not-the-handler-of-this-incident", Give(command, incident, By("tanaka")).Refusal!.Code);
        Assert.Null(Give(command, incident, By("suzuki")).Refusal);
        Assert.Null(Give(command, incident).Refusal);
    }

    [Fact]
    public void A_drill_stays_a_drill_and_an_incident_none()
    {
        Assert.Equal(
            "incident-drill-stays-drill",
            IncidentRules.IsJudged(In(IncidentStage.Triage, IncidentNature.Drill), new TriageIncident(IncidentExtent.Department, Nature: IncidentNature.Actual), Secretariat, Organization).Refusal!.Code);
        Assert.Equal(
            "incident-drill-stays-drill",
            IncidentRules.IsJudged(In(IncidentStage.Triage), new TriageIncident(IncidentExtent.Department, Nature: IncidentNature.Drill), Secretariat, Organization).Refusal!.Code);
    }

    [Theory]
    [InlineData("連絡先は taro.yamada@example.co.jp")]
    [InlineData("電話 03-1234-5678 の方")]
    [InlineData("カード番号 4111 1111 1111 1111")]
    public void A_text_that_names_persons_by_address_or_number_is_refused(string text)
    {
        Assert.Equal("incident-text-holds-personal-data", IncidentReporting.Check(Report() with { Description = text }, Organization, Known.AddHours(1))!.Code);
        Assert.Equal("incident-text-holds-personal-data", IncidentRules.EventIsNoted(In(IncidentStage.Containment), new NoteIncidentEvent(text), Secretariat).Refusal!.Code);
    }

    [Theory]
    [InlineData("2026-08-03 14:30 に発覚、対象は1,234,567件")]
    [InlineData("incident-FY2026-001 の続報。端末 PC-0000012345 を隔離")]
    public void A_text_with_dates_counts_and_ids_is_taken(string text) =>
        Assert.Null(IncidentReporting.Check(Report() with { Description = text }, Organization, Known.AddHours(1)));

    [Fact]
    public void A_report_that_cannot_be_is_refused_field_by_field()
    {
        var now = Known.AddHours(1);
        string? Code(ReportIncident report) => IncidentReporting.Check(report, Organization, now)?.Code;
        Assert.Null(Code(Report()));
        Assert.Equal("incident-text-missing", Code(Report() with { Title = "" }));
        Assert.Equal("incident-without-department", Code(Report() with { Departments = [] }));
        Assert.Equal("unknown-department", Code(Report() with { Departments = ["moon"] }));
        Assert.Equal("incident-unknown-site", Code(Report() with { Sites = ["moon"] }));
        Assert.Equal("incident-impact-out-of-range", Code(Report() with { Information = [new InformationInvolved("名簿", 6)] }));
        Assert.Equal("incident-persons-negative", Code(Report() with { PersonalData = new PersonalDataFacts(-1) }));
        Assert.Equal("incident-times-out-of-order", Code(Report() with { KnownAt = now.AddMinutes(1) }));
        Assert.Equal("incident-times-out-of-order", Code(Report() with { OccurredAt = Known.AddMinutes(1) }));
        Assert.Equal("incident-times-out-of-order", Code(Report() with { OccurredAt = Known.AddYears(-4) }));
        Assert.Equal("incident-plan-item-of-no-drill", Code(Report() with { PlanItem = "item-FY2026-emergency-drill" }));
    }

    [Fact]
    public void A_reporter_who_wishes_to_stay_unknown_is_nowhere_in_the_incident() =>
        Assert.DoesNotContain("suzuki", System.Text.Json.JsonSerializer.Serialize(Reported(anonymous: true)), StringComparison.Ordinal);

    [Fact]
    public void Each_lesson_of_a_corrective_action_asks_for_one_until_it_has_it()
    {
        var incident = Give(IncidentRules.Learn, In(IncidentStage.LessonsLearned)).Value;
        var raise = IncidentFollowUp.ActionOf(incident, incident.Lessons[0])!;
        Assert.Equal((ActionOrigin.Incident, "sales"), (raise.Source, raise.Department));
        var raised = IncidentFollowUp.ActionIsRaised(incident, "l-01", "action-FY2026-001");
        Assert.Null(IncidentFollowUp.ActionOf(raised, raised.Lessons[0]));
        Assert.Same(raised, IncidentFollowUp.ActionIsRaised(raised, "l-01", "action-FY2026-002"));
        Assert.Equal("l-02", Give(IncidentRules.Learn, raised).Value.Lessons[1].Id);
    }

    [Fact]
    public void A_lesson_that_cannot_become_an_action_is_refused()
    {
        var incident = In(IncidentStage.LessonsLearned);
        Refusal? Learn(NewLesson lesson) => IncidentFollowUp.LessonsAreLearned(incident, new LearnLessons([lesson]), Secretariat, Organization).Refusal;
        Assert.Equal("lessons[0].requirement", Learn(new NewLesson("x", LessonMeasure.CorrectiveAction))!.Field);
        Assert.Equal("lessons[0].owner", Learn(new NewLesson("x", LessonMeasure.CorrectiveAction, "y", Owner: "nobody"))!.Field);
        Assert.Equal("lessons[0].control", Learn(new NewLesson("x", LessonMeasure.Training, "y", Control: "9.9"))!.Field);
        Assert.Null(Learn(new NewLesson("x")));
    }
}
