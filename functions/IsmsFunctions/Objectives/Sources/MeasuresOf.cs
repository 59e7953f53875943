using Isms.Objectives;
using Isms.Text;

namespace IsmsFunctions.Objectives.Sources;

/// <summary>Makes measures whose titles follow from their ids.</summary>
internal static class MeasuresOf
{
    /// <summary>A share in percent of which more is better.</summary>
    public static Measure Share(string id, string clause, params string[] controls) => new(
        id, Texts.Get($"measure.{id}.title"), Texts.Get("unit.percent"), TargetDirection.AtLeast, [clause], controls);

    /// <summary>A number of things of which fewer are better.</summary>
    public static Measure Count(string id, string clause, params string[] controls) =>
        new(id, Texts.Get($"measure.{id}.title"), Texts.Get("unit.items"), TargetDirection.AtMost, [clause], controls) { CountsExceptions = true };
}
