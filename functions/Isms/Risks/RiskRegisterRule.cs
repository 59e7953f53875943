using Isms.Registers;
using Isms.Year;

namespace Isms.Risks;

/// <summary>Applies the risk method to every entry of the register <c>risks</c> that is written.</summary>
public sealed class RiskRegisterRule : IRegisterRule
{
    private static readonly string[] AssetValues = ["confidentiality", "integrity", "availability"];

    /// <inheritdoc/>
    public string Register => RiskFields.Register;

    /// <summary>The highest value of the assets; null where none of them states one.</summary>
    public static int? HighestValueOf(IEnumerable<RegisterEntry> assets) =>
        assets.SelectMany(a => AssetValues.Select(field => RiskFields.NumberOf(a[field]))).Max();

    /// <summary>
    /// The register as the organisation's method wants it: values within its scales, and no impact to be entered where that follows from the assets.
    /// </summary>
    public static RegisterDefinition Adapt(RegisterDefinition definition, RiskMethod method)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(method);
        return definition.Name != RiskFields.Register ? definition : definition with { Fields = [.. definition.Fields.Select(f => Adapt(f, method))] };
    }

    /// <inheritdoc/>
    public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(context);
        var risk = Risk.Of(before?.Id ?? "", after);
        var assets = risk.Assets.Select(id => context.Lookup.FindEntry(RiskFields.Assets, id)).OfType<RegisterEntry>();
        var writing = new RiskWriting(
            context.Organization.RiskMethod,
            context.Organization,
            before is null ? null : Risk.Of(before.Id, before.Values),
            risk with { AssetValue = HighestValueOf(assets) },
            context.By,
            OfficeTime.Of(context.Organization.TimeZone).DateAt(context.Now));
        return new RuleResult(RiskRules.Complete(writing).ComputedValues(writing.Method), RiskRules.Check(writing));
    }

    private static FieldDefinition Adapt(FieldDefinition field, RiskMethod method) => field.Name switch
    {
        RiskFields.Likelihood or RiskFields.ResidualLikelihood => field with { Min = 1, Max = method.Likelihood.Count },
        RiskFields.ResidualImpact => field with { Min = 1, Max = method.Impact.Count },
        RiskFields.Impact => field with { Min = 1, Max = method.Impact.Count, IsComputed = method.ImpactFrom == ImpactSource.AssetValue },
        _ => field,
    };
}
