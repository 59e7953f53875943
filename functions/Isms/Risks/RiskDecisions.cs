using Isms.Organizations;
using Isms.Registers;
using Isms.Rules;

namespace Isms.Risks;

/// <summary>Accepting a risk and taking the acceptance back (clause 6.1.3 f).</summary>
/// <param name="method">The organisation's method.</param>
/// <param name="organization">Its people.</param>
/// <param name="by">The person who decides.</param>
/// <param name="today">The day, in the organisation's time zone.</param>
public sealed class RiskDecisions(RiskMethod method, Organization organization, string by, DateOnly today)
{
    /// <summary>The risk as accepted. One whose treatment was undecided is retained.</summary>
    /// <param name="risk">The risk.</param>
    /// <param name="until">The last day of the acceptance; null for as long as the method allows.</param>
    public Outcome<Risk> Accept(Risk risk, DateOnly? until)
    {
        ArgumentNullException.ThrowIfNull(risk);
        var accepted = risk with
        {
            Treatment = risk.Treatment ?? RiskTreatment.Retain,
            AcceptedBy = by,
            AcceptedAt = today,
            AcceptanceExpiresAt = until ?? RiskAcceptance.LastDay(method, today),
        };
        return FirstBroken(risk, accepted) is { } refusal ? refusal : accepted;
    }

    /// <summary>The risk without its acceptance.</summary>
    public Outcome<Risk> Revoke(Risk risk)
    {
        ArgumentNullException.ThrowIfNull(risk);
        if (!risk.HasAcceptance)
        {
            return Refusal.Of(RefusalKind.IllegalState, "risk-not-accepted", "id", risk.Id, risk.Id);
        }

        var revoked = risk with { AcceptedBy = "", AcceptedAt = null, AcceptanceExpiresAt = null };
        return FirstBroken(risk, revoked) is { } refusal ? refusal : revoked;
    }

    /// <summary>
    /// The rules of the register decide. Of values that were broken before – the method may have changed since – the register complains when it is written.
    /// </summary>
    private Refusal? FirstBroken(Risk before, Risk after)
    {
        var broken = RiskRules.Check(new RiskWriting(method, organization, before, after, by, today))
            .FirstOrDefault(e => e.Field is RiskFields.AcceptedBy or RiskFields.AcceptedAt or RiskFields.AcceptanceExpiresAt);
        return broken is null ? null : AsRefusal(broken);
    }

    private static Refusal AsRefusal(FieldError error)
    {
        var kind = error.Code is "risk-approver-without-right" or "risk-revoker-without-right" ? RefusalKind.NotAllowed : RefusalKind.RuleBroken;
        var field = error.Field == RiskFields.AcceptanceExpiresAt ? "until" : error.Field;
        return new Refusal(kind, error.Code, error.Title, error.Remedy, field, error.Value);
    }
}
