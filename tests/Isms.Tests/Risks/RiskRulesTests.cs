using Isms.Organizations;
using Isms.Registers;
using Isms.Risks;
using static Isms.Tests.Risks.RiskSamples;

namespace Isms.Tests.Risks;

public sealed class RiskRulesTests
{
    [Fact]
    public void Levels_follow_from_likelihood_and_impact()
    {
        var risk = RiskRules.Complete(Writing(null, Risk("R-0001", 4, 5, 2, 3) with { Level = 1, ResidualLevel = 99 }));
        Assert.Equal((20, 6, 6), (risk.Level, risk.ResidualLevel, risk.RemainingLevel));
    }

    [Fact]
    public void A_risk_that_is_not_assessed_has_no_level()
    {
        var risk = RiskRules.Complete(Writing(null, Risk("R-0001") with { Level = 7 }));
        Assert.Null(risk.Level);
        Assert.Empty(RiskRules.Check(Writing(null, risk)));
    }

    [Theory]
    [InlineData(0, 3, RiskFields.Likelihood)]
    [InlineData(6, 3, RiskFields.Likelihood)]
    [InlineData(3, 6, RiskFields.Impact)]
    public void A_value_is_on_its_scale(int likelihood, int impact, string field) =>
        AssertBroken(Risk("R-0001", likelihood, impact), "risk-value-off-the-scale", field);

    [Fact]
    public void A_residual_value_is_on_its_scale() =>
        AssertBroken(Risk("R-0001", 5, 5, 1, 6), "risk-value-off-the-scale", RiskFields.ResidualImpact);

    [Fact]
    public void Likelihood_and_impact_go_together()
    {
        AssertBroken(Risk("R-0001", 3), "risk-half-assessed", RiskFields.Impact);
        AssertBroken(Risk("R-0001", null, 3), "risk-half-assessed", RiskFields.Likelihood);
        AssertBroken(Risk("R-0001", 3, 3, 2), "residual-risk-half-assessed", RiskFields.ResidualImpact);
    }

    [Fact]
    public void A_residual_risk_follows_an_initial_risk() =>
        AssertBroken(Risk("R-0001", null, null, 2, 2), "residual-risk-without-initial-risk", RiskFields.ResidualLikelihood);

    [Fact]
    public void A_residual_risk_cannot_exceed_the_initial_risk_whatever_the_values()
    {
        for (var code = 0; code < 625; code++)
        {
            var (l, i, rl, ri) = (1 + (code % 5), 1 + (code / 5 % 5), 1 + (code / 25 % 5), 1 + (code / 125));
            var broken = RiskRules.Check(Writing(null, Risk("R-0001", l, i, rl, ri)));
            Assert.Equal(rl * ri > l * i ? ["residual-risk-exceeds-initial-risk"] : [], broken.Select(b => b.Code));
        }
    }

    [Fact]
    public void Only_an_assessed_risk_can_be_accepted() =>
        AssertBroken(Writing(null, Risk("R-0001").Accepted("sato"), "sato"), "risk-accepted-unassessed", RiskFields.AcceptedBy);

    [Theory]
    [InlineData("kobayashi", 2, 3, true)] // the owner, up to 6
    [InlineData("kobayashi", 2, 4, false)]
    [InlineData("suzuki", 3, 3, true)] // the lead of the risk's department, up to 9
    [InlineData("suzuki", 2, 5, false)]
    [InlineData("takahashi", 1, 1, false)] // the lead of another department
    [InlineData("watanabe", 3, 5, true)] // the ISMS manager, up to 15
    [InlineData("watanabe", 4, 4, false)]
    [InlineData("sato", 5, 5, true)] // top management
    [InlineData("nakamura", 1, 1, false)] // the secretariat
    [InlineData("nobody", 1, 1, false)]
    public void Acceptance_needs_an_approver_with_the_right(string by, int likelihood, int impact, bool may)
    {
        var broken = RiskRules.Check(Writing(null, Risk("R-0001", likelihood, impact).Accepted(by), by));
        Assert.Equal(may ? [] : ["risk-approver-without-right"], broken.Select(b => b.Code));
    }

