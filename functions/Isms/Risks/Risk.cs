using System.Globalization;
using Isms.Registers;

namespace Isms.Risks;

/// <summary>What is to be done about a risk (clause 6.1.3 a).</summary>
public enum RiskTreatment
{
    /// <summary>Give up what brings the risk (回避).</summary>
    Avoid,

    /// <summary>Lower its likelihood or impact by controls (低減).</summary>
    Reduce,

    /// <summary>Share it with others, by contract or insurance (移転).</summary>
    Transfer,

    /// <summary>Bear it knowingly (保有).</summary>
    Retain,
}

/// <summary>A risk as the method sees it: the fields of an entry of the register <c>risks</c> that levels and decisions hang on.</summary>
public sealed record Risk
{
    /// <summary>The entry's id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public string Title { get; init; } = "";

    /// <summary>The department's id; empty where none is stated.</summary>
    public string Department { get; init; } = "";

    /// <summary>The risk owner's person id; empty where none is stated.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Ids of the assets it concerns.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];

    /// <summary>The highest value – confidentiality, integrity or availability – of those assets; null where none is stated.</summary>
    public int? AssetValue { get; init; }

    /// <summary>Controls that concern it.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Likelihood before treatment.</summary>
    public int? Likelihood { get; init; }

    /// <summary>Impact before treatment.</summary>
    public int? Impact { get; init; }

    /// <summary>Level before treatment (リスクレベル).</summary>
    public int? Level { get; init; }

    /// <summary>Likelihood after treatment.</summary>
    public int? ResidualLikelihood { get; init; }

    /// <summary>Impact after treatment.</summary>
    public int? ResidualImpact { get; init; }

    /// <summary>Level after treatment (残留リスクレベル).</summary>
    public int? ResidualLevel { get; init; }

    /// <summary>What is to be done about it; null while undecided.</summary>
    public RiskTreatment? Treatment { get; init; }

    /// <summary>The person who accepted it; empty while nobody has.</summary>
    public string AcceptedBy { get; init; } = "";

    /// <summary>The day it was accepted.</summary>
    public DateOnly? AcceptedAt { get; init; }

    /// <summary>The last day on which the acceptance holds.</summary>
    public DateOnly? AcceptanceExpiresAt { get; init; }

    /// <summary>The day on which it is looked at again, where its entry says so.</summary>
    public DateOnly? ReviewDate { get; init; }

    /// <summary>The day on which it was registered; null where that does not matter.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The level that remains: after treatment where that was assessed, before it otherwise.</summary>
    public int? RemainingLevel => ResidualLevel ?? Level;

    /// <summary>Whether an acceptance is entered, valid or not.</summary>
    public bool HasAcceptance => AcceptedBy.Length > 0 || AcceptedAt is not null || AcceptanceExpiresAt is not null;

    /// <summary>Whether the remaining risk is accepted on a day.</summary>
    public bool IsAcceptedOn(DateOnly day) => AcceptedBy.Length > 0 && AcceptedAt <= day && AcceptanceExpiresAt >= day;

    /// <summary>Reads a risk from an entry's canonical values; what cannot be meant counts as absent, since the register's rules report it.</summary>
    /// <param name="id">The entry's id.</param>
    /// <param name="values">Its values.</param>
    /// <param name="titleField">The field that names it.</param>
    public static Risk Of(string id, IReadOnlyDictionary<string, string> values, string titleField = "name")
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Risk
        {
            Id = id,
            Title = Text(titleField),
            Department = Text(RiskFields.Department),
            Owner = Text(RiskFields.Owner),
            Assets = List(RiskFields.Assets),
            Controls = List(RiskFields.Controls),
            Likelihood = Number(RiskFields.Likelihood),
            Impact = Number(RiskFields.Impact),
            Level = Number(RiskFields.Level),
            ResidualLikelihood = Number(RiskFields.ResidualLikelihood),
            ResidualImpact = Number(RiskFields.ResidualImpact),
            ResidualLevel = Number(RiskFields.ResidualLevel),
            Treatment = Enum.TryParse<RiskTreatment>(Text(RiskFields.Treatment), ignoreCase: true, out var treatment) ? treatment : null,
            AcceptedBy = Text(RiskFields.AcceptedBy),
            AcceptedAt = RiskFields.DateOf(Text(RiskFields.AcceptedAt)),
            AcceptanceExpiresAt = RiskFields.DateOf(Text(RiskFields.AcceptanceExpiresAt)),
            ReviewDate = RiskFields.DateOf(Text(RiskFields.ReviewDate)),
        };

