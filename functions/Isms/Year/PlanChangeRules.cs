using Isms.Rules;

namespace Isms.Year;

/// <summary>Which changes of the yearly duties an organisation may make. Dropping a duty is permitted: <see cref="PlanWarnings"/> says what it costs.</summary>
public static class PlanChangeRules
{
    private const string Field = "planChanges";

    /// <summary>The first rule the changes break, or null.</summary>
    public static Refusal? FirstBrokenRule(IReadOnlyList<PlanChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Select(Itself).FirstOrDefault(r => r is not null)
            ?? ADutyIsChangedOnce(changes)
            ?? changes.Select(c => ItsDuty(c, changes)).FirstOrDefault(r => r is not null)
            ?? EveryItemIdIsUnique(changes);
    }

    private static Refusal? Itself(PlanChange change) =>
        string.IsNullOrWhiteSpace(change.Reason) ? Refusal.Of(RefusalKind.InvalidInput, "plan-change-without-reason", Field, change.Duty, change.Duty)
        : change.Reason.Length > PlanItemRules.LongestText ? Refusal.Of(RefusalKind.InvalidInput, "text-too-long", Field, null, PlanItemRules.LongestText)
        : change.FiscalYear is { } year && !FiscalYear.TryParse(year, 1, out _) ? Refusal.Of(RefusalKind.InvalidInput, "fiscal-year-malformed", Field, year, year)
        : (change.Kind == PlanChangeKind.Add) != (change.Added is not null) || (change.Added is { } added && added.Id != change.Duty)
            ? Refusal.Of(RefusalKind.InvalidInput, "plan-change-added-mismatch", Field, change.Duty, change.Duty)
        : (change.Kind == PlanChangeKind.Move) != (change.FirstMonth is not null || change.LastMonth is not null)
            ? Refusal.Of(RefusalKind.InvalidInput, "plan-change-months-mismatch", Field, change.Duty, change.Duty)
        : null;

    private static Refusal? ADutyIsChangedOnce(IReadOnlyList<PlanChange> changes) =>
        changes.SelectMany((a, i) => changes.Skip(i + 1).Select(b => (a, b)))
            .Where(pair => pair.a.Duty == pair.b.Duty && (pair.a.FiscalYear is null || pair.b.FiscalYear is null || pair.a.FiscalYear == pair.b.FiscalYear))
            .Select(pair => Refusal.Of(RefusalKind.InvalidInput, "plan-change-twice", Field, pair.a.Duty, pair.a.Duty))
            .FirstOrDefault();

    private static Refusal? ItsDuty(PlanChange change, IReadOnlyList<PlanChange> all)
    {
        var standard = PlanCatalogue.Standard.Find(change.Duty);
        if (change.Kind == PlanChangeKind.Add)
        {
            return standard is not null ? Refusal.Of(RefusalKind.InvalidInput, "plan-change-id-taken", Field, change.Duty, change.Duty) : Broken(change.Added!);
        }

        return standard switch
        {
            null => Refusal.Of(
                RefusalKind.InvalidInput, "plan-change-unknown-duty", Field, change.Duty, change.Duty,
                string.Join(", ", PlanCatalogue.Standard.Duties.Where(d => d.Repeats != Repetition.AsNeeded).Select(d => d.Id))),
            { Repeats: Repetition.AsNeeded } => Refusal.Of(RefusalKind.InvalidInput, "plan-change-as-needed", Field, change.Duty, standard.Title),
            _ => Broken(PlanChanges.Apply(PlanCatalogue.Standard, [change], change.FiscalYear ?? "").Find(change.Duty)),
        };
    }

    private static Refusal? Broken(PlanDuty? duty) =>
        duty is not null && PlanCatalogue.BrokenRule(duty) is { } rule
            ? Refusal.Of(RefusalKind.InvalidInput, "plan-change-invalid", Field, duty.Id, duty.Id, rule)
            : null;

    /// <summary>A duty <c>backup-check-sales</c> could take the item id of the department sales' <c>backup-check</c>.</summary>
    private static Refusal? EveryItemIdIsUnique(IReadOnlyList<PlanChange> changes)
    {
        var added = changes.Where(c => c.Kind == PlanChangeKind.Add).Select(c => c.Duty).ToList();
        var others = PlanCatalogue.Standard.Duties.Select(d => d.Id).Concat(added).ToList();
        return added.FirstOrDefault(id => others.Exists(o => id.StartsWith(o + "-", StringComparison.Ordinal) || o.StartsWith(id + "-", StringComparison.Ordinal))) is { } ambiguous
            ? Refusal.Of(RefusalKind.InvalidInput, "plan-change-id-ambiguous", Field, ambiguous, ambiguous)
            : null;
    }
}