    [Fact]
    public void The_refusal_of_an_approver_names_those_who_have_the_right() =>
        Assert.Contains("watanabe", RiskRules.Check(Writing(null, Risk("R-0001", 3, 5).Accepted("suzuki"), "suzuki")).Single().Remedy.En, StringComparison.Ordinal);

    [Fact]
    public void What_remains_after_treatment_decides_who_may_accept() =>
        Assert.Empty(RiskRules.Check(Writing(null, Risk("R-0001", 5, 5, 3, 3).Accepted("suzuki"), "suzuki")));

    [Fact]
    public void Acceptance_is_given_by_the_approver_in_person() =>
        AssertBroken(Writing(null, Risk("R-0001", 3, 3).Accepted("suzuki"), "nakamura"), "risk-accepted-for-another", RiskFields.AcceptedBy);

    [Fact]
    public void Acceptance_is_not_given_in_advance()
    {
        AssertBroken(Writing(null, Risk("R-0001", 3, 3).Accepted("suzuki", Today.AddDays(1)), "suzuki"), "risk-accepted-in-advance", RiskFields.AcceptedAt);
        AssertBroken(Writing(null, Risk("R-0001", 3, 3).Accepted("suzuki") with { AcceptedAt = null }, "suzuki"), "risk-accepted-in-advance", RiskFields.AcceptedAt);
    }

    [Fact]
    public void Acceptance_expires_within_the_months_of_the_method()
    {
        Assert.Empty(RiskRules.Check(Writing(null, Risk("R-0001", 3, 3).Accepted("suzuki", Today, Today.AddMonths(12)), "suzuki")));
        foreach (var until in new DateOnly?[] { null, Today.AddDays(-1), Today.AddMonths(12).AddDays(1) })
        {
            var risk = Risk("R-0001", 3, 3).Accepted("suzuki") with { AcceptanceExpiresAt = until };
            AssertBroken(Writing(null, risk, "suzuki"), "risk-acceptance-period", RiskFields.AcceptanceExpiresAt);
        }
    }

