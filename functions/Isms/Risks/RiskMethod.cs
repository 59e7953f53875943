using System.Text.Json.Serialization;
using Isms.Text;

namespace Isms.Risks;

/// <summary>
/// How this organisation assesses risks (clause 6.1.2 a): its scales, how they combine to a level, what the levels are called, up to where a risk is accepted
/// without a decision, and who may accept what lies above. Member <c>riskMethod</c> of the organisation's settings.
/// </summary>
public sealed record RiskMethod
{
    /// <summary>The method of an organisation that set none: five by five, the product of both, acceptable up to 6.</summary>
    public static RiskMethod Default { get; } = new();

    /// <summary>Likelihood (起こりやすさ), the lowest first: a risk states the place on the scale, counted from 1.</summary>
    public IReadOnlyList<ScaleLevel> Likelihood { get; init; } = RiskMethodDefaults.Likelihood;

    /// <summary>Impact (影響度), the lowest first: a risk states the place on the scale, counted from 1.</summary>
    public IReadOnlyList<ScaleLevel> Impact { get; init; } = RiskMethodDefaults.Impact;

    /// <summary>Where a risk's impact comes from.</summary>
    public ImpactSource ImpactFrom { get; init; } = ImpactSource.Assessed;

    /// <summary>How likelihood and impact combine.</summary>
    public RiskCombination Combination { get; init; } = RiskCombination.Product;

    /// <summary>For <see cref="RiskCombination.Matrix"/>: a row for each likelihood, in it the level for each impact, both the lowest first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Matrix { get; init; } = [];

    /// <summary>What levels are called, the lowest first: a band reaches from its own first level up to the next band's.</summary>
    public IReadOnlyList<RiskBand> Bands { get; init; } = RiskMethodDefaults.Bands;

    /// <summary>The highest level that needs neither treatment nor acceptance (the risk acceptance criterion, clause 6.1.2 a 1).</summary>
    public int AcceptanceLine { get; init; } = 6;

    /// <summary>Who may accept risks above the line, and up to which level.</summary>
    public IReadOnlyList<AcceptanceRight> AcceptanceRights { get; init; } = RiskMethodDefaults.AcceptanceRights;

    /// <summary>How many months an acceptance lasts at most.</summary>
    public int AcceptanceMonths { get; init; } = 12;

    /// <summary>How many months after its registration a risk is looked at again, unless its entry says otherwise.</summary>
    public int ReviewMonths { get; init; } = 12;

    /// <summary>The highest level there is.</summary>
    [JsonIgnore]
    public int HighestLevel => LevelOf(Likelihood.Count, Impact.Count);

    /// <summary>The level of a risk.</summary>
    /// <param name="likelihood">Its place on the scale of likelihood.</param>
    /// <param name="impact">Its place on the scale of impact.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not on its scale.</exception>
    public int LevelOf(int likelihood, int impact)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(likelihood, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(likelihood, Likelihood.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(impact, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(impact, Impact.Count);
        return Combination == RiskCombination.Product ? likelihood * impact : Matrix[likelihood - 1][impact - 1];
    }

    /// <summary>The band that a level lies in: the last one that begins at or below it.</summary>
    public RiskBand BandOf(int level) => Bands.LastOrDefault(b => b.From <= level) ?? Bands[0];

    /// <summary>Whether a level needs treatment or acceptance.</summary>
    public bool IsAboveTheLine(int level) => level > AcceptanceLine;
}

/// <summary>A place on a scale.</summary>
/// <param name="Title">What it is called, such as 「まれ」.</param>
/// <param name="Meaning">When it is to be chosen, so that two people choose the same.</param>
public sealed record ScaleLevel(LocalizedText Title, LocalizedText Meaning);

/// <summary>Where the impact of a risk comes from.</summary>
public enum ImpactSource
{
    /// <summary>People assess it for each risk.</summary>
    Assessed,

    /// <summary>It is the highest value – confidentiality, integrity or availability – of the assets that the risk concerns.</summary>
    AssetValue,
}

/// <summary>How likelihood and impact combine to a level.</summary>
public enum RiskCombination
{
    /// <summary>Likelihood times impact.</summary>
    Product,

    /// <summary>A table that states the level of each combination.</summary>
    Matrix,
}

/// <summary>A range of levels with a name.</summary>
/// <param name="Id">Short stable id, such as <c>high</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Colour">The colour it is drawn in, <c>#rrggbb</c>.</param>
/// <param name="From">Its lowest level.</param>
public sealed record RiskBand(string Id, LocalizedText Title, string Colour, int From);

/// <summary>Somebody who may accept risks.</summary>
/// <param name="Approver">Who.</param>
/// <param name="UpTo">The highest level they may accept; null for any.</param>
public sealed record AcceptanceRight(RiskApprover Approver, int? UpTo = null);

/// <summary>Whose acceptance counts (clause 6.1.3 f asks for that of risk owners).</summary>
public enum RiskApprover
{
    /// <summary>The owner of the risk (リスク所有者).</summary>
    RiskOwner,

    /// <summary>The lead of the risk's department (部門責任者).</summary>
    DepartmentLead,

    /// <summary>The ISMS manager (情報セキュリティ管理責任者).</summary>
    IsmsManager,

    /// <summary>Top management (トップマネジメント).</summary>
    TopManagement,
}
