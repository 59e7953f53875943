using Isms.Risks;
using static Isms.Tests.Risks.RiskSamples;

namespace Isms.Tests.Risks;

public sealed class RiskViewsTests
{
    [Fact]
    public void A_heat_map_has_every_cell_once_and_every_assessed_risk_in_one_of_them()
    {
        var random = new Random(7);
        var risks = Enumerable.Range(1, 400).Select(i => random.Next(9) == 0 ? Risk($"R-{i:0000}") : Risk($"R-{i:0000}", random.Next(1, 6), random.Next(1, 6))).ToArray();
        var map = RiskHeatMap.Of(RiskMethod.Default, risks);
        Assert.Equal(25, map.Initial.Select(c => (c.Likelihood, c.Impact)).Distinct().Count());
        Assert.Equal(risks.Where(r => r.Level is not null).Select(r => r.Id), map.Initial.SelectMany(c => c.Ids).Order(StringComparer.Ordinal));
        Assert.Equal(risks.Where(r => r.Level is null).Select(r => r.Id), map.NotAssessed);
        Assert.All(map.Initial, c => Assert.Equal((c.Likelihood * c.Impact, c.Ids.Count, c.Level > 6), (c.Level, c.Count, c.AboveTheLine)));
    }

    [Fact]
    public void What_remains_lies_where_treatment_brought_it_or_where_it_was()
    {
        var map = RiskHeatMap.Of(RiskMethod.Default, [Risk("R-0001", 5, 5, 2, 3), Risk("R-0002", 4, 4)]);
        Assert.Equal(["5/5 R-0001", "4/4 R-0002"], Cells(map.Initial));
        Assert.Equal(["4/4 R-0002", "2/3 R-0001"], Cells(map.Remaining));

        static IEnumerable<string> Cells(IEnumerable<HeatMapCell> cells) =>
            cells.Where(c => c.Count > 0).OrderByDescending(c => c.Likelihood).Select(c => $"{c.Likelihood}/{c.Impact} {string.Join(' ', c.Ids)}");
    }

    [Fact]
    public void A_comparison_tells_new_closed_risen_and_fallen_risks_apart()
    {
        Risk[] before = [Risk("R-0001", 2, 2), Risk("R-0002", 4, 4), Risk("R-0003", 3, 3), Risk("R-0004", 5, 5)];
        Risk[] after = [Risk("R-0001", 3, 3), Risk("R-0002", 4, 4, 1, 2), Risk("R-0003", 3, 3) with { Department = "it" }, Risk("R-0005", 5, 4)];
        var comparison = RiskComparison.Of(RiskMethod.Default, before, after);
        Assert.Equal(("R-0001", 4, 9), Only(comparison.Risen));
        Assert.Equal(("R-0002", 16, 2), Only(comparison.Fallen));
        Assert.Equal(("R-0004", 25, (int?)null), Only(comparison.Closed));
        Assert.Equal(("R-0005", (int?)null, 20), Only(comparison.New));
        Assert.Equal(1, comparison.Unchanged);
        Assert.Equal(
            [new DepartmentComparison("it", 1, 1, 1, 1, 0, 0, 0, 0), new DepartmentComparison("sales", 3, 3, 2, 2, 1, 1, 1, 1)], comparison.Departments);

        static (string, int?, int?) Only(IReadOnlyList<RiskMovement> moves) => (moves.Single().Id, moves.Single().From, moves.Single().To);
    }

    [Fact]
    public void A_comparison_turned_around_swaps_new_with_closed_and_risen_with_fallen()
    {
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            var (a, b) = (Some(random), Some(random));
            var (there, back) = (RiskComparison.Of(RiskMethod.Default, a, b), RiskComparison.Of(RiskMethod.Default, b, a));
            Assert.Equal(Ids(there.New), Ids(back.Closed));
            Assert.Equal(Ids(there.Risen), Ids(back.Fallen));
            Assert.Equal(there.Unchanged, back.Unchanged);
            Assert.Equal(a.Length, there.Closed.Count + there.Risen.Count + there.Fallen.Count + there.Unchanged);
        }

