using System.Text.Json;
using System.Text.Json.Serialization;
using Isms.Organizations;
using Isms.Risks;
using Isms.Text;

namespace Isms.Tests.Risks;

/// <summary>Methods, people and risks for the tests of the risk method.</summary>
internal static class RiskSamples
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Sato is top management, Watanabe the ISMS manager, Suzuki leads sales, Kobayashi is in charge.</summary>
    public static Organization Organization { get; } = Read();

    public static DateOnly Today { get; } = new(2026, 6, 1);

    public static RiskMethod Product(int likelihoods, int impacts, params int[] bands) => new()
    {
        Likelihood = Scale(likelihoods),
        Impact = Scale(impacts),
        Bands = [.. bands.Select((from, i) => new RiskBand($"b{i}", LocalizedText.Same($"b{i}"), "#123abc", from))],
        AcceptanceLine = 0,
        AcceptanceRights = [new AcceptanceRight(RiskApprover.TopManagement)],
    };

    public static RiskMethod Matrix(params int[][] rows) => Product(rows.Length, rows[0].Length, 0) with { Combination = RiskCombination.Matrix, Matrix = rows };

    public static ScaleLevel[] Scale(int levels) =>
        [.. Enumerable.Range(1, levels).Select(i => new ScaleLevel(LocalizedText.Same($"{i}"), LocalizedText.Same($"level {i}")))];

    public static Risk Risk(string id, int? likelihood = null, int? impact = null, int? residualLikelihood = null, int? residualImpact = null) =>
        RiskRules.Levelled(
            RiskMethod.Default,
            new Risk
            {
                Id = id,
                Title = id,
                Department = "sales",
                Owner = "kobayashi",
                Likelihood = likelihood,
                Impact = impact,
                ResidualLikelihood = residualLikelihood,
                ResidualImpact = residualImpact,
            },
            null);

    public static Risk Accepted(this Risk risk, string by, DateOnly? at = null, DateOnly? until = null) => risk with
    {
        AcceptedBy = by,
        AcceptedAt = at ?? Today,
        AcceptanceExpiresAt = until ?? Today.AddMonths(12),
    };

    private static Organization Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IsmsFunctions.sln")))
        {
            folder = folder.Parent!;
        }

        return JsonSerializer.Deserialize<Organization>(File.ReadAllText(Path.Combine(folder.FullName, "scripts", "sample", "isms.json")), Options)!;
    }
}
