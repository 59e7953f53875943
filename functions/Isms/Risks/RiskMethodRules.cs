using System.Globalization;
using Isms.Rules;

namespace Isms.Risks;

/// <summary>What must hold of a risk method, so that repeated assessments give consistent, valid and comparable results (clause 6.1.2 b).</summary>
public static class RiskMethodRules
{
    private const int FewestLevels = 2;
    private const int MostLevels = 10;
    private const int MostMonths = 60;

    /// <summary>The first rule the method breaks, or null. Fields are named as in the organisation's settings.</summary>
    public static Refusal? FirstBrokenRule(RiskMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return ScaleHasSeveralLevels("riskMethod.likelihood", method.Likelihood)
            ?? ScaleHasSeveralLevels("riskMethod.impact", method.Impact)
            ?? MatrixCoversBothScales(method)
            ?? HigherLikelihoodOrImpactNeverLowersTheLevel(method)
            ?? EveryLevelHasExactlyOneBand(method)
            ?? BandsHaveIdsAndColours(method)
            ?? AcceptanceLineIsALevel(method)
            ?? SomebodyMayAcceptEveryLevel(method)
            ?? PeriodIsReasonable("riskMethod.acceptanceMonths", method.AcceptanceMonths)
            ?? PeriodIsReasonable("riskMethod.reviewMonths", method.ReviewMonths);
    }

    private static Refusal? ScaleHasSeveralLevels(string field, IReadOnlyList<ScaleLevel> scale) =>
        scale.Count is >= FewestLevels and <= MostLevels ? null : Invalid("risk-scale-levels", field, scale.Count);

    private static Refusal? MatrixCoversBothScales(RiskMethod m)
    {
        if (m.Combination != RiskCombination.Matrix)
        {
            return m.Matrix.Count == 0 ? null : Invalid("risk-matrix-unused", "riskMethod.matrix", m.Matrix.Count);
        }

        return m.Matrix.Count == m.Likelihood.Count && m.Matrix.All(row => row.Count == m.Impact.Count && row.All(level => level >= 0))
            ? null
            : Invalid("risk-matrix-incomplete", "riskMethod.matrix", m.Matrix.Count, m.Likelihood.Count, m.Impact.Count);
    }

    private static Refusal? HigherLikelihoodOrImpactNeverLowersTheLevel(RiskMethod m)
    {
        for (var likelihood = 1; likelihood <= m.Likelihood.Count; likelihood++)
        {
            for (var impact = 1; impact <= m.Impact.Count; impact++)
            {
                var level = m.LevelOf(likelihood, impact);
                if ((likelihood > 1 && m.LevelOf(likelihood - 1, impact) > level) || (impact > 1 && m.LevelOf(likelihood, impact - 1) > level))
                {
                    return Invalid("risk-matrix-falls", $"riskMethod.matrix[{likelihood - 1}][{impact - 1}]", level);
                }
            }
        }

        return null;
    }

    private static Refusal? EveryLevelHasExactlyOneBand(RiskMethod m)
    {
        if (m.Bands.Count == 0 || m.Bands[0].From > m.LevelOf(1, 1))
        {
            return Invalid("risk-bands-begin-too-high", "riskMethod.bands", m.Bands.Count == 0 ? 0 : m.Bands[0].From, m.LevelOf(1, 1));
        }

        for (var i = 1; i < m.Bands.Count; i++)
        {
            if (m.Bands[i].From <= m.Bands[i - 1].From || m.Bands[i].From > m.HighestLevel)
            {
                return Invalid("risk-bands-not-ascending", $"riskMethod.bands[{i}].from", m.Bands[i].From, m.HighestLevel);
            }
        }

        return null;
    }

    private static Refusal? BandsHaveIdsAndColours(RiskMethod m)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < m.Bands.Count; i++)
        {
            var band = m.Bands[i];
            if (band.Id.Length is 0 or > 40 || !band.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || !ids.Add(band.Id))
            {
                return Refusal.Of(RefusalKind.InvalidInput, "id-not-unique-or-plain", $"riskMethod.bands[{i}].id", band.Id, band.Id);
            }

            if (band.Colour.Length != 7 || band.Colour[0] != '#' || !band.Colour.Skip(1).All(char.IsAsciiHexDigit))
            {
                return Refusal.Of(RefusalKind.InvalidInput, "risk-colour-malformed", $"riskMethod.bands[{i}].colour", band.Colour, band.Colour);
            }
        }

        return null;
    }

    private static Refusal? AcceptanceLineIsALevel(RiskMethod m) =>
        m.AcceptanceLine >= 0 && m.AcceptanceLine <= m.HighestLevel
            ? null
            : Invalid("risk-acceptance-line", "riskMethod.acceptanceLine", m.AcceptanceLine, m.HighestLevel);

    private static Refusal? SomebodyMayAcceptEveryLevel(RiskMethod m) =>
        m.AcceptanceRights.Any(r => r.UpTo is null || r.UpTo >= m.HighestLevel)
            ? null
            : Invalid("risk-level-nobody-accepts", "riskMethod.acceptanceRights", m.HighestLevel);

    private static Refusal? PeriodIsReasonable(string field, int months) =>
        months is >= 1 and <= MostMonths ? null : Invalid("risk-period", field, months, MostMonths);

    private static Refusal Invalid(string code, string field, int value, params ReadOnlySpan<object?> further) =>
        Refusal.Of(RefusalKind.InvalidInput, code, field, value.ToString(CultureInfo.InvariantCulture), [value, .. further]);
}
