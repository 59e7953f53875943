namespace Isms.Risks;

/// <summary>How many risks lie where: a cell for each likelihood and impact, before and after treatment.</summary>
/// <param name="Initial">Before treatment, by likelihood and then impact, both the lowest first.</param>
/// <param name="Remaining">After treatment; a risk whose residual risk was not assessed remains where it was.</param>
/// <param name="NotAssessed">Ids of the risks without likelihood and impact.</param>
public sealed record RiskHeatMap(IReadOnlyList<HeatMapCell> Initial, IReadOnlyList<HeatMapCell> Remaining, IReadOnlyList<string> NotAssessed)
{
    /// <summary>The map of some risks. Levels are those of the method, whatever the entries say.</summary>
    public static RiskHeatMap Of(RiskMethod method, IReadOnlyCollection<Risk> risks)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(risks);
        var initial = risks.ToLookup(r => (r.Likelihood, r.Impact), r => r.Id);
        var remaining = risks.ToLookup(r => r.ResidualLikelihood is null || r.ResidualImpact is null ? (r.Likelihood, r.Impact) : (r.ResidualLikelihood, r.ResidualImpact), r => r.Id);
        return new RiskHeatMap(
            CellsOf(method, initial),
            CellsOf(method, remaining),
            [.. risks.Where(r => !IsOn(method, r)).Select(r => r.Id).Order(StringComparer.Ordinal)]);
    }

    private static HeatMapCell[] CellsOf(RiskMethod method, ILookup<(int?, int?), string> risks) =>
    [
        .. from likelihood in Enumerable.Range(1, method.Likelihood.Count)
           from impact in Enumerable.Range(1, method.Impact.Count)
           let level = method.LevelOf(likelihood, impact)
           let ids = risks[(likelihood, impact)].Order(StringComparer.Ordinal).ToArray()
           select new HeatMapCell(likelihood, impact, level, method.BandOf(level).Id, method.IsAboveTheLine(level), ids.Length, ids),
    ];

    private static bool IsOn(RiskMethod method, Risk risk) =>
        risk is { Likelihood: { } likelihood, Impact: { } impact }
        && likelihood >= 1 && likelihood <= method.Likelihood.Count && impact >= 1 && impact <= method.Impact.Count;
}

/// <summary>A cell of the map.</summary>
/// <param name="Likelihood">Its likelihood.</param>
/// <param name="Impact">Its impact.</param>
/// <param name="Level">The level of both.</param>
/// <param name="Band">The id of the level's band.</param>
/// <param name="AboveTheLine">Whether risks here need treatment or acceptance.</param>
/// <param name="Count">How many risks lie here.</param>
/// <param name="Ids">Their ids.</param>
public sealed record HeatMapCell(int Likelihood, int Impact, int Level, string Band, bool AboveTheLine, int Count, IReadOnlyList<string> Ids);
