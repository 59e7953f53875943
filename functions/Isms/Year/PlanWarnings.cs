using Isms.Catalogues;
using Isms.Text;

namespace Isms.Year;

/// <summary>What a year's plan will not be able to show because of a change.</summary>
/// <param name="Duty">The duty that is dropped.</param>
/// <param name="Clauses">The clauses that lose their evidence altogether.</param>
/// <param name="Controls">The controls of Annex A that do.</param>
/// <param name="Text">The warning for people.</param>
public sealed record PlanWarning(string Duty, IReadOnlyList<string> Clauses, IReadOnlyList<string> Controls, LocalizedText Text);

/// <summary>Warns of what dropped duties cost. It never forbids: the organisation decides, and answers for it.</summary>
public static class PlanWarnings
{
    /// <summary>The warnings about a year.</summary>
    /// <param name="standard">The product's catalogue.</param>
    /// <param name="changes">What the organisation changes.</param>
    /// <param name="fiscalYear">The year.</param>
    public static IReadOnlyList<PlanWarning> Of(PlanCatalogue standard, IReadOnlyList<PlanChange> changes, string fiscalYear)
    {
        ArgumentNullException.ThrowIfNull(standard);
        ArgumentNullException.ThrowIfNull(changes);
        var left = PlanChanges.Apply(standard, changes, fiscalYear).Duties;
        return
        [
            .. changes.Where(c => c.Kind == PlanChangeKind.Drop && c.HoldsFor(fiscalYear))
                .Select(c => (Change: c, Duty: standard.Find(c.Duty))).Where(c => c.Duty is not null)
                .SelectMany(c => OfDropped(c.Duty!, c.Change, left)),
        ];
    }

    private static IEnumerable<PlanWarning> OfDropped(PlanDuty duty, PlanChange change, IReadOnlyList<PlanDuty> left)
    {
        string[] clauses = [.. duty.Clauses.Where(c => !left.Any(d => d.Clauses.Any(other => Shows(other, c))))];
        string[] controls = [.. duty.Controls.Where(c => !left.Any(d => d.Controls.Contains(c)))];
        var others = left.Where(d => d.Clauses.Intersect(duty.Clauses).Any() || d.Controls.Intersect(duty.Controls).Any()).Select(d => d.Title);
        yield return new PlanWarning(duty.Id, clauses, controls, clauses is [] && controls is []
            ? Texts.Get("plan-warning.dropped-shared", duty.Title, PlanItemTexts.Requirements(duty.Clauses, duty.Controls), Texts.Join(others), change.Reason)
            : Texts.Get("plan-warning.dropped-alone", duty.Title, PlanItemTexts.Requirements(clauses, controls), change.Reason));
        if (duty.StartsNextYear)
        {
            yield return new PlanWarning(duty.Id, [], [], Texts.Get("plan-warning.no-next-year", duty.Title));
        }
    }

    /// <summary>Whether what shows one number also shows another: the same, or a heading above it.</summary>
    private static bool Shows(string number, string wanted) => number == wanted || Standard.ClausesUnder(number).Contains(wanted);
}
