using System.Text.Json;
using System.Text.Json.Serialization;
using Isms.Risks;
using Isms.Text;

namespace Isms.Tests.Risks;

public sealed class RiskMethodTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    [Fact]
    public void The_default_method_breaks_no_rule() => Assert.Null(RiskMethodRules.FirstBrokenRule(RiskMethod.Default));

    [Fact]
    public void A_higher_likelihood_or_impact_never_lowers_the_level_and_every_cell_has_exactly_one_band()
    {
        foreach (var method in Methods())
        {
            Assert.Null(RiskMethodRules.FirstBrokenRule(method));
            for (var likelihood = 1; likelihood <= method.Likelihood.Count; likelihood++)
            {
                for (var impact = 1; impact <= method.Impact.Count; impact++)
                {
                    var level = method.LevelOf(likelihood, impact);
                    Assert.True(likelihood == 1 || method.LevelOf(likelihood - 1, impact) <= level);
                    Assert.True(impact == 1 || method.LevelOf(likelihood, impact - 1) <= level);
                    Assert.InRange(level, method.LevelOf(1, 1), method.HighestLevel);
                    var containing = method.Bands.Where((band, i) => band.From <= level && (i + 1 == method.Bands.Count || level < method.Bands[i + 1].From));
                    Assert.Equal(method.BandOf(level), Assert.Single(containing));
                }
            }
        }
    }

    [Fact]
    public void A_matrix_that_falls_anywhere_is_refused_and_one_that_does_not_is_accepted()
    {
        // All matrices of two by three cells with levels 0 to 2: 729 of them.
        for (var code = 0; code < 729; code++)
        {
            var cells = Enumerable.Range(0, 6).Select(i => code / (int)Math.Pow(3, i) % 3).ToArray();
            var method = RiskSamples.Matrix(cells[..3], cells[3..]);
            var falls = cells[1] < cells[0] || cells[2] < cells[1] || cells[4] < cells[3] || cells[5] < cells[4]
                || cells[3] < cells[0] || cells[4] < cells[1] || cells[5] < cells[2];
            Assert.Equal(falls ? "risk-matrix-falls" : null, RiskMethodRules.FirstBrokenRule(method)?.Code);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(6, 1)]
    [InlineData(1, 6)]
    [InlineData(-1, 1)]
    public void A_value_beside_its_scale_has_no_level(int likelihood, int impact) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RiskMethod.Default.LevelOf(likelihood, impact));

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void A_scale_has_two_to_ten_levels(int levels) =>
        AssertRefused(RiskMethod.Default with { Impact = RiskSamples.Scale(levels) }, "risk-scale-levels", "riskMethod.impact");

    [Fact]
    public void A_matrix_is_given_only_where_it_is_used() =>
        AssertRefused(RiskMethod.Default with { Matrix = [[1]] }, "risk-matrix-unused", "riskMethod.matrix");

    [Fact]
    public void A_matrix_covers_both_scales()
    {
        AssertRefused(RiskSamples.Matrix([1, 2], [2, 3]) with { Matrix = [[1, 2]] }, "risk-matrix-incomplete", "riskMethod.matrix");
        AssertRefused(RiskSamples.Matrix([1, 2], [2, 3]) with { Matrix = [[1, 2], [2]] }, "risk-matrix-incomplete", "riskMethod.matrix");
        AssertRefused(RiskSamples.Matrix([-1, 2], [2, 3]), "risk-matrix-incomplete", "riskMethod.matrix");
    }

    [Fact]
    public void The_lowest_level_has_a_band()
    {
        AssertRefused(RiskSamples.Product(3, 3, 2, 4), "risk-bands-begin-too-high", "riskMethod.bands");
        AssertRefused(RiskSamples.Product(3, 3), "risk-bands-begin-too-high", "riskMethod.bands");
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 10)]
    public void Bands_ascend_within_the_levels(int second, int third) =>
        Assert.Equal("risk-bands-not-ascending", RiskMethodRules.FirstBrokenRule(RiskSamples.Product(3, 3, 1, second, third))?.Code);

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("1234567")]
    public void A_colour_is_written_in_six_hexadecimal_digits(string colour) =>
        AssertRefused(RiskMethod.Default with { Bands = [new RiskBand("all", LocalizedText.Same("all"), colour, 1)] }, "risk-colour-malformed", "riskMethod.bands[0].colour");

    [Fact]
    public void Two_bands_cannot_share_an_id() => AssertRefused(
        RiskMethod.Default with { Bands = [.. RiskMethod.Default.Bands.Select(b => b with { Id = "same" })] }, "id-not-unique-or-plain", "riskMethod.bands[1].id");

    [Theory]
    [InlineData(-1)]
    [InlineData(26)]
    public void The_acceptance_line_is_a_level(int line) =>
        AssertRefused(RiskMethod.Default with { AcceptanceLine = line }, "risk-acceptance-line", "riskMethod.acceptanceLine");

    [Fact]
    public void Somebody_may_accept_every_level()
    {
        AssertRefused(RiskMethod.Default with { AcceptanceRights = [] }, "risk-level-nobody-accepts", "riskMethod.acceptanceRights");
        AssertRefused(
            RiskMethod.Default with { AcceptanceRights = [new AcceptanceRight(RiskApprover.TopManagement, 24)] }, "risk-level-nobody-accepts", "riskMethod.acceptanceRights");
        Assert.Null(RiskMethodRules.FirstBrokenRule(RiskMethod.Default with { AcceptanceRights = [new AcceptanceRight(RiskApprover.TopManagement, 25)] }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void An_acceptance_lasts_a_reasonable_time(int months)
    {
        AssertRefused(RiskMethod.Default with { AcceptanceMonths = months }, "risk-period", "riskMethod.acceptanceMonths");
        AssertRefused(RiskMethod.Default with { ReviewMonths = months }, "risk-period", "riskMethod.reviewMonths");
    }

    [Fact]
    public void The_method_survives_the_settings_file()
    {
        foreach (var method in Methods().Append(RiskMethod.Default))
        {
            var json = JsonSerializer.Serialize(method, Options);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<RiskMethod>(json, Options), Options));
        }
    }

    [Fact]
    public void A_settings_file_states_only_what_differs_from_the_default()
    {
        var method = JsonSerializer.Deserialize<RiskMethod>("""{ "acceptanceLine": 9, "impactFrom": "assetValue" }""", Options)!;
        Assert.Equal(RiskMethod.Default with { AcceptanceLine = 9, ImpactFrom = ImpactSource.AssetValue }, method);
    }

    /// <summary>Products and rising matrices of every size, with bands at random places; the seed makes them the same in every run.</summary>
    private static IEnumerable<RiskMethod> Methods()
    {
        var random = new Random(20260401);
        for (var likelihoods = 2; likelihoods <= 10; likelihoods++)
        {
            for (var impacts = 2; impacts <= 10; impacts++)
            {
                yield return RiskSamples.Product(likelihoods, impacts, 1, 1 + (likelihoods * impacts / 2));
                var rows = new int[likelihoods][];
                for (var l = 0; l < likelihoods; l++)
                {
                    rows[l] = new int[impacts];
                    for (var i = 0; i < impacts; i++)
                    {
                        rows[l][i] = Math.Max(l > 0 ? rows[l - 1][i] : 0, i > 0 ? rows[l][i - 1] : 0) + random.Next(3);
                    }
                }

                var highest = rows[^1][^1];
                var froms = Enumerable.Range(rows[0][0] + 1, Math.Max(0, highest - rows[0][0])).Where(_ => random.Next(3) == 0).Take(6);
                yield return RiskSamples.Matrix(rows) with { Bands = RiskSamples.Product(2, 2, [rows[0][0], .. froms]).Bands };
            }
        }
    }

    private static void AssertRefused(RiskMethod method, string code, string field)
    {
        var refusal = RiskMethodRules.FirstBrokenRule(method);
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }
}
