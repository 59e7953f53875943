using Isms.Audits;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using static Isms.CorrectiveActions.ActionConditions;

namespace Isms.CorrectiveActions;

/// <summary>
/// What may happen to a corrective action, and what comes of it. Each method returns the action after the decision, or the refusal; what a workflow does by
/// itself returns the same action when there is nothing to do.
/// </summary>
public static class ActionRules
{
    /// <summary>Reports the correction.</summary>
    public const string Correct = "correction";

    /// <summary>Reports the cause.</summary>
    public const string FindCause = "root-cause";

    /// <summary>Proposes the plan.</summary>
    public const string Plan = "plan";

    /// <summary>Approves the plan.</summary>
    public const string ApprovePlan = "approve-plan";

    /// <summary>Returns the plan.</summary>
    public const string ReturnPlan = "return-plan";

    /// <summary>Reports the implementation.</summary>
    public const string Implement = "implemented";

    /// <summary>Reports whether it worked.</summary>
    public const string CheckEffectiveness = "effectiveness";

    private const string System = "system";

    private static readonly Dictionary<ActionStage, string[]> PossibleCommands = new()
    {
        [ActionStage.Raised] = [],
        [ActionStage.Correction] = [Correct],
        [ActionStage.RootCause] = [FindCause, Plan],
        [ActionStage.PlanApproval] = [ApprovePlan, ReturnPlan],
        [ActionStage.Implementing] = [Implement],
        [ActionStage.EffectivenessCheck] = [CheckEffectiveness],
        [ActionStage.Reopened] = [],
        [ActionStage.Closed] = [],
    };

    /// <summary>All commands that people give.</summary>
    public static IReadOnlyList<string> Commands { get; } = [Correct, FindCause, Plan, ApprovePlan, ReturnPlan, Implement, CheckEffectiveness];

    /// <summary>The commands that a stage permits.</summary>
    public static IReadOnlyList<string> PossibleIn(ActionStage stage) => PossibleCommands[stage];

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(ActionStage stage) => Texts.Get("action.stage." + stage);

    /// <summary>A new corrective action, owned by the lead of the department unless somebody else is named.</summary>
    public static CorrectiveAction IsRaised(
        string id, FiscalYear year, ActionSource source, Nonconformity nonconformity, string owner, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(year);
        return new CorrectiveAction
        {
            Id = id,
            FiscalYear = year.Id,
            StageSince = at,
            Source = source,
            Nonconformity = nonconformity,
            Owner = owner,
            RaisedBy = by,
            RaisedAt = at,
            Log = [new ActionDecision("raise", by, at, ActionStage.Raised)],
        };
    }

    /// <summary>A command is refused where the stage does not permit it, and the refusal lists what is possible; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(CorrectiveAction action, string command)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (PossibleIn(action.Stage).Contains(command))
        {
            return null;
        }

