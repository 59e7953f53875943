using System.Globalization;
using Isms.Organizations;
using Isms.Registers;

namespace Isms.Risks;

/// <summary>A risk that is about to be written.</summary>
/// <param name="Method">The organisation's method.</param>
/// <param name="Organization">Its people and departments.</param>
/// <param name="Before">The risk as it is; null when it is new.</param>
/// <param name="After">The risk as it is to be.</param>
/// <param name="By">The person who writes it.</param>
/// <param name="Today">The day, in the organisation's time zone.</param>
public sealed record RiskWriting(
    RiskMethod Method, Organization Organization, Risk? Before, Risk After, string By, DateOnly Today)
{
    /// <summary>Whether the acceptance changes with this writing.</summary>
    public bool ChangesAcceptance => (Before?.AcceptedBy ?? "") != After.AcceptedBy
        || Before?.AcceptedAt != After.AcceptedAt || Before?.AcceptanceExpiresAt != After.AcceptanceExpiresAt;
}

/// <summary>What must hold of a risk whenever it is written, and what follows from its values.</summary>
public static class RiskRules
{
    /// <summary>The risk with its levels; its acceptance ends where it has risen above what was accepted.</summary>
    public static Risk Complete(RiskWriting writing)
    {
        ArgumentNullException.ThrowIfNull(writing);
        var levelled = Levelled(writing.Method, writing.After, writing.After.AssetValue);
        return AcceptanceCoversOnlyWhatWasAccepted(writing, levelled)
            ? levelled
            : levelled with { AcceptedBy = "", AcceptedAt = null, AcceptanceExpiresAt = null };
    }

    /// <summary>The rules that the writing breaks, in the order of the fields.</summary>
    public static IReadOnlyList<FieldError> Check(RiskWriting writing)
    {
        ArgumentNullException.ThrowIfNull(writing);
        var risk = Levelled(writing.Method, writing.After, writing.After.AssetValue);
        FieldError?[] broken =
        [
            ValueIsOnTheScale(RiskFields.Likelihood, risk.Likelihood, writing.Method.Likelihood.Count),
            ValueIsOnTheScale(RiskFields.Impact, risk.Impact, writing.Method.Impact.Count),
            LikelihoodAndImpactGoTogether(writing, risk),
            ValueIsOnTheScale(RiskFields.ResidualLikelihood, risk.ResidualLikelihood, writing.Method.Likelihood.Count),
            ValueIsOnTheScale(RiskFields.ResidualImpact, risk.ResidualImpact, writing.Method.Impact.Count),
            ResidualLikelihoodAndImpactGoTogether(risk),
            ResidualRiskFollowsAnInitialRisk(risk),
            ResidualRiskCannotExceedInitialRisk(risk),
            .. writing.ChangesAcceptance ? AcceptanceRules(writing, risk) : [],
        ];
        return [.. broken.OfType<FieldError>()];
    }

    /// <summary>The risk with the levels that the method gives it, and the impact where that follows from its assets.</summary>
    /// <param name="method">The method.</param>
    /// <param name="risk">The risk.</param>
    /// <param name="assetValue">The highest value of its assets; beyond the scale of impact it counts as the scale's end.</param>
    public static Risk Levelled(RiskMethod method, Risk risk, int? assetValue)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(risk);
        if (method.ImpactFrom == ImpactSource.AssetValue)
        {
            risk = risk with { Impact = assetValue is { } value ? Math.Clamp(value, 1, method.Impact.Count) : null };
        }

