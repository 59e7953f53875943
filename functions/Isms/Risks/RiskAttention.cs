using Isms.Registers;

namespace Isms.Risks;

/// <summary>A treatment plan's line, as far as risks need it: which risks it treats, by when, and whether it is done.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Title">What is done.</param>
/// <param name="Risks">Ids of the risks it treats.</param>
/// <param name="Due">By when.</param>
/// <param name="IsSettled">Whether it has been done or given up.</param>
public sealed record PlannedTreatment(string Id, string Title, IReadOnlyList<string> Risks, DateOnly? Due, bool IsSettled)
{
    /// <summary>The register of treatments.</summary>
    public const string Register = "treatments";

    /// <summary>Reads a treatment from an entry of that register.</summary>
    public static PlannedTreatment Of(RegisterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new PlannedTreatment(
            entry.Id, entry["name"], RegisterRules.Items(entry["risks"]), RiskFields.DateOf(entry["dueDate"]), entry["status"] is "done" or "cancelled");
    }
}

/// <summary>Why a risk needs somebody's attention.</summary>
public enum RiskConcern
{
    /// <summary>Likelihood and impact have not been assessed (未評価).</summary>
    NotAssessed,

    /// <summary>It is above the line, and nobody has decided what to do about it (対応未決定).</summary>
    WithoutTreatment,

    /// <summary>It is to be avoided, reduced or transferred, but no treatment plan names it (対応計画なし).</summary>
    WithoutPlan,

    /// <summary>What remains is above the line, and nobody has accepted it (未受容).</summary>
    NotAccepted,

    /// <summary>The acceptance has expired (受容期限切れ).</summary>
    AcceptanceExpired,

    /// <summary>The acceptance expires soon (受容期限間近).</summary>
    AcceptanceExpires,

    /// <summary>A treatment is overdue (対応遅延).</summary>
    TreatmentOverdue,

    /// <summary>It should have been looked at again (見直し時期).</summary>
    ReviewDue,

    /// <summary>The method or its assets have changed since it was assessed, so that its levels are no longer what they would be today (再計算待ち).</summary>
    LevelOutdated,
}

/// <summary>A risk, and why it needs attention.</summary>
/// <param name="Concern">Why.</param>
/// <param name="Risk">The risk.</param>
/// <param name="On">The day that matters: an expiry, a due date, a review date.</param>
/// <param name="Treatment">The treatment that is overdue.</param>
public sealed record RiskPoint(RiskConcern Concern, Risk Risk, DateOnly? On = null, string? Treatment = null);

/// <summary>Finds what is open in the assessment and treatment of risks (clauses 6.1.3, 8.2, 8.3).</summary>
/// <param name="method">The organisation's method.</param>
/// <param name="treatments">The treatment plan.</param>
/// <param name="today">The day.</param>
/// <param name="days">How many days ahead an expiry counts as soon.</param>
public sealed class RiskAttention(RiskMethod method, IReadOnlyCollection<PlannedTreatment> treatments, DateOnly today, int days)
{
    /// <summary>What forbids the acceptance of the year's residual risks: no risk may be left that nobody treats or accepts.</summary>
    public static bool ForbidsClosing(RiskConcern concern) =>
        concern is RiskConcern.NotAssessed or RiskConcern.WithoutTreatment or RiskConcern.NotAccepted or RiskConcern.AcceptanceExpired;

    /// <summary>The open points, by concern and then by id.</summary>
    public IReadOnlyList<RiskPoint> Of(IEnumerable<Risk> risks)
    {
        ArgumentNullException.ThrowIfNull(risks);
        return [.. risks
            .SelectMany(r => Decisions(r).Concat(AcceptanceExpires(r)).Concat(TreatmentsAreDoneInTime(r)).Concat(RisksAreReviewedInTime(r)).Concat(LevelsFollowTheMethod(r)))
            .OrderBy(p => p.Concern).ThenBy(p => p.Risk.Id, StringComparer.Ordinal).ThenBy(p => p.Treatment, StringComparer.Ordinal)];
    }

    private IEnumerable<RiskPoint> Decisions(Risk risk)
    {
        if (risk.Level is not { } level)
        {
            yield return new RiskPoint(RiskConcern.NotAssessed, risk);
        }
        else if (method.IsAboveTheLine(level))
        {
            foreach (var point in RiskAboveTheLineNeedsTreatmentOrAcceptance(risk))
            {
                yield return point;
            }
        }
    }

    private IEnumerable<RiskPoint> RiskAboveTheLineNeedsTreatmentOrAcceptance(Risk risk)
    {
        if (risk.Treatment is null)
        {
            yield return new RiskPoint(RiskConcern.WithoutTreatment, risk);
        }
        else if (risk.Treatment != RiskTreatment.Retain && !treatments.Any(t => t.Risks.Contains(risk.Id)))
        {
            yield return new RiskPoint(RiskConcern.WithoutPlan, risk);
        }

        // While a treatment is under way the residual risk is what the plan promises; what is retained remains as it is.
        var remains = risk.Treatment is null ? null : risk.RemainingLevel;
        if (remains is { } level && method.IsAboveTheLine(level) && !risk.IsAcceptedOn(today) && !HasExpired(risk))
        {
            yield return new RiskPoint(RiskConcern.NotAccepted, risk);
        }
    }

    private IEnumerable<RiskPoint> AcceptanceExpires(Risk risk)
    {
        if (risk.AcceptanceExpiresAt is not { } last || !risk.HasAcceptance)
        {
            yield break;
        }

        if (last < today)
        {
            yield return new RiskPoint(RiskConcern.AcceptanceExpired, risk, last);
        }
        else if (last <= today.AddDays(days))
        {
            yield return new RiskPoint(RiskConcern.AcceptanceExpires, risk, last);
        }
    }

    private IEnumerable<RiskPoint> TreatmentsAreDoneInTime(Risk risk) =>
        treatments.Where(t => !t.IsSettled && t.Due < today && t.Risks.Contains(risk.Id)).Select(t => new RiskPoint(RiskConcern.TreatmentOverdue, risk, t.Due, t.Id));

    private IEnumerable<RiskPoint> RisksAreReviewedInTime(Risk risk)
    {
        if ((risk.ReviewDate ?? risk.RegisteredOn?.AddMonths(method.ReviewMonths)) is { } review && review < today)
        {
            yield return new RiskPoint(RiskConcern.ReviewDue, risk, review);
        }
    }

    private IEnumerable<RiskPoint> LevelsFollowTheMethod(Risk risk)
    {
        var now = RiskRules.Levelled(method, risk, risk.AssetValue);
        if (now.Level != risk.Level || now.ResidualLevel != risk.ResidualLevel || now.Impact != risk.Impact)
        {
            yield return new RiskPoint(RiskConcern.LevelOutdated, risk);
        }
    }

    private bool HasExpired(Risk risk) => risk.HasAcceptance && risk.AcceptanceExpiresAt < today;
}
