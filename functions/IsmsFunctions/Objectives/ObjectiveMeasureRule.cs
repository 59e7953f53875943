using Isms.Objectives;
using Isms.Registers;

namespace IsmsFunctions.Objectives;

/// <summary>An objective can only be counted by a measure that there is. One that was named before is not held against the entry.</summary>
public sealed class ObjectiveMeasureRule(MeasureCatalogue measures) : IRegisterRule
{
    /// <inheritdoc/>
    public string Register => ObjectiveFields.Register;

    /// <inheritdoc/>
    public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(after);
        var wanted = after.GetValueOrDefault(ObjectiveFields.Measure, "");
        var isKnown = wanted.Length == 0 || wanted == before?[ObjectiveFields.Measure] || measures.Find(wanted) is not null;
        return new RuleResult(
            new Dictionary<string, string>(),
            isKnown ? [] : [FieldError.Of("measure-unknown", ObjectiveFields.Measure, wanted, wanted, string.Join(", ", measures.All.Select(m => m.Id)))]);
    }
}
