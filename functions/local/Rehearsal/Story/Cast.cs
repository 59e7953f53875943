using Isms.Organizations;

namespace Rehearsal.Story;

/// <summary>Finds the persona header of whoever holds a role in the rehearsed organisation.</summary>
internal sealed class Cast(Organization organization)
{
    public const string Secretariat = "secretariat";
    public const string Manager = "manager";
    public const string TopManagement = "topManagement";

    public Organization Organization => organization;

    public IReadOnlyList<string> DepartmentIds { get; } = [.. organization.Departments.Select(d => d.Id)];

    /// <summary>The persona of a person: of the part that lets them do their own tasks.</summary>
    public string Of(string person) => organization.FindPerson(person)!.Roles switch
    {
        var roles when roles.Contains(Role.DepartmentLead) || roles.Contains(Role.PersonInCharge) => "owner:" + person,
        var roles when roles.Contains(Role.Secretariat) => "secretariat:" + person,
        var roles when roles.Contains(Role.IsmsManager) => "manager:" + person,
        var roles when roles.Contains(Role.SystemAdministrator) => "admin:" + person,
        var roles when roles.Contains(Role.TopManagement) => "topManagement:" + person,
        _ => "auditor:" + person,
    };

    /// <summary>The persona that answers for a role; for a department lead, the lead of <paramref name="department"/>.</summary>
    public string Of(string role, string? department) => Enum.Parse<Role>(role, ignoreCase: true) switch
    {
        Role.TopManagement => TopManagement,
        Role.IsmsManager => Manager,
        Role.Secretariat => Secretariat,
        Role.SystemAdministrator => "admin",
        Role.InternalAuditor => "auditor",
        Role.DepartmentLead when department is not null => "owner:" + organization.FindDepartment(department)!.LeadId,
        var held => "owner:" + organization.InRole(held).First().Id,
    };
}
