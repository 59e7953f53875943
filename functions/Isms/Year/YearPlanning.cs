using System.Globalization;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Year;

/// <summary>Makes a year's plan out of the catalogue: repetitions, departments, windows and due dates.</summary>
public static class YearPlanning
{
    /// <summary>The actor of what the system does by itself.</summary>
    public const string System = "system";

    /// <summary>The year's plan items, in the order of the catalogue.</summary>
    /// <param name="year">The year.</param>
    /// <param name="organization">Whose year it is: departments and days off.</param>
    /// <param name="catalogue">The duties.</param>
    /// <param name="at">When the plan is made.</param>
    public static IReadOnlyList<PlanItem> Plan(FiscalYear year, Organization organization, PlanCatalogue catalogue, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(catalogue);
        var days = WorkingDays.Of(organization);
        var items =
            from duty in catalogue.Duties
            from slot in SlotsOf(duty)
            from department in duty.PerDepartment ? organization.Departments : [null!]
            select Make(duty, slot, department, year, days, at);
        return [.. items];
    }

    /// <summary>The items of the year before that were still open at its end, as items of this year: due by the end of its first month.</summary>
    public static IReadOnlyList<PlanItem> CarryInto(FiscalYear year, IEnumerable<PlanItem> before, Organization organization, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(before);
        var due = WorkingDays.Of(organization).DueDate(year.LastDayOf(1), year);
        return
        [
            .. before.Where(i => i.State == PlanItemState.CarriedOver).Select(i =>
            {
                var origin = i.CarriedFrom ?? new CarriedFrom(i.FiscalYear, i.InstanceId);
                return i with
                {
                    Id = i.CarriedFrom is null ? $"{i.Id}-from-{i.FiscalYear}" : i.Id,
                    FiscalYear = year.Id,
                    State = PlanItemState.Scheduled,
                    OpensOn = year.Start,
                    DueOn = due,
                    CarriedFrom = origin,
                    WorkId = null,
                    Turn = null,
                    Filed = [],
                    Log = [.. i.Log, new PlanItemEntry(at, System, PlanItemAct.Planned, Due: due)],
                };
            }),
        ];
    }

    private static PlanItem Make(PlanDuty duty, Slot slot, Department? department, FiscalYear year, WorkingDays days, DateTimeOffset at)
    {
        var due = days.DueDate(year.LastDayOf(slot.LastMonth), year);
        return new PlanItem
        {
            Id = duty.Id + slot.Suffix + (department is null ? "" : "-" + department.Id),
            FiscalYear = year.Id,
            Duty = duty.Id,
            Title = TitleOf(duty, slot, department, year),
            Phase = duty.Phase,
            Clauses = duty.Clauses,
            Controls = duty.Controls,
            Department = department?.Id,
            Responsible = duty.Responsible,
            Approver = duty.Approver,
            Records = duty.Records,
            Supporting = duty.Supporting,
            Work = duty.Work,
            StartsNextYear = duty.StartsNextYear,
            OpensOn = year.FirstDayOf(slot.FirstMonth),
            DueOn = due,
            Log = [new PlanItemEntry(at, System, PlanItemAct.Planned, Comment: duty.ReasonOfChange, Due: due)],
        };
    }

    private static IEnumerable<Slot> SlotsOf(PlanDuty duty)
    {
        switch (duty.Repeats)
        {
            case Repetition.Once:
                yield return new Slot(duty.FirstMonth, duty.LastMonth, "");
                break;
            case Repetition.Monthly:
                for (var month = duty.FirstMonth; month <= duty.LastMonth; month++)
                {
                    yield return new Slot(month, month, string.Create(CultureInfo.InvariantCulture, $"-m{month:00}"));
                }

                break;
            case Repetition.Quarterly:
                for (var month = duty.FirstMonth; month <= duty.LastMonth; month += 3)
                {
                    yield return new Slot(month, month + 2, string.Create(CultureInfo.InvariantCulture, $"-q{(month + 2) / 3}"));
                }

                break;
        }
    }

    private static LocalizedText TitleOf(PlanDuty duty, Slot slot, Department? department, FiscalYear year)
    {
        var time = duty.Repeats switch
        {
            Repetition.Monthly => MonthName(year.FirstDayOf(slot.FirstMonth)),
            Repetition.Quarterly => new LocalizedText($"第{(slot.LastMonth + 2) / 3}四半期", $"Q{(slot.LastMonth + 2) / 3}"),
            _ => null,
        };
        LocalizedText?[] parts = [time, department?.Name];
        var given = parts.OfType<LocalizedText>().ToList();
        return given.Count == 0
            ? duty.Title
            : new LocalizedText(
                $"{duty.Title.Ja}({string.Join("・", given.Select(p => p.Ja))})", $"{duty.Title.En} ({string.Join(", ", given.Select(p => p.En))})");
    }

    private static LocalizedText MonthName(DateOnly month) => new(
        month.ToString("M月", CultureInfo.GetCultureInfo("ja-JP")), month.ToString("MMMM", CultureInfo.GetCultureInfo("en-US")));

    /// <summary>One occurrence of a duty: its months, and what tells its id from the others'.</summary>
    private sealed record Slot(int FirstMonth, int LastMonth, string Suffix);
}
