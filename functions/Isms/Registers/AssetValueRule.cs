using System.Globalization;

namespace Isms.Registers;

/// <summary>An asset is worth as much as the highest of its confidentiality, integrity and availability.</summary>
public sealed class AssetValueRule : IRegisterRule
{
    private static readonly string[] Properties = ["confidentiality", "integrity", "availability"];

    /// <inheritdoc/>
    public string Register => "assets";

    /// <inheritdoc/>
    public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(after);
        var highest = Properties.Select(p => int.TryParse(after.GetValueOrDefault(p), CultureInfo.InvariantCulture, out var value) ? value : (int?)null).Max();
        return new RuleResult(new Dictionary<string, string> { ["value"] = highest?.ToString(CultureInfo.InvariantCulture) ?? "" }, []);
    }
}