        string Text(string field) => values.GetValueOrDefault(field) ?? "";
        int? Number(string field) => RiskFields.NumberOf(Text(field));
        string[] List(string field) => [.. RegisterRules.Items(Text(field))];
    }

    /// <summary>The values that the app computes, as an entry holds them; an empty one means that there is none.</summary>
    /// <param name="method">The method: it says whether the impact is one of them.</param>
    public IReadOnlyDictionary<string, string> ComputedValues(RiskMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var values = new Dictionary<string, string>
        {
            [RiskFields.Level] = RiskFields.TextOf(Level),
            [RiskFields.ResidualLevel] = RiskFields.TextOf(ResidualLevel),
            [RiskFields.AcceptedBy] = AcceptedBy,
            [RiskFields.AcceptedAt] = RiskFields.TextOf(AcceptedAt),
            [RiskFields.AcceptanceExpiresAt] = RiskFields.TextOf(AcceptanceExpiresAt),
        };
        if (method.ImpactFrom == ImpactSource.AssetValue)
        {
            values.Add(RiskFields.Impact, RiskFields.TextOf(Impact));
        }

        return values;
    }
}

/// <summary>The fields of the registers that the risk method reads and writes, and their canonical texts.</summary>
public static class RiskFields
{
    /// <summary>The register of risks.</summary>
    public const string Register = "risks";

    /// <summary>Person id of the risk owner.</summary>
    public const string Owner = "owner";

    /// <summary>Department.</summary>
    public const string Department = "department";

    /// <summary>Assets it concerns.</summary>
    public const string Assets = "assets";

    /// <summary>Controls that concern it.</summary>
    public const string Controls = "controls";

    /// <summary>Threat (脅威).</summary>
    public const string Threat = "threat";

    /// <summary>Vulnerability (脆弱性).</summary>
    public const string Vulnerability = "vulnerability";

    /// <summary>Likelihood before treatment.</summary>
    public const string Likelihood = "likelihood";

    /// <summary>Impact before treatment.</summary>
    public const string Impact = "impact";

    /// <summary>Level before treatment; computed.</summary>
    public const string Level = "level";

    /// <summary>Likelihood after treatment.</summary>
    public const string ResidualLikelihood = "residualLikelihood";

    /// <summary>Impact after treatment.</summary>
    public const string ResidualImpact = "residualImpact";

    /// <summary>Level after treatment; computed.</summary>
    public const string ResidualLevel = "residualLevel";

    /// <summary>Kind of treatment.</summary>
    public const string Treatment = "treatment";

    /// <summary>Who accepted.</summary>
    public const string AcceptedBy = "acceptedBy";

    /// <summary>When it was accepted.</summary>
    public const string AcceptedAt = "acceptedAt";

    /// <summary>Until when the acceptance holds.</summary>
    public const string AcceptanceExpiresAt = "acceptanceExpiresAt";

    /// <summary>When it is looked at again.</summary>
    public const string ReviewDate = "reviewDate";

    /// <summary>Where it was noticed.</summary>
    public const string Source = "source";

    /// <summary>When it was noticed.</summary>
    public const string IdentifiedAt = "identifiedAt";

    /// <summary>Evidence of what was noticed.</summary>
    public const string Evidence = "evidence";

    /// <summary>Remarks.</summary>
    public const string Notes = "notes";

    /// <summary>The number, or null.</summary>
    public static int? NumberOf(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The date, or null.</summary>
    public static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>The canonical text of a number.</summary>
    public static string TextOf(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>The canonical text of a treatment.</summary>
    public static string TextOf(RiskTreatment treatment) => treatment switch
    {
        RiskTreatment.Avoid => "avoid",
        RiskTreatment.Reduce => "reduce",
        RiskTreatment.Transfer => "transfer",
        _ => "retain",
    };

    /// <summary>The canonical text of a date.</summary>
    public static string TextOf(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