        return risk with
        {
            Level = LevelOf(method, risk.Likelihood, risk.Impact),
            ResidualLevel = LevelOf(method, risk.ResidualLikelihood, risk.ResidualImpact),
        };
    }

    private static IEnumerable<FieldError?> AcceptanceRules(RiskWriting writing, Risk risk)
    {
        if (risk.HasAcceptance)
        {
            yield return AcceptanceNeedsAnAssessedRisk(risk);
            yield return AcceptanceNeedsAnApproverWithTheRight(writing, risk);
            yield return AcceptanceIsGivenByTheApproverInPerson(writing, risk);
            yield return AcceptanceIsNotGivenInAdvance(writing, risk);
            yield return AcceptanceExpires(writing, risk);
        }
        else
        {
            yield return AcceptanceIsRevokedByAnApprover(writing);
        }
    }

    private static int? LevelOf(RiskMethod method, int? likelihood, int? impact) =>
        likelihood is { } l && impact is { } i && l >= 1 && l <= method.Likelihood.Count && i >= 1 && i <= method.Impact.Count ? method.LevelOf(l, i) : null;

    private static bool AcceptanceCoversOnlyWhatWasAccepted(RiskWriting writing, Risk risk) =>
        writing.ChangesAcceptance || !risk.HasAcceptance || (risk.RemainingLevel is { } now && now <= writing.Before?.RemainingLevel);

    private static FieldError? ValueIsOnTheScale(string field, int? value, int levels) =>
        value is { } v && (v < 1 || v > levels) ? Broken("risk-value-off-the-scale", field, RiskFields.TextOf(v), v, levels) : null;

    private static FieldError? LikelihoodAndImpactGoTogether(RiskWriting writing, Risk risk) =>
        writing.Method.ImpactFrom == ImpactSource.Assessed && (risk.Likelihood is null) != (risk.Impact is null)
            ? Broken("risk-half-assessed", risk.Likelihood is null ? RiskFields.Likelihood : RiskFields.Impact, "")
            : null;

    private static FieldError? ResidualLikelihoodAndImpactGoTogether(Risk risk) =>
        (risk.ResidualLikelihood is null) != (risk.ResidualImpact is null)
            ? Broken("residual-risk-half-assessed", risk.ResidualLikelihood is null ? RiskFields.ResidualLikelihood : RiskFields.ResidualImpact, "")
            : null;

    private static FieldError? ResidualRiskFollowsAnInitialRisk(Risk risk) =>
        risk.ResidualLevel is { } residual && risk.Level is null
            ? Broken("residual-risk-without-initial-risk", RiskFields.ResidualLikelihood, RiskFields.TextOf(risk.ResidualLikelihood), residual)
            : null;

    private static FieldError? ResidualRiskCannotExceedInitialRisk(Risk risk) =>
        risk is { ResidualLevel: { } residual, Level: { } initial } && residual > initial
            ? Broken("residual-risk-exceeds-initial-risk", RiskFields.ResidualLikelihood, RiskFields.TextOf(risk.ResidualLikelihood), residual, initial)
            : null;

    private static FieldError? AcceptanceNeedsAnAssessedRisk(Risk risk) =>
        risk.RemainingLevel is null ? Broken("risk-accepted-unassessed", RiskFields.AcceptedBy, risk.AcceptedBy) : null;

    private static FieldError? AcceptanceNeedsAnApproverWithTheRight(RiskWriting writing, Risk risk)
    {
        if (risk.RemainingLevel is not { } level || RiskAcceptance.MayAccept(writing.Method, writing.Organization, risk, risk.AcceptedBy, level))
        {
            return null;
        }

        var approvers = string.Join(", ", RiskAcceptance.ApproversOf(writing.Method, writing.Organization, risk).Select(p => p.Id));
        return Broken("risk-approver-without-right", RiskFields.AcceptedBy, risk.AcceptedBy, risk.AcceptedBy, level, approvers);
    }

    private static FieldError? AcceptanceIsGivenByTheApproverInPerson(RiskWriting writing, Risk risk) =>
        risk.AcceptedBy != writing.By ? Broken("risk-accepted-for-another", RiskFields.AcceptedBy, risk.AcceptedBy, risk.AcceptedBy, writing.By) : null;

    private static FieldError? AcceptanceIsNotGivenInAdvance(RiskWriting writing, Risk risk) =>
        risk.AcceptedAt is null || risk.AcceptedAt > writing.Today
            ? Broken("risk-accepted-in-advance", RiskFields.AcceptedAt, RiskFields.TextOf(risk.AcceptedAt), writing.Today)
            : null;

    private static FieldError? AcceptanceExpires(RiskWriting writing, Risk risk)
    {
        if (risk.AcceptedAt is not { } from)
        {
            return null;
        }

        var last = RiskAcceptance.LastDay(writing.Method, from);
        return risk.AcceptanceExpiresAt is { } until && until >= from && until <= last
            ? null
            : Broken("risk-acceptance-period", RiskFields.AcceptanceExpiresAt, RiskFields.TextOf(risk.AcceptanceExpiresAt), from, last);
    }

    private static FieldError? AcceptanceIsRevokedByAnApprover(RiskWriting writing) =>
        writing.Before is { RemainingLevel: { } level } before && !RiskAcceptance.MayAccept(writing.Method, writing.Organization, before, writing.By, level)
            ? Broken("risk-revoker-without-right", RiskFields.AcceptedBy, "", writing.By, level.ToString(CultureInfo.InvariantCulture))
            : null;

    private static FieldError Broken(string code, string field, string value, params ReadOnlySpan<object?> arguments) =>
        FieldError.Of(code, field, value, arguments);
}
