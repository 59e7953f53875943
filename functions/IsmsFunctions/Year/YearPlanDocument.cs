using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Year;

/// <summary>The printed plan of a year (年間計画書).</summary>
public static class YearPlanDocument
{
    /// <summary>The document.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="number">Its document number.</param>
    /// <param name="date">The day it is written.</param>
    /// <param name="organization">Whose plan it is.</param>
    public static PrintedDocument Of(YearPlan plan, string number, DateOnly date, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(organization);
        return new PrintedDocument
        {
            Title = Texts.Get("annual-plan.title", PlanItemTexts.NameOfYear(plan.Year.Id)),
            Organization = organization.Name,
            Number = number,
            Version = "1",
            Date = date,
            IsLandscape = true,
            Approvals = [new Approval(Texts.Get("document.prepared"), null, null), new Approval(Texts.Get("document.approved"), null, null)],
            Blocks =
            [
                new Facts(
                [
                    new(Texts.Get("year-summary.period"), Texts.Get("completion.window-value", plan.Year.Start, plan.Year.End)),
                    new(Texts.Get("annual-plan.items"), LocalizedText.Same(plan.Items.Count.ToString(CultureInfo.InvariantCulture))),
                    new(Texts.Get("annual-plan.departments"), Texts.Join(organization.Departments.Select(d => d.Name))),
                ]),
                .. Changes(plan),
                new Heading(Texts.Get("annual-plan.duties")),
                new Table(
                    [
                        new(Texts.Get("annual-plan.phase"), 9), new(Texts.Get("completion.item"), 27), new(Texts.Get("completion.requirements"), 19),
                        new(Texts.Get("annual-plan.when"), 26), new(Texts.Get("annual-plan.by"), 19),
                    ],
                    [.. plan.Catalogue.Duties.Select(d => Row(d, plan))]),
            ],
        };
    }

    private static IEnumerable<Block> Changes(YearPlan plan)
    {
        if (plan.Changes.Count == 0)
        {
            yield break;
        }

        yield return new Heading(Texts.Get("annual-plan.changes"));
        yield return new Table(
            [new(Texts.Get("annual-plan.change"), 12), new(Texts.Get("completion.item"), 34), new(Texts.Get("annual-plan.reason"))],
            [.. plan.Changes.Select(c => (IReadOnlyList<LocalizedText>)
            [
                Texts.Get("plan-change." + c.Kind),
                (PlanCatalogue.Standard.Find(c.Duty) ?? c.Added)?.Title ?? LocalizedText.Same(c.Duty),
                LocalizedText.Same(c.Reason),
            ])]);
        if (plan.Warnings.Count > 0)
        {
            yield return new Bullets([.. plan.Warnings.Select(w => w.Text)]);
        }
    }

    private static LocalizedText[] Row(PlanDuty duty, YearPlan plan) =>
    [
        PlanItemTexts.NameOf(duty.Phase),
        duty.PerDepartment ? Texts.Get("annual-plan.per-department", duty.Title) : duty.Title,
        PlanItemTexts.Requirements(duty.Clauses, duty.Controls),
        When(duty, [.. plan.Items.Where(i => i.Duty == duty.Id)]),
        duty.Approver is { } approver
            ? Texts.Get("annual-plan.by-and-approver", OrganizationTexts.NameOf(duty.Responsible), OrganizationTexts.NameOf(approver))
            : OrganizationTexts.NameOf(duty.Responsible),
    ];

    private static LocalizedText When(PlanDuty duty, List<PlanItem> items)
    {
        if (items.Count == 0)
        {
            return Texts.Get("annual-plan.as-needed");
        }

        var window = Texts.Get("completion.window-value", items.Min(i => i.OpensOn), items.Max(i => i.DueOn));
        return duty.Repeats switch
        {
            Repetition.Monthly => Texts.Get("annual-plan.monthly", window),
            Repetition.Quarterly => Texts.Get("annual-plan.quarterly", window),
            _ => window,
        };
    }
}
