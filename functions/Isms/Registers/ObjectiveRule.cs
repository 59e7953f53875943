using System.Globalization;

namespace Isms.Registers;

/// <summary>Whether an objective is met follows from its newest measurement: the year's result, or else the latest quarter.</summary>
public sealed class ObjectiveRule : IRegisterRule
{
    private static readonly string[] Measurements = ["result", "quarter4", "quarter3", "quarter2", "quarter1"];

    /// <inheritdoc/>
    public string Register => "objectives";

    /// <inheritdoc/>
    public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(after);
        var measured = Measurements.Select(Number).FirstOrDefault(n => n is not null);
        var achievement = (measured, Number("target"), after.GetValueOrDefault("direction")) switch
        {
            ({ } value, { } target, "atLeast") => value >= target ? "met" : "notMet",
            ({ } value, { } target, "atMost") => value <= target ? "met" : "notMet",
            _ => "notMeasured",
        };
        return new RuleResult(new Dictionary<string, string> { ["achievement"] = achievement }, []);

        decimal? Number(string field) => decimal.TryParse(after.GetValueOrDefault(field), CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
