using Isms.Catalogues;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;

namespace Isms.CorrectiveActions;

/// <summary>Checks what a corrective action is raised about.</summary>
public static class ActionRaising
{
    /// <summary>The nonconformity and its owner, or the rule that the command breaks.</summary>
    public static Outcome<(Nonconformity Nonconformity, string Owner)> Check(RaiseAction command, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(organization);
        if (organization.FindDepartment(command.Department) is not { } department)
        {
            var known = string.Join(", ", organization.Departments.Select(d => d.Id));
            return Refusal.Of(RefusalKind.InvalidInput, "unknown-department", "department", command.Department, command.Department, known);
        }

        var owner = command.Owner ?? department.LeadId;
        var control = command.Control?.StartsWith("A.", StringComparison.Ordinal) == true ? command.Control[2..] : command.Control;
        var broken = Said(command.Requirement, "requirement") ?? Said(command.Fact, "fact")
            ?? ClauseIsKnown(command.Clause) ?? ControlIsKnown(control) ?? OwnerIsKnown(owner, organization);
        return broken is not null
            ? broken
            : (new Nonconformity(
                department.Id, LocalizedText.Same(command.Requirement), command.Fact, command.Evidence ?? [], command.Clause, control, null, command.Urgency), owner);
    }

    private static Refusal? Said(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Of(RefusalKind.RuleBroken, "action-text-missing", field, null, field) with { Missing = [field] } : null;

    private static Refusal? ClauseIsKnown(string? clause) =>
        clause is not null && Standard.FindClause(clause) is null ? Refusal.Of(RefusalKind.InvalidInput, "unknown-clauses", "clause", clause, clause) : null;

    private static Refusal? ControlIsKnown(string? control) =>
        control is not null && Standard.FindControl(control) is null ? Refusal.Of(RefusalKind.InvalidInput, "unknown-controls", "control", control, control) : null;

    private static Refusal? OwnerIsKnown(string owner, Organization organization) =>
        organization.FindPerson(owner) is null
            ? Refusal.Of(RefusalKind.InvalidInput, "unknown-person", "owner", owner, owner, string.Join(", ", organization.People.Select(p => p.Id)))
            : null;
}
