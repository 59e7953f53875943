using Isms.Text;

namespace Isms.Audits;

/// <summary>What the registers know that audits are planned by: the statement of applicability and the risks.</summary>
/// <param name="ExcludedControls">Controls that the statement of applicability excludes.</param>
/// <param name="Risks">The risks above the line of acceptance, the highest first.</param>
public sealed record AuditFocus(IReadOnlyList<string> ExcludedControls, IReadOnlyList<RiskInFocus> Risks)
{
    /// <summary>Nothing is excluded, and no risk is known.</summary>
    public static AuditFocus None { get; } = new([], []);
}

/// <summary>A risk that an audit looks at.</summary>
/// <param name="Id">Its id in the register.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Department">The department's id; empty where none is stated.</param>
/// <param name="Level">The level that remains.</param>
/// <param name="Treatment">What was decided about it; null while undecided.</param>
/// <param name="Controls">Controls that treat it.</param>
public sealed record RiskInFocus(string Id, string Title, string Department, int Level, LocalizedText? Treatment, IReadOnlyList<string> Controls);

/// <summary>A corrective action that should be further than it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Clause">The clause it concerns.</param>
/// <param name="Control">The control it concerns.</param>
/// <param name="Fact">The nonconformity.</param>
/// <param name="Stage">The step it waits for.</param>
/// <param name="Due">When that step was due.</param>
public sealed record OverdueAction(string Id, string Department, string? Clause, string? Control, string Fact, LocalizedText Stage, DateOnly Due);
