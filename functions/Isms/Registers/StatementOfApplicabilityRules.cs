using System.Globalization;
using Isms.Catalogues;
using Isms.Evidence;

namespace Isms.Registers;

/// <summary>What must hold of every decision of the statement of applicability (clause 6.1.3 d), and what the app fills in.</summary>
public sealed class StatementOfApplicabilityRules : IRegisterRule
{
    /// <inheritdoc/>
    public string Register => ControlFields.Register;

    /// <inheritdoc/>
    public RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = before?.Id ?? context.Id;
        return new RuleResult(Computed(id, CultureInfo.GetCultureInfo(context.Organization.Culture)), Check(ControlDecision.Of(id, after)));
    }

    /// <summary>The rules that a decision breaks.</summary>
    public static IReadOnlyList<FieldError> Check(ControlDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        FieldError?[] broken =
        [
            EntryIsAControlOfAnnexA(decision),
            ExclusionNeedsAJustification(decision),
            ExcludedControlHasNoGroundsForInclusion(decision),
            ExcludedControlIsNotImplemented(decision),
            ApplicableControlHasAStateOfItsOwn(decision),
        ];
        return [.. broken.OfType<FieldError>()];
    }

    private static Dictionary<string, string> Computed(string control, CultureInfo culture)
    {
        if (Standard.FindControl(control) is not { } known)
        {
            return [];
        }

        var rule = ControlEvidence.Find(control)!;
        return new Dictionary<string, string>
        {
            [ControlFields.Name] = known.Title.In(culture),
            [ControlFields.Records] = string.Join(RegisterRules.ListSeparator, rule.Records.Concat(rule.Collectors).Distinct(StringComparer.Ordinal)),
        };
    }

    private static FieldError? EntryIsAControlOfAnnexA(ControlDecision decision) =>
        AnnexA.ControlOf(decision.Control) == decision.Control ? null
            : FieldError.Of("statement-control-unknown", RegisterTables.IdColumn, decision.Control, decision.Control);

    private static FieldError? ExclusionNeedsAJustification(ControlDecision decision) =>
        decision is { Applicable: false, Justification.Length: 0 }
            ? FieldError.Of("statement-exclusion-unjustified", ControlFields.Justification, "", decision.Control)
            : null;

    private static FieldError? ExcludedControlHasNoGroundsForInclusion(ControlDecision decision) =>
        decision is { Applicable: false, Grounds.Count: > 0 }
            ? FieldError.Of("statement-exclusion-with-grounds", ControlFields.InclusionReasons, string.Join(RegisterRules.ListSeparator, decision.Grounds), decision.Control)
            : null;

    private static FieldError? ExcludedControlIsNotImplemented(ControlDecision decision) =>
        decision is { Applicable: false, Implementation: not (ControlImplementation.NotApplicable or ControlImplementation.Unknown) }
            ? FieldError.Of("statement-exclusion-implemented", ControlFields.Implementation, StatementTexts.ValueOf(decision.Implementation), decision.Control)
            : null;

    private static FieldError? ApplicableControlHasAStateOfItsOwn(ControlDecision decision) =>
        decision is { Applicable: true, Implementation: ControlImplementation.NotApplicable }
            ? FieldError.Of("statement-inclusion-without-state", ControlFields.Implementation, StatementTexts.ValueOf(decision.Implementation), decision.Control)
            : null;
}
