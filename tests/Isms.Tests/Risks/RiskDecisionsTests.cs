using Isms.Risks;
using Isms.Rules;
using static Isms.Tests.Risks.RiskSamples;

namespace Isms.Tests.Risks;

public sealed class RiskDecisionsTests
{
    [Fact]
    public void Accepting_notes_who_when_and_until_when_and_retains_what_was_undecided()
    {
        var risk = By("suzuki").Accept(Risk("R-0001", 3, 3), null).Value;
        Assert.Equal(
            ("suzuki", Today, Today.AddMonths(12), RiskTreatment.Retain), (risk.AcceptedBy, risk.AcceptedAt!.Value, risk.AcceptanceExpiresAt!.Value, risk.Treatment!.Value));
        var reduced = Risk("R-0001", 3, 3) with { Treatment = RiskTreatment.Reduce };
        Assert.Equal(RiskTreatment.Reduce, By("suzuki").Accept(reduced, Today.AddDays(30)).Value.Treatment);
    }

    [Fact]
    public void Accepting_again_renews_an_acceptance_that_has_run_out()
    {
        var expired = Risk("R-0001", 3, 3).Accepted("suzuki", Today.AddMonths(-13), Today.AddMonths(-1));
        Assert.Equal(Today.AddMonths(12), By("watanabe").Accept(expired, null).Value.AcceptanceExpiresAt);
    }

    [Fact]
    public void Whoever_has_no_right_can_neither_accept_nor_revoke()
    {
        AssertRefused(By("nakamura").Accept(Risk("R-0001", 3, 3), null), RefusalKind.NotAllowed, "risk-approver-without-right", "acceptedBy");
        AssertRefused(By("suzuki").Revoke(Risk("R-0001", 4, 4).Accepted("sato")), RefusalKind.NotAllowed, "risk-revoker-without-right", "acceptedBy");
        Assert.False(By("sato").Revoke(Risk("R-0001", 4, 4).Accepted("sato")).Value.HasAcceptance);
    }

    [Fact]
    public void A_risk_that_nobody_assessed_or_too_long_a_time_is_refused()
    {
        AssertRefused(By("sato").Accept(Risk("R-0001"), null), RefusalKind.RuleBroken, "risk-accepted-unassessed", "acceptedBy");
        AssertRefused(By("sato").Accept(Risk("R-0001", 3, 3), Today.AddMonths(13)), RefusalKind.RuleBroken, "risk-acceptance-period", "until");
        AssertRefused(By("sato").Accept(Risk("R-0001", 3, 3), Today.AddDays(-1)), RefusalKind.RuleBroken, "risk-acceptance-period", "until");
    }

    [Fact]
    public void There_is_nothing_to_revoke_where_nothing_was_accepted() =>
        AssertRefused(By("sato").Revoke(Risk("R-0001", 3, 3)), RefusalKind.IllegalState, "risk-not-accepted", "id");

    private static RiskDecisions By(string person) => new(RiskMethod.Default, RiskSamples.Organization, person, Today);

    private static void AssertRefused(Outcome<Risk> outcome, RefusalKind kind, string code, string field) =>
        Assert.Equal((kind, code, field), (outcome.Refusal!.Kind, outcome.Refusal.Code, outcome.Refusal.Field));
}
