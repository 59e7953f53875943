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
        return new RuleResult(RiskRules.Complete(writing).ComputedValues(), RiskRules.Check(writing));
    }
}
