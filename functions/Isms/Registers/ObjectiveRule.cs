using System.Globalization;
using System.Text.Json;
using Isms.Objectives;

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
        var achievement = (Number("target"), after.GetValueOrDefault("direction")) switch
        {
            ({ } target, "atLeast") => ObjectiveScoring.Judge(measured, target, TargetDirection.AtLeast, Number("tolerance") ?? 0),
            ({ } target, "atMost") => ObjectiveScoring.Judge(measured, target, TargetDirection.AtMost, Number("tolerance") ?? 0),
            _ => Achievement.NotMeasured,
        };
        return new RuleResult(new Dictionary<string, string> { ["achievement"] = JsonNamingPolicy.CamelCase.ConvertName(achievement.ToString()) }, []);

        decimal? Number(string field) => decimal.TryParse(after.GetValueOrDefault(field), CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
