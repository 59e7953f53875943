using Isms.Rules;
using Isms.Text;

namespace Isms.Risks;

/// <summary>The state of all risks on a day, with the method that their levels come from: what is recorded as evidence (clauses 8.2 and 8.3).</summary>
public sealed record RiskAssessment
{
    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The method.</summary>
    public required RiskMethod Method { get; init; }

    /// <summary>The risks, in the order of the register.</summary>
    public required IReadOnlyList<Risk> Risks { get; init; }

    /// <summary>Where they lie.</summary>
    public required RiskHeatMap HeatMap { get; init; }

    /// <summary>What is open.</summary>
    public required IReadOnlyList<RiskPoint> Points { get; init; }

    /// <summary>Draws it up.</summary>
    /// <param name="on">The day.</param>
    /// <param name="method">The method.</param>
    /// <param name="risks">The risks that are in the register.</param>
    /// <param name="treatments">The treatment plan.</param>
    /// <param name="days">How many days ahead an expiring acceptance counts as open.</param>
    public static RiskAssessment Of(
        DateOnly on, RiskMethod method, IReadOnlyList<Risk> risks, IReadOnlyCollection<PlannedTreatment> treatments, int days) => new()
        {
            On = on,
            Method = method,
            Risks = risks,
            HeatMap = RiskHeatMap.Of(method, risks),
            Points = new RiskAttention(method, treatments, on, days).Of(risks),
        };

    /// <summary>Refuses to record an assessment of nothing.</summary>
    public Refusal? AnAssessmentNeedsRisks() => Risks.Count > 0 ? null : Refusal.Of(RefusalKind.RuleBroken, "risk-assessment-empty");

    /// <summary>Refuses to record the residual risks as accepted while some are neither treated nor accepted (clause 6.1.3 f).</summary>
    public Refusal? EveryResidualRiskIsTreatedOrAccepted()
    {
        var open = Points.Where(p => RiskAttention.ForbidsClosing(p.Concern)).ToArray();
        return open.Length == 0
            ? null
            : Refusal.Of(RefusalKind.RuleBroken, "risks-neither-treated-nor-accepted", null, null, open.DistinctBy(p => p.Risk.Id).Count()) with
            {
                Missing = [.. open.Select(p => $"{p.Risk.Id}: {Texts.Get("risk-concern." + p.Concern).En}")],
            };
    }
}
