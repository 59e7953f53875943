using Isms.Objectives;

namespace Isms.Tests.Objectives;

public sealed class ObjectiveScoringTests
{
    [Theory]
    [InlineData(TargetDirection.AtLeast, 95, 5, 95, Achievement.Met)]
    [InlineData(TargetDirection.AtLeast, 95, 5, 100, Achievement.Met)]
    [InlineData(TargetDirection.AtLeast, 95, 5, 90, Achievement.NearlyMet)]
    [InlineData(TargetDirection.AtLeast, 95, 5, 89.9, Achievement.NotMet)]
    [InlineData(TargetDirection.AtLeast, 95, 0, 94.9, Achievement.NotMet)]
    [InlineData(TargetDirection.AtMost, 3, 1, 3, Achievement.Met)]
    [InlineData(TargetDirection.AtMost, 3, 1, 4, Achievement.NearlyMet)]
    [InlineData(TargetDirection.AtMost, 3, 1, 5, Achievement.NotMet)]
    [InlineData(TargetDirection.AtMost, 0, 0, 0, Achievement.Met)]
    [InlineData(TargetDirection.AtMost, 0, 0, 1, Achievement.NotMet)]
    public void A_value_is_judged_by_target_direction_and_tolerance(TargetDirection direction, double target, double tolerance, double value, Achievement expected) =>
        Assert.Equal(expected, ObjectiveScoring.Judge((decimal)value, (decimal)target, direction, (decimal)tolerance));

    [Fact]
    public void What_has_no_value_is_not_measured() => Assert.Equal(Achievement.NotMeasured, ObjectiveScoring.Judge(null, 0, TargetDirection.AtMost, 10));

    [Fact]
    public void A_value_nearer_to_where_it_should_go_never_scores_worse()
    {
        var random = new Random(4);
        for (var i = 0; i < 2_000; i++)
        {
            var direction = random.Next(2) == 0 ? TargetDirection.AtLeast : TargetDirection.AtMost;
            var (target, tolerance) = (random.Next(-50, 150), random.Next(0, 20));
            var (one, other) = ((decimal)random.Next(-100, 200), (decimal)random.Next(-100, 200));
            var trend = ObjectiveScoring.TrendOf(one, other, direction);
            var (before, after) = (Rank(ObjectiveScoring.Judge(one, target, direction, tolerance)), Rank(ObjectiveScoring.Judge(other, target, direction, tolerance)));
            Assert.True(trend == Trend.Worse ? after <= before : after >= before);
            Assert.Equal(Reversed(trend), ObjectiveScoring.TrendOf(other, one, direction));
        }

        static int Rank(Achievement achievement) => achievement switch { Achievement.Met => 2, Achievement.NearlyMet => 1, _ => 0 };
        static Trend Reversed(Trend trend) => trend switch { Trend.Better => Trend.Worse, Trend.Worse => Trend.Better, _ => trend };
    }

    [Fact]
    public void Figures_count_every_objective_once()
    {
        var figures = ObjectiveFigures.Of([Achievement.Met, Achievement.Met, Achievement.NearlyMet, Achievement.NotMet, Achievement.NotMeasured]);
        Assert.Equal(new ObjectiveFigures(5, 2, 1, 1, 1), figures);
        Assert.Equal(figures.Total, figures.Met + figures.NearlyMet + figures.NotMet + figures.NotMeasured);
    }

    [Fact]
    public void The_trend_of_a_quarter_skips_quarters_without_a_value()
    {
        var year = new ObjectiveYear(KpiPlay.Percent("O-0001"), [80, null, 90, 85], null);
        Assert.Equal(Trend.Unknown, year.TrendIn(1));
        Assert.Equal(Trend.Unknown, year.TrendIn(2));
        Assert.Equal(Trend.Better, year.TrendIn(3));
        Assert.Equal(Trend.Worse, year.TrendIn(4));
    }

    [Fact]
    public void The_years_result_outweighs_its_quarters_and_the_newest_quarter_counts_without_one()
    {
        var objective = KpiPlay.Percent("O-0001");
        Assert.Equal(70, new ObjectiveYear(objective, [80, 70, null, null], null).Newest);
        Assert.Equal(96, new ObjectiveYear(objective, [80, 70, null, null], 96).Newest);
        Assert.Equal(Achievement.NotMeasured, new ObjectiveYear(objective, [null, null, null, null], null).Achievement);
    }

    [Fact]
    public void The_same_objective_of_last_year_is_found_by_its_name_or_its_measure()
    {
        var now = KpiPlay.Percent("O-0011", "plan-on-time") with { Name = "新しい名前" };
        var before = new ObjectiveYear(KpiPlay.Percent("O-0001", "plan-on-time"), [1, 2, 3, 4], null);
        var other = new ObjectiveYear(KpiPlay.Percent("O-0002", "mfa-coverage") with { Name = "別の目的" }, [5, 6, 7, 8], null);
        Assert.Same(before, ObjectiveYear.Counterpart(now, [other, before]));
        Assert.Same(other, ObjectiveYear.Counterpart(now with { Name = "別の目的" }, [before, other]));
        Assert.Null(ObjectiveYear.Counterpart(now with { Measure = null }, [before, other]));
    }

    [Fact]
    public void A_share_of_none_is_nothing_to_measure_rather_than_all_or_nothing()
    {
        var nothing = MeasuredValue.Share(0, 0, new("なし", "none"));
        Assert.Null(nothing.Value);
        Assert.Equal("none", nothing.NothingBecause!.En);
        Assert.Equal(66.7m, MeasuredValue.Share(2, 3, new("なし", "none")).Value);
        Assert.Equal(0, MeasuredValue.Count(0).Value);
        Assert.Equal(40, MeasuredValue.Count(1, Enumerable.Range(0, 100).Select(i => $"e{i}")).EvidenceIds.Count);
        Assert.Equal("e99", MeasuredValue.Count(1, Enumerable.Range(0, 100).Select(i => $"e{i}")).EvidenceIds[^1]);
    }
}