    [Fact]
    public void An_acceptance_given_before_is_not_judged_again_when_something_else_changes()
    {
        var before = Risk("R-0001", 5, 5, 3, 3).Accepted("somebody-who-left", new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1));
        var after = before with { Title = "renamed" };
        Assert.Empty(RiskRules.Check(Writing(before, after)));
        Assert.Equal("somebody-who-left", RiskRules.Complete(Writing(before, after)).AcceptedBy);
    }

    [Theory]
    [InlineData(2, 3, true)]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, false)]
    public void Acceptance_covers_only_what_was_accepted(int residualLikelihood, int residualImpact, bool stays)
    {
        var before = Risk("R-0001", 5, 5, 3, 3).Accepted("suzuki");
        var after = RiskRules.Complete(Writing(before, before with { ResidualLikelihood = residualLikelihood, ResidualImpact = residualImpact }));
        Assert.Equal((stays, stays), (after.HasAcceptance, after.IsAcceptedOn(Today)));
    }

    [Fact]
    public void Acceptance_is_revoked_by_somebody_who_may_give_it()
    {
        var before = Risk("R-0001", 3, 3).Accepted("suzuki");
        var after = Risk("R-0001", 3, 3);
        AssertBroken(Writing(before, after, "nakamura"), "risk-revoker-without-right", RiskFields.AcceptedBy);
        Assert.Empty(RiskRules.Check(Writing(before, after, "watanabe")));
    }

    [Fact]
    public void An_acceptance_holds_from_its_day_to_its_last_day()
    {
        var risk = Risk("R-0001", 3, 3).Accepted("suzuki", Today, Today.AddDays(10));
        Assert.Equal([false, true, true, false], new[] { -1, 0, 10, 11 }.Select(d => risk.IsAcceptedOn(Today.AddDays(d))));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, 1)]
    [InlineData(3, 3)]
    [InlineData(9, 5)]
    public void Impact_may_follow_from_the_highest_value_of_the_assets(int? value, int? impact)
    {
        var method = RiskMethod.Default with { ImpactFrom = ImpactSource.AssetValue };
        var writing = Writing(null, Risk("R-0001", 4) with { AssetValue = value }) with { Method = method };
        var risk = RiskRules.Complete(writing);
        Assert.Equal((impact, impact * 4), (risk.Impact, risk.Level));
        Assert.Empty(RiskRules.Check(writing));
    }

    [Fact]
    public void The_highest_value_of_the_assets_is_that_of_any_property_of_any_asset()
    {
        static RegisterEntry Asset(params (string, string)[] values) => new()
        {
            Id = "A-0001", Revision = 1, Values = values.ToDictionary(v => v.Item1, v => v.Item2), ChangedAt = default, ChangedBy = "x",
        };
        Assert.Equal(4, RiskRegisterRule.HighestValueOf([Asset(("confidentiality", "1"), ("integrity", "3")), Asset(("availability", "4"), ("name", "9"))]));
        Assert.Null(RiskRegisterRule.HighestValueOf([Asset(("name", "9"))]));
    }

    [Fact]
    public void A_risk_reads_back_the_values_it_writes()
    {
        var risk = Risk("R-0001", 4, 5, 3, 3).Accepted("suzuki");
        var method = RiskMethod.Default with { ImpactFrom = ImpactSource.AssetValue };
        var values = new Dictionary<string, string>(risk.ComputedValues(method))
        {
            ["likelihood"] = "4", ["residualLikelihood"] = "3", ["residualImpact"] = "3", ["treatment"] = "reduce", ["assets"] = "A-0001; A-0002",
        };
        var read = Isms.Risks.Risk.Of("R-0001", values);
        Assert.Equal(risk.ComputedValues(method), read.ComputedValues(method));
        Assert.Equal((RiskTreatment.Reduce, 4, 3, 3), (read.Treatment!.Value, read.Likelihood, read.ResidualLikelihood, read.ResidualImpact));
        Assert.Equal(["A-0001", "A-0002"], read.Assets);
    }

    [Fact]
    public void The_register_computes_exactly_the_fields_that_the_rule_sets()
    {
        foreach (var source in Enum.GetValues<ImpactSource>())
        {
            var method = RiskMethod.Default with { ImpactFrom = source };
            var definition = RiskRegisterRule.Adapt(RegisterCatalogue.Find("risks")!, method);
            Assert.Equal(
                definition.Fields.Where(f => f.IsComputed).Select(f => f.Name).Order(StringComparer.Ordinal), Risk("R-0001").ComputedValues(method).Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Fields_of_the_register_take_the_places_of_the_methods_scales()
    {
        var definition = RiskRegisterRule.Adapt(RegisterCatalogue.Find("risks")!, Product(3, 4, 1));
        Assert.Equal((3, 4, 3, 4), (Max("likelihood"), Max("impact"), Max("residualLikelihood"), Max("residualImpact")));
        Assert.Same(RegisterCatalogue.Find("assets"), RiskRegisterRule.Adapt(RegisterCatalogue.Find("assets")!, Product(3, 4, 1)));

        decimal? Max(string field) => definition.Find(field)!.Max;
    }

    private static RiskWriting Writing(Risk? before, Risk after, string by = "kobayashi") => new(RiskMethod.Default, RiskSamples.Organization, before, after, by, Today);

    private static void AssertBroken(Risk risk, string code, string field) => AssertBroken(Writing(null, risk), code, field);

    private static void AssertBroken(RiskWriting writing, string code, string field)
    {
        var error = Assert.Single(RiskRules.Check(writing));
        Assert.Equal((code, field), (error.Code, error.Field));
    }
}
