using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Hosting.Identity;

namespace IsmsFunctions.Year;

/// <summary>
/// Which roles of the management system a caller acts in: those that the organisation's settings give the person. For somebody who is not in the settings,
/// those that the app roles stand for. Whoever acts for somebody at present acts in that person's roles as well.
/// </summary>
public static class ActingRoles
{
    /// <summary>The caller's part.</summary>
    public static Acting Of(Actor actor, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(organization);
        return new Acting(actor.PersonId, organization.FindPerson(actor.PersonId)?.Roles ?? [.. actor.Roles.SelectMany(RolesOf)])
        {
            Delegated = [.. DelegatedTo(actor.PersonId, organization)],
        };
    }

    private static IEnumerable<DelegatedRole> DelegatedTo(string personId, Organization organization) =>
        from delegation in organization.Delegations
        where delegation.To == personId
        from role in organization.FindPerson(delegation.From)?.Roles ?? []
        where delegation.Role is null || delegation.Role == role
        select new DelegatedRole(role, delegation.From);

    private static IEnumerable<Role> RolesOf(string appRole) => appRole switch
    {
        AppRoles.TopManagement => [Role.TopManagement],
        AppRoles.Manager => [Role.IsmsManager],
        AppRoles.Secretariat => [Role.Secretariat],
        AppRoles.Auditor => [Role.InternalAuditor],
        AppRoles.Admin => [Role.SystemAdministrator],
        _ => [],
    };
}