        var refusal = Refusal.Of(
            RefusalKind.IllegalState, "action-command-not-possible", null, action.Stage.ToString(), action.Id, NameOf(action.Stage),
            Texts.Get("action.command." + command));
        return refusal with { Possible = PossibleIn(action.Stage) };
    }

    /// <summary>The workflow has told the owner: the nonconformity is to be corrected.</summary>
    public static CorrectiveAction OwnerIsTold(CorrectiveAction action, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(action);
        return action.Stage == ActionStage.Raised ? Enter(action, ActionStage.Correction, "assign", System, at, ActionSchedule.CorrectionDue(action.Nonconformity, today)) : action;
    }

    /// <summary>The nonconformity is corrected.</summary>
    public static Outcome<CorrectiveAction> NonconformityIsCorrected(CorrectiveAction action, ReportCorrection command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(action, Correct) ?? ActsForTheOwner(action, by) ?? IsSaid(command.Description, "description")) is { } refusal
            ? refusal
            : Enter(action, ActionStage.RootCause, Correct, by, ActionSchedule.RootCauseDue(action.Nonconformity, by.Today)) with
            {
                Correction = new Correction(command.Description, command.Evidence ?? [], by.Person, by.At),
                Rounds = [new ActionRound(1)],
            };
    }

    /// <summary>The cause is found, and it was looked for elsewhere.</summary>
    public static Outcome<CorrectiveAction> CauseIsFound(CorrectiveAction action, ReportRootCause command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(action, FindCause) ?? ActsForTheOwner(action, by) ?? CauseIsReached(command) ?? ElsewhereIsChecked(command, organization)) is { } refusal)
        {
            return refusal;
        }

        var cause = new RootCause(command.Whys, command.Elsewhere!, by.Person, by.At);
        return WithRound(Note(action, FindCause, by), round => round with { RootCause = cause });
    }

    /// <summary>A plan is proposed against the cause.</summary>
    public static Outcome<CorrectiveAction> PlanIsProposed(CorrectiveAction action, ProposePlan command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(action, Plan) ?? ActsForTheOwner(action, by) ?? CauseIsKnown(action) ?? PlanIsSound(command, by, organization)) is { } refusal)
        {
            return refusal;
        }

        var plan = new ActionPlan(command.Steps, command.WaitingDays ?? ActionSchedule.UsualWaitingDays, by.Person, by.At);
        var entered = Enter(action, ActionStage.PlanApproval, Plan, by, ActionSchedule.ApprovalDue(by.Today));
        return WithRound(entered, round => round with { Plan = plan });
    }

    /// <summary>The plan is approved by somebody who neither owns nor proposed it.</summary>
    public static Outcome<CorrectiveAction> PlanIsApproved(CorrectiveAction action, string? comment, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(by);
        if (CommandIsPossible(action, ApprovePlan) is { } refusal)
        {
            return refusal;
        }

        var plan = action.Round.Plan!;
        if (by.Person == action.Owner || by.Person == plan.By)
        {
            return Refusal.Of(RefusalKind.RuleBroken, "action-plan-approved-by-its-author", null, by.Person);
        }

        var entered = Enter(action, ActionStage.Implementing, ApprovePlan, by.Person, by.At, plan.Due, comment);
        return WithRound(entered, round => round with { Approval = new AuditApproval(by.Person, by.At, comment) });
    }

    /// <summary>The plan goes back to the owner, with what is to be changed.</summary>
    public static Outcome<CorrectiveAction> PlanIsReturned(CorrectiveAction action, string? comment, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(action, ReturnPlan) ?? IsSaid(comment, "comment")) is { } refusal
            ? refusal
            : Enter(action, ActionStage.RootCause, ReturnPlan, by.Person, by.At, ActionSchedule.ApprovalDue(by.Today), comment);
    }

    /// <summary>The plan is carried out, and there is evidence of it.</summary>
    public static Outcome<CorrectiveAction> PlanIsImplemented(CorrectiveAction action, ReportImplementation command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(action, Implement) ?? ActsForTheOwner(action, by) ?? IsSaid(command.Note, "note") ?? IsEvidenced(command)) is { } refusal)
        {
            return refusal;
        }

        var implementation = new Implementation(command.Note, command.Evidence!, by.Person, by.At);
        var due = ActionSchedule.EffectivenessDue(by.Today, action.Round.Plan!.WaitingDays);
        return WithRound(Enter(action, ActionStage.EffectivenessCheck, Implement, by, due), round => round with { Implementation = implementation });
    }

    /// <summary>After the waiting period somebody who neither owns nor implemented it says whether it worked; if not, it is reopened.</summary>
    public static Outcome<CorrectiveAction> EffectivenessIsChecked(
        CorrectiveAction action, ReportEffectiveness command, ActingPerson by, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(action, CheckEffectiveness) ?? SomebodyElseChecks(action, by) ?? WaitingPeriodIsOver(action, by, office)
            ?? IsSaid(command.Note, "note")) is { } refusal)
        {
            return refusal;
        }

        var effectiveness = new Effectiveness(command.Effective, command.Note, command.Evidence ?? [], by.Person, by.At);
        var stage = command.Effective ? ActionStage.Closed : ActionStage.Reopened;
        return WithRound(Enter(action, stage, CheckEffectiveness, by.Person, by.At, null), round => round with { Effectiveness = effectiveness });
    }

    /// <summary>The workflow has put the ineffective round on record: the next one starts from the cause.</summary>
    public static CorrectiveAction NextRoundBegins(CorrectiveAction action, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(action);
        return action.Stage == ActionStage.Reopened
            ? Enter(action, ActionStage.RootCause, "next-round", System, at, ActionSchedule.RootCauseDue(today)) with
            {
                Rounds = [.. action.Rounds, new ActionRound(action.Rounds.Count + 1)],
            }
            : action;
    }

    private static CorrectiveAction WithRound(CorrectiveAction action, Func<ActionRound, ActionRound> change) =>
        action with { Rounds = [.. action.Rounds.SkipLast(1), change(action.Round)] };

    private static CorrectiveAction Note(CorrectiveAction action, string what, ActingPerson by) =>
        action with { Log = [.. action.Log, new ActionDecision(what, by.Person, by.At, action.Stage, null, BehalfOf(action, by))] };

    private static CorrectiveAction Enter(CorrectiveAction action, ActionStage stage, string what, ActingPerson by, DateOnly? due) =>
        Enter(action, stage, what, by.Person, by.At, due, null, BehalfOf(action, by));

    private static CorrectiveAction Enter(
        CorrectiveAction action, ActionStage stage, string what, string by, DateTimeOffset at, DateOnly? due, string? comment = null, string? onBehalfOf = null) =>
        action with
        {
            Stage = stage,
            Serial = action.Serial + 1,
            StageSince = at,
            Due = due,
            Log = [.. action.Log, new ActionDecision(what, by, at, stage, comment, onBehalfOf)],
        };

    private static string? BehalfOf(CorrectiveAction action, ActingPerson by) => by.Person == action.Owner ? null : action.Owner;
}
