using Isms.Audits;
using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.CorrectiveActions;

/// <summary>Whom a corrective action writes to, and what.</summary>
public static class ActionLetters
{
    /// <summary>What is written when the action enters its present stage; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(CorrectiveAction action, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(organization);
        return action.Stage switch
        {
            ActionStage.Raised => Write("raised", action, organization, [action.Owner]),
            ActionStage.RootCause when action.Log[^1].What == ActionRules.ReturnPlan => Write("plan-returned", action, organization, [action.Owner]),
            ActionStage.PlanApproval => Write("approve-plan", action, organization, Approvers(action, organization)),
            ActionStage.Implementing => Write("implement", action, organization, [action.Owner]),
            ActionStage.Reopened => Write("reopened", action, organization, [action.Owner, .. People(organization, Role.IsmsManager)]),
            ActionStage.Closed => Write("closed", action, organization, [action.Owner, .. People(organization, Role.IsmsManager)]),
            _ => [],
        };
    }

    /// <summary>What is written at a moment around the present step's due date.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, CorrectiveAction action, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(organization);
        var recipients = moment.Kind switch
        {
            DeadlineKind.EscalatedToManager => People(organization, Role.IsmsManager),
            DeadlineKind.EscalatedToTopManagement => People(organization, Role.TopManagement),
            _ => action.Stage switch
            {
                ActionStage.PlanApproval => Approvers(action, organization),
                ActionStage.EffectivenessCheck => Checkers(action, organization),
                _ => [action.Owner],
            },
        };
        return [.. Write(moment.Kind.ToString(), action, organization, recipients, moment.Days).Select(l => l with { Key = moment.Key, Delivery = moment.Delivery })];
    }

    private static IReadOnlyList<Letter> Write(
        string key, CorrectiveAction action, Organization organization, IEnumerable<string> recipients, int days = 0)
    {
        var names = new AuditNames(organization);
        var nonconformity = action.Nonconformity;
        object due = action.Due is { } day ? day : action.Stage == ActionStage.Raised ? ActionSchedule.CorrectionDue(RaisedOn(action, organization)) : "";
        var step = ActionRules.NameOf(action.Stage == ActionStage.Raised ? ActionStage.Correction : action.Stage);
        object?[] arguments = [action.Id, step, due, days, names.Department(nonconformity.Department), names.Person(action.Owner), action.Log[^1].Comment ?? ""];
        var facts = Texts.Get(
            "action-letter.facts", action.Id, names.Department(nonconformity.Department), names.Person(action.Owner), nonconformity.Requirement, nonconformity.Fact, step, due);
        return Letter.ToEach(
            key, Texts.Get($"action-letter.{key}.subject", arguments), Texts.Get($"action-letter.{key}.body", arguments), facts, recipients, organization);
    }

    private static DateOnly RaisedOn(CorrectiveAction action, Organization organization) => OfficeTime.Of(organization.TimeZone).DateAt(action.RaisedAt);

    /// <summary>The ISMS manager, or top management where the manager owns the action.</summary>
    private static IEnumerable<string> Approvers(CorrectiveAction action, Organization organization) =>
        People(organization, Role.IsmsManager).Where(p => p != action.Owner).DefaultIfEmpty(People(organization, Role.TopManagement).FirstOrDefault() ?? "");

    /// <summary>The auditor who found it, else the secretariat: somebody other than the owner.</summary>
    private static IEnumerable<string> Checkers(CorrectiveAction action, Organization organization) =>
        organization.FindPerson(action.RaisedBy) is { } raiser && raiser.Id != action.Owner
            ? [raiser.Id]
            : People(organization, Role.Secretariat).Where(p => p != action.Owner);

    private static IEnumerable<string> People(Organization organization, Role role) => organization.InRole(role).Select(p => p.Id);
}
