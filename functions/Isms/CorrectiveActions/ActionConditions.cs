using System.Globalization;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;

namespace Isms.CorrectiveActions;

/// <summary>What has to hold before a step of a corrective action is accepted, each condition named as a sentence; null where it holds.</summary>
internal static class ActionConditions
{
    private const int MostWhys = 10;

    public static Refusal? ActsForTheOwner(CorrectiveAction action, ActingPerson by) =>
        by.Person == action.Owner || by.IsSecretariat ? null : Refusal.Of(RefusalKind.NotAllowed, "not-the-owner-of-this-action", null, by.Person, action.Id, action.Owner);

    public static Refusal? IsSaid(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Of(RefusalKind.InvalidInput, "action-text-missing", field, null, field) : null;

    public static Refusal? CauseIsReached(ReportRootCause command) =>
        command.Whys is not { Count: >= 1 and <= MostWhys } || command.Whys.Any(string.IsNullOrWhiteSpace)
            ? Refusal.Of(RefusalKind.RuleBroken, "action-cause-missing", "whys", null, MostWhys)
            : null;

    public static Refusal? ElsewhereIsChecked(ReportRootCause command, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        if (command.Elsewhere is not { Departments.Count: > 0 } elsewhere || string.IsNullOrWhiteSpace(elsewhere.Result))
        {
            return Refusal.Of(RefusalKind.RuleBroken, "action-elsewhere-not-checked", "elsewhere");
        }

        var known = string.Join(", ", organization.Departments.Select(d => d.Id));
        return elsewhere.Departments.FirstOrDefault(d => organization.FindDepartment(d) is null) is { } unknown
            ? Refusal.Of(RefusalKind.InvalidInput, "unknown-department", "elsewhere.departments", unknown, unknown, known)
            : null;
    }

    public static Refusal? CauseIsKnown(CorrectiveAction action) =>
        action.Round.RootCause is null
            ? Refusal.Of(RefusalKind.IllegalState, "action-plan-before-cause") with { Possible = [ActionRules.FindCause], Missing = ["rootCause"] }
            : null;

    public static Refusal? PlanIsSound(ProposePlan command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        if (command.Steps is null or [])
        {
            return Refusal.Of(RefusalKind.RuleBroken, "action-plan-without-steps", "steps");
        }

        if (command.WaitingDays is { } days and (< ActionSchedule.ShortestWaitingDays or > ActionSchedule.LongestWaitingDays))
        {
            return Refusal.Of(
                RefusalKind.RuleBroken, "action-waiting-period", "waitingDays", days.ToString(CultureInfo.InvariantCulture),
                ActionSchedule.ShortestWaitingDays, ActionSchedule.LongestWaitingDays);
        }

        return command.Steps.Select((step, index) => StepIsSound(step, $"steps[{index}]", by, organization)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? StepIsSound(PlanStep step, string path, ActingPerson by, Organization organization) =>
        IsSaid(step.What, path + ".what")
        ?? (organization.FindPerson(step.Responsible) is null
            ? Refusal.Of(
                RefusalKind.InvalidInput, "unknown-person", path + ".responsible", step.Responsible, step.Responsible,
                string.Join(", ", organization.People.Select(p => p.Id)))
            : step.Due < by.Today ? Refusal.Of(RefusalKind.InvalidInput, "action-step-due-in-the-past", path + ".due", null, step.Due, by.Today) : null);

    public static Refusal? IsEvidenced(ReportImplementation command) =>
        command.Evidence is null or [] ? Refusal.Of(RefusalKind.RuleBroken, "action-without-evidence", "evidence") with { Missing = ["evidence"] } : null;

    public static Refusal? SomebodyElseChecks(CorrectiveAction action, ActingPerson by) =>
        by.Person == action.Owner || by.Person == action.Round.Implementation!.By
            ? Refusal.Of(RefusalKind.RuleBroken, "action-checked-by-its-owner", null, by.Person)
            : null;

    public static Refusal? WaitingPeriodIsOver(CorrectiveAction action, ActingPerson by, OfficeTime office)
    {
        var from = ActionSchedule.EffectivenessFrom(action, office);
        return by.Today < from
            ? Refusal.Of(RefusalKind.IllegalState, "action-checked-too-early", null, null, from, action.Round.Plan!.WaitingDays) with { Possible = ActionRules.PossibleIn(action.Stage) }
            : null;
    }
}
