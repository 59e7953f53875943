using Isms.Catalogues;
using Isms.Evidence;

namespace Isms.Registers;

/// <summary>How far an applicable control is put into practice.</summary>
public enum ControlImplementation
{
    /// <summary>Not stated yet.</summary>
    Unknown,

    /// <summary>Not implemented.</summary>
    NotImplemented,

    /// <summary>Implemented in part.</summary>
    Partly,

    /// <summary>Implemented.</summary>
    Implemented,

    /// <summary>The control does not apply.</summary>
    NotApplicable,
}

/// <summary>What the organisation decided about a control: a row of the statement of applicability (clause 6.1.3 d).</summary>
/// <param name="Control">The control, such as <c>5.18</c>.</param>
/// <param name="Applicable">Whether it applies; null while that is to be decided.</param>
/// <param name="Grounds">Why it applies: <c>risk</c>, <c>law</c>, <c>contract</c>, <c>business</c>.</param>
/// <param name="Justification">The justification in words.</param>
/// <param name="Implementation">How far it is implemented.</param>
/// <param name="Owner">Who answers for it; empty while nobody does.</param>
/// <param name="Method">How it is done.</param>
public sealed record ControlDecision(
    string Control, bool? Applicable, IReadOnlyList<string> Grounds, string Justification, ControlImplementation Implementation, string Owner, string Method)
{
    /// <summary>Reads a decision from an entry's canonical values.</summary>
    public static ControlDecision Of(string id, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new ControlDecision(
            id,
            Text(ControlFields.Applicable) switch { "true" => true, "false" => false, _ => null },
            RegisterRules.Items(Text(ControlFields.InclusionReasons)),
            Text(ControlFields.Justification),
            Enum.TryParse<ControlImplementation>(Text(ControlFields.Implementation), ignoreCase: true, out var state) ? state : ControlImplementation.Unknown,
            Text(ControlFields.Owner),
            Text(ControlFields.Method));

        string Text(string field) => values.GetValueOrDefault(field, "");
    }
}

/// <summary>The fields of the register <c>controls</c>, the statement of applicability.</summary>
public static class ControlFields
{
    /// <summary>The register.</summary>
    public const string Register = "controls";

    /// <summary>The control's name; computed.</summary>
    public const string Name = "name";

    /// <summary>Whether it applies.</summary>
    public const string Applicable = "applicable";

    /// <summary>Why it applies.</summary>
    public const string InclusionReasons = "inclusionReasons";

    /// <summary>The justification in words.</summary>
    public const string Justification = "justification";

    /// <summary>How far it is implemented.</summary>
    public const string Implementation = "implementation";

    /// <summary>Who answers for it.</summary>
    public const string Owner = "owner";

    /// <summary>How it is done.</summary>
    public const string Method = "method";

    /// <summary>Which records and collectors show it; computed.</summary>
    public const string Records = "records";

    /// <summary>The newest evidence; filled in when the statement is read or printed.</summary>
    public const string Evidence = "evidence";

    /// <summary>The controls of 2013 that the decision was taken over from.</summary>
    public const string MigratedFrom = "migratedFrom";

    /// <summary>Notes.</summary>
    public const string Notes = "notes";
}

/// <summary>What an auditor would miss in a statement of applicability.</summary>
public enum StatementGap
{
    /// <summary>There is no entry for the control, or it is not decided whether it applies.</summary>
    NotDecided,

    /// <summary>It applies, but nothing says why.</summary>
    InclusionWithoutJustification,

    /// <summary>It applies, but how far it is implemented is not stated.</summary>
    StateNotStated,

    /// <summary>It applies, but nobody answers for it.</summary>
    NoOwner,

    /// <summary>It is implemented at least in part, but it does not say how.</summary>
    MethodNotStated,

    /// <summary>It is implemented at least in part, but no evidence shows it.</summary>
    NoEvidence,
}

/// <summary>A control of the statement of applicability with all that is known about it.</summary>
/// <param name="Control">The control.</param>
/// <param name="Entry">Its entry; null where there is none.</param>
/// <param name="Decision">What was decided; undecided where there is no entry.</param>
/// <param name="Evidence">The newest evidence of each kind, the newest first.</param>
/// <param name="Gaps">What an auditor would miss.</param>
public sealed record StatementRow(
    Control Control, RegisterEntry? Entry, ControlDecision Decision, IReadOnlyList<EvidenceManifest> Evidence, IReadOnlyList<StatementGap> Gaps);

/// <summary>The statement of applicability as a whole.</summary>
public static class StatementOfApplicability
{
    /// <summary>All 93 controls, in the order of the standard.</summary>
    /// <param name="entries">The entries there are.</param>
    /// <param name="evidence">The evidence there is.</param>
    public static IReadOnlyList<StatementRow> Of(IEnumerable<RegisterEntry> entries, NewestEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var byId = ById(entries);
        return [.. Standard.Controls.Select(control =>
        {
            var decision = DecisionOf(control.Id, byId);
            var shown = evidence.For(control.Id);
            return new StatementRow(control, byId.GetValueOrDefault(control.Id), decision, shown, [.. GapsOf(decision, shown.Count > 0)]);
        })];
    }

    /// <summary>The gaps of all 93 controls, in the order of the standard.</summary>
    /// <param name="entries">The entries there are.</param>
    /// <param name="hasEvidence">Whether evidence shows a control.</param>
    public static IReadOnlyList<(string Control, StatementGap Gap)> GapsOf(IEnumerable<RegisterEntry> entries, Func<string, bool> hasEvidence)
    {
        ArgumentNullException.ThrowIfNull(hasEvidence);
        var byId = ById(entries);
        return [.. from control in Standard.Controls
                   from gap in GapsOf(DecisionOf(control.Id, byId), hasEvidence(control.Id))
                   select (control.Id, gap)];
    }

    private static Dictionary<string, RegisterEntry> ById(IEnumerable<RegisterEntry> entries) =>
        entries.Where(e => !e.IsDeleted).ToDictionary(e => e.Id, StringComparer.Ordinal);

    private static ControlDecision DecisionOf(string control, Dictionary<string, RegisterEntry> entries) =>
        ControlDecision.Of(control, entries.GetValueOrDefault(control)?.Values ?? new Dictionary<string, string>());

    private static IEnumerable<StatementGap> GapsOf(ControlDecision decision, bool hasEvidence)
    {
        if (decision.Applicable is not { } applies)
        {
            yield return StatementGap.NotDecided;
            yield break;
        }

        if (!applies)
        {
            yield break;
        }

        if (decision.Grounds.Count == 0 && decision.Justification.Length == 0)
        {
            yield return StatementGap.InclusionWithoutJustification;
        }

        if (decision.Implementation is ControlImplementation.Unknown)
        {
            yield return StatementGap.StateNotStated;
        }

        if (decision.Owner.Length == 0)
        {
            yield return StatementGap.NoOwner;
        }

        if (decision.Implementation is ControlImplementation.Partly or ControlImplementation.Implemented)
        {
            if (decision.Method.Length == 0)
            {
                yield return StatementGap.MethodNotStated;
            }

            if (!hasEvidence)
            {
                yield return StatementGap.NoEvidence;
            }
        }
    }
}