        static IEnumerable<string> Ids(IEnumerable<RiskMovement> moves) => moves.Select(m => m.Id);
        static Risk[] Some(Random random) =>
            [.. Enumerable.Range(1, 30).Where(_ => random.Next(3) > 0).Select(i => Risk($"R-{i:0000}", random.Next(1, 6), random.Next(1, 6)))];
    }

    [Fact]
    public void A_risk_above_the_line_needs_treatment_or_acceptance()
    {
        Assert.Equal([RiskConcern.WithoutTreatment], Concerns(Risk("R-0001", 3, 3)));
        Assert.Equal([RiskConcern.NotAccepted], Concerns(Risk("R-0001", 3, 3) with { Treatment = RiskTreatment.Retain }));
        Assert.Equal([], Concerns(Risk("R-0001", 3, 3).Accepted("suzuki") with { Treatment = RiskTreatment.Retain }));
        Assert.Equal([RiskConcern.WithoutPlan], Concerns(Risk("R-0001", 3, 3, 2, 2) with { Treatment = RiskTreatment.Reduce }));
        Assert.Equal([], Concerns(Risk("R-0001", 3, 3, 2, 2) with { Treatment = RiskTreatment.Reduce }, Plan("R-0001")));
        Assert.Equal([RiskConcern.NotAccepted], Concerns(Risk("R-0001", 3, 3, 2, 4) with { Treatment = RiskTreatment.Reduce }, Plan("R-0001")));
    }

    [Fact]
    public void A_risk_up_to_the_line_needs_nothing() => Assert.Empty(Concerns(Risk("R-0001", 2, 3)));

    [Fact]
    public void A_risk_that_nobody_assessed_is_an_open_point() => Assert.Equal([RiskConcern.NotAssessed], Concerns(Risk("R-0001")));

    [Theory]
    [InlineData(-1, RiskConcern.AcceptanceExpired)]
    [InlineData(0, RiskConcern.AcceptanceExpires)]
    [InlineData(60, RiskConcern.AcceptanceExpires)]
    [InlineData(61, null)]
    public void An_acceptance_that_expires_is_an_open_point(int days, RiskConcern? concern)
    {
        var risk = Risk("R-0001", 3, 3).Accepted("suzuki", Today.AddMonths(-10), Today.AddDays(days)) with { Treatment = RiskTreatment.Retain };
        Assert.Equal(concern is { } c ? [c] : [], Concerns(risk));
    }

    [Fact]
    public void A_treatment_is_overdue_the_day_after_its_due_date_unless_it_is_settled()
    {
        var risk = Risk("R-0001", 3, 3, 2, 2) with { Treatment = RiskTreatment.Reduce };
        Assert.Equal([], Concerns(risk, Plan("R-0001") with { Due = Today }));
        Assert.Equal([RiskConcern.TreatmentOverdue], Concerns(risk, Plan("R-0001") with { Due = Today.AddDays(-1) }));
        Assert.Equal([], Concerns(risk, Plan("R-0001") with { Due = Today.AddDays(-1), IsSettled = true }));
    }

    [Fact]
    public void A_review_is_due_the_day_after_its_date()
    {
        Assert.Equal([], Concerns(Risk("R-0001", 1, 1) with { ReviewDate = Today }));
        Assert.Equal([RiskConcern.ReviewDue], Concerns(Risk("R-0001", 1, 1) with { ReviewDate = Today.AddDays(-1) }));
    }

    [Fact]
    public void A_review_without_a_date_is_due_when_the_months_of_the_method_have_passed()
    {
        Assert.Equal([], Concerns(Risk("R-0001", 1, 1) with { RegisteredOn = Today.AddMonths(-12) }));
        Assert.Equal([RiskConcern.ReviewDue], Concerns(Risk("R-0001", 1, 1) with { RegisteredOn = Today.AddMonths(-12).AddDays(-1) }));
        Assert.Equal([], Concerns(Risk("R-0001", 1, 1) with { RegisteredOn = Today.AddYears(-3), ReviewDate = Today }));
    }

    [Fact]
    public void A_level_that_the_method_would_not_give_today_is_outdated() =>
        Assert.Equal([RiskConcern.LevelOutdated], Concerns(Risk("R-0001", 1, 2) with { Level = 3 }));

    private static RiskConcern[] Concerns(Risk risk, params PlannedTreatment[] treatments) =>
        [.. new RiskAttention(RiskMethod.Default, treatments, Today, 60).Of([risk]).Select(p => p.Concern)];

    private static PlannedTreatment Plan(string risk) => new("T-0001", "plan", [risk], Today.AddMonths(1), false);
}
