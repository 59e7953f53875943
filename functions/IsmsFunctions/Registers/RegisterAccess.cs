using Isms.Organizations;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Hosting.Identity;

namespace IsmsFunctions.Registers;

/// <summary>
/// What one person may do with entries, on top of <see cref="AccessTable"/>: the ISMS manager, the secretariat and persons in charge keep the registers; a department
/// lead keeps the entries of the department where the register knows departments. See docs/decisions/0051.
/// </summary>
public sealed class RegisterAccess
{
    private readonly bool keepsAll;
    private readonly bool seesAll;
    private readonly HashSet<string> departments;

    private RegisterAccess(bool keepsAll, bool seesAll, HashSet<string> departments) => (this.keepsAll, this.seesAll, this.departments) = (keepsAll, seesAll, departments);

    /// <summary>Whether the person keeps whole registers.</summary>
    public bool KeepsAll => keepsAll;

    /// <summary>What this person may do.</summary>
    public static RegisterAccess Of(Actor actor, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(organization);
        var isOwner = actor.HasAny([AppRoles.Owner]);
        var keepsAll = actor.HasAny([AppRoles.Manager, AppRoles.Secretariat])
            || (isOwner && organization.FindPerson(actor.PersonId)?.Roles.Contains(Role.PersonInCharge) == true);
        var led = isOwner ? organization.Departments.Where(d => d.LeadId == actor.PersonId).Select(d => d.Id) : [];
        return new RegisterAccess(keepsAll, keepsAll || actor.HasAny([AppRoles.TopManagement]), led.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The fields of a register that the person does not see in every entry.</summary>
    public IReadOnlySet<string> Hidden(RegisterDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return seesAll ? new HashSet<string>() : definition.Fields.Where(f => f.IsSensitive).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The fields of an entry that the person does not see.</summary>
    public IReadOnlySet<string> Hidden(RegisterDefinition definition, IReadOnlyDictionary<string, string> values) =>
        IsOfMyDepartment(definition, values) ? new HashSet<string>() : Hidden(definition);

    /// <summary>Why the person may not make an entry of these values, or change one that has them; null when they may.</summary>
    public Refusal? MayNotKeep(RegisterDefinition definition, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return keepsAll || IsOfMyDepartment(definition, values)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "register-not-yours", definition.DepartmentField is { } field ? "values." + field : null, null, definition.Title);
    }

    private bool IsOfMyDepartment(RegisterDefinition definition, IReadOnlyDictionary<string, string> values) =>
        definition.DepartmentField is { } field && departments.Contains(values.GetValueOrDefault(field, ""));
}
