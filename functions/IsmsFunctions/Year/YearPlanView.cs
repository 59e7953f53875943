using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Year;

/// <summary>When a duty comes up.</summary>
public sealed record Occurrence(string Item, string? Department, DateOnly OpensOn, DateOnly DueOn);

/// <summary>A duty of a year's plan.</summary>
public sealed record PlannedDuty(
    string Id,
    LocalizedText Title,
    PlanPhase Phase,
    IReadOnlyList<string> Clauses,
    IReadOnlyList<string> Controls,
    Role Responsible,
    Role? Approver,
    Repetition Repeats,
    bool PerDepartment,
    IReadOnlyList<RequiredRecord> Records,
    string? ReasonOfChange,
    IReadOnlyList<Occurrence> Occurrences);

/// <summary>A year's plan as the API shows it, and as it is put on record for machines.</summary>
/// <param name="FiscalYear">The year.</param>
/// <param name="Start">Its first day.</param>
/// <param name="End">Its last day.</param>
/// <param name="IsMade">Whether the plan has been made; otherwise it is what the present settings would give.</param>
/// <param name="Duties">The duties.</param>
/// <param name="Changes">What the organisation changed.</param>
/// <param name="Warnings">Which clauses lose their evidence by that.</param>
public sealed record YearPlanView(
    string FiscalYear,
    DateOnly Start,
    DateOnly End,
    bool IsMade,
    IReadOnlyList<PlannedDuty> Duties,
    IReadOnlyList<PlanChange> Changes,
    IReadOnlyList<PlanWarning> Warnings)
{
    /// <summary>Makes the view.</summary>
    public static YearPlanView Of(YearPlan plan, bool isMade)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new YearPlanView(
            plan.Year.Id, plan.Year.Start, plan.Year.End, isMade, [.. plan.Catalogue.Duties.Select(d => Duty(d, plan))], plan.Changes, plan.Warnings);
    }

    private static PlannedDuty Duty(PlanDuty duty, YearPlan plan) => new(
        duty.Id,
        duty.Title,
        duty.Phase,
        duty.Clauses,
        duty.Controls,
        duty.Responsible,
        duty.Approver,
        duty.Repeats,
        duty.PerDepartment,
        duty.Records,
        duty.ReasonOfChange,
        [.. plan.Items.Where(i => i.Duty == duty.Id).Select(i => new Occurrence(i.Id, i.Department, i.OpensOn, i.DueOn))]);
}
