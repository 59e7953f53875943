using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Registers;
using Isms.Risks;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Meetings.SampleMeetings;

namespace Isms.Tests.ManagementReviews;

public sealed class ReviewInputsTests
{
    private static readonly ReviewPeriod Period = new("FY2026", Day("2025-12-08"), Day("2026-12-07"));

    [Fact]
    public void The_first_review_says_that_it_is_the_first_and_covers_its_topic()
    {
        var input = ReviewInputs.OfDecisions([], Period, Firm, []);
        Assert.Null(input.Gap);
        Assert.Contains("初回", Assert.Single(input.Sentences).Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void Decisions_of_the_last_review_are_reported_with_those_that_are_overdue()
    {
        var before = DecisionRules.DecisionIsCompleted(In(MeetingStage.FollowingUp), "d-02", new CompleteDecision("した", ["e"]), By("ito")).Value;
        var input = ReviewInputs.OfDecisions([before], Period with { Until = Day("2027-12-06") }, Firm, ["decisions"]);
        Assert.Equal(["2", "1", "1", "1"], input.Figures.Select(f => f.Value.En));
        Assert.StartsWith("[Overdue] review-FY2026-01 d-01", input.Sentences[1].En, StringComparison.Ordinal);
        Assert.Equal(["decisions"], input.Evidence);
    }

    [Fact]
    public void Corrective_actions_are_counted_by_what_was_raised_closed_open_and_overdue()
    {
        var nonconformity = new Nonconformity("it", LocalizedText.Same("r"), "ロックされていない端末", []);
        CorrectiveAction Raised(string id, string on, ActionOrigin origin) => ActionRules.IsRaised(
            id, new FiscalYear(2026, 4), new ActionSource(origin), nonconformity, "ito", "nakamura", Office.MorningOf(Day(on)));
        var old = Raised("action-1", "2025-11-01", ActionOrigin.Audit) with { Stage = ActionStage.Closed, StageSince = Office.MorningOf(Day("2026-01-10")) };
        var open = ActionRules.OwnerIsTold(Raised("action-2", "2026-11-02", ActionOrigin.Incident), Opened, Day("2026-11-02"));
        var input = ReviewInputs.OfActions([old, open, Raised("action-3", "2026-12-01", ActionOrigin.Incident)], Period, Firm, []);
        Assert.Equal(["2", "1", "2", "1", "0"], input.Figures.Select(f => f.Value.En));
        Assert.Contains(input.Sentences, s => s.En == "From Incident: 2");
    }

    [Fact]
    public void A_period_without_a_reported_audit_leaves_the_topic_missing()
    {
        Assert.NotNull(ReviewInputs.OfAudits([Audits.Sample.AuditIn(AuditStage.Fieldwork)], Period, Firm, []).Gap);
        var reported = ReviewInputs.OfAudits([Audits.Sample.AuditIn(AuditStage.FollowingUp)], Period, Firm, ["report"]);
        Assert.Null(reported.Gap);
        Assert.Equal(["1", "0", "1", "0", "0", "0"], reported.Figures.Select(f => f.Value.En));
        Assert.NotNull(ReviewInputs.OfAudits([Audits.Sample.AuditIn(AuditStage.FollowingUp)], Period with { From = Day("2026-08-01") }, Firm, []).Gap);
    }

    [Fact]
    public void The_context_is_reported_by_its_records_not_by_its_plan_items()
    {
        var plan = YearPlanning.Plan(new FiscalYear(2026, 4), Firm, PlanCatalogue.Standard, Opened);
        Assert.NotNull(ReviewInputs.OfContext([.. plan], Office, []).Gap);
        var input = ReviewInputs.OfContext([.. plan], Office, ["context"]);
        Assert.Null(input.Gap);
        Assert.Equal(2, input.Sentences.Count);
        Assert.NotNull(ReviewInputs.OfPlan([], Period, Firm, []).Gap);
        Assert.Equal(plan.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), ReviewInputs.OfPlan([.. plan], Period, Firm, []).Figures[0].Value.En);
    }

    [Fact]
    public void Empty_registers_are_gaps_and_filled_ones_are_counted_by_when_they_changed()
    {
        Assert.All(
            [
                RegisterInputs.OfParties(RegisterBook.Empty, Period, Firm, []), RegisterInputs.OfFeedback(RegisterBook.Empty, Period, Firm),
                RegisterInputs.OfSuggestions(RegisterBook.Empty, Period, Firm, []), RegisterInputs.OfRisks([], [], Period, RiskMethod.Default, []),
            ],
            input => Assert.NotNull(input.Gap));

        var book = RegisterBook.Restore(
            1, Opened,
            new Dictionary<string, IReadOnlyList<RegisterEntry>>
            {
                ["interested-parties"] = [Entry("P-0001", "2026-05-01", ("name", "顧客"), ("isAddressed", "true")), Entry("P-0002", "2024-05-01", ("name", "株主"), ("isAddressed", "false"))],
                ["suggestions"] =
                [
                    Entry("I-0001", "2026-05-01", ("name", "応対の改善"), ("source", "customer"), ("proposedAt", "2026-05-01"), ("decision", "done")),
                    Entry("I-0002", "2024-05-01", ("name", "棚卸しの自動化"), ("source", "employee"), ("proposedAt", "2024-05-01"), ("decision", "open")),
                ],
            },
            []);
        Assert.Equal(["2", "1", "1", "0"], RegisterInputs.OfParties(book, Period, Firm, []).Figures.Select(f => f.Value.En));
        Assert.Equal(["I-0001 応対の改善"], RegisterInputs.OfFeedback(book, Period, Firm).Sentences.Select(s => s.Ja));
        Assert.Equal(["1", "0", "0", "1", "0"], RegisterInputs.OfSuggestions(book, Period, Firm, []).Figures.Select(f => f.Value.En));
    }

    [Fact]
    public void Risks_above_the_line_and_late_treatments_are_named()
    {
        var high = new Risk { Id = "R-0001", Title = "名簿の漏えい", Level = 20, Likelihood = 4, Impact = 5, Treatment = RiskTreatment.Reduce };
        var low = new Risk { Id = "R-0002", Title = "停電", Level = 2, Likelihood = 1, Impact = 2, Treatment = RiskTreatment.Retain };
        var late = new PlannedTreatment("T-0001", "暗号化", ["R-0001"], Day("2026-09-30"), false);
        var input = RegisterInputs.OfRisks([high, low], [late], Period, RiskMethod.Default, ["sheet"]);
        Assert.Equal(["2", "1", "0", "1", "1", "0", "1"], input.Figures.Select(f => f.Value.En));
        Assert.Equal("R-0001 名簿の漏えい(残留リスクレベル 20)", input.Sentences[^1].Ja);
    }

    private static RegisterEntry Entry(string id, string changed, params (string Field, string Value)[] values) => new()
    {
        Id = id,
        Revision = 1,
        ChangedAt = Office.MorningOf(Day(changed)),
        ChangedBy = "nakamura",
        CreatedAt = Office.MorningOf(Day(changed)),
        Values = values.ToDictionary(v => v.Field, v => v.Value),
    };
}
