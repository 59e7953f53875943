using Isms.Text;

namespace Isms.Registers;

/// <summary>A row of a statement of applicability of the 2013 edition.</summary>
/// <param name="Number">The line of the file, for errors.</param>
/// <param name="Control">The number as written, such as <c>A.9.2.5</c>.</param>
/// <param name="Applicable">Whether it applied; null where that was not stated.</param>
/// <param name="Justification">Why it was included or excluded.</param>
/// <param name="Implementation">How far it was implemented.</param>
public sealed record StatementRow2013(int Number, string Control, bool? Applicable, string Justification, ControlImplementation Implementation);

/// <summary>The decisions of 2013 that went into one control of 2022 contradict each other.</summary>
/// <param name="Control">The control of 2022.</param>
/// <param name="Sources">The controls of 2013.</param>
/// <param name="Field">What they disagree about: <c>applicable</c> or <c>implementation</c>.</param>
/// <param name="Explanation">Who says what, and what is proposed.</param>
public sealed record MigrationConflict(string Control, IReadOnlyList<string> Sources, string Field, LocalizedText Explanation);

/// <summary>What a control of 2022 is proposed to be.</summary>
/// <param name="Decision">The proposed decision.</param>
/// <param name="Sources">The controls of 2013 it was taken over from; several were merged, none means that the control is new.</param>
/// <param name="Notes">What a person should look at; empty where there is nothing.</param>
public sealed record MigratedControl(ControlDecision Decision, IReadOnlyList<string> Sources, IReadOnlyList<LocalizedText> Notes);

/// <summary>What became of a statement of applicability of 2013.</summary>
/// <param name="Controls">All 93 controls, in the order of the standard.</param>
/// <param name="Conflicts">Where merged rows contradict each other.</param>
/// <param name="ToDecide">Controls nobody has decided about yet: the new ones, and those whose rows were left open or are missing.</param>
/// <param name="Missing">Controls of 2013 that the old statement does not mention.</param>
/// <param name="Errors">Rows that cannot be read; nothing may be applied while there are any.</param>
public sealed record StatementMigration(
    IReadOnlyList<MigratedControl> Controls,
    IReadOnlyList<MigrationConflict> Conflicts,
    IReadOnlyList<string> ToDecide,
    IReadOnlyList<string> Missing,
    IReadOnlyList<FieldError> Errors)
{
    /// <summary>Controls of 2022 that several rows were merged into.</summary>
    public IEnumerable<MigratedControl> Merged => Controls.Where(c => c.Sources.Count > 1);
}
