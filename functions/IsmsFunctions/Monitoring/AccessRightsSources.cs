using Isms.Monitoring;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>What a snapshot of access rights is made of.</summary>
public static class AccessRightsSources
{
    private const string UserFields = "id,displayName,userPrincipalName,accountEnabled,userType,createdDateTime,department,jobTitle,externalUserState";

    private static readonly string[] GroupMember = ["GroupMember.Read.All"];
    private static readonly string[] Roles = ["RoleManagement.Read.Directory"];
    private static readonly string[] Application = ["Application.Read.All"];

    /// <summary>The kinds of rows, each after the one it is below.</summary>
    public static IReadOnlyList<RowKind> All { get; } =
    [
        new RowKind(AccessRightsKinds.Users, new GraphCollection("v1.0", $"/users?$select={UserFields},signInActivity&$top=500", PacingScope.SignInActivity))
        {
            Poorer = Directory($"/users?$select={UserFields}&$top=999"),
            Richness = "signInActivity",
            Permissions = ["User.Read.All", "AuditLog.Read.All"],
            Licence = "Entra ID P1",
        },
        new RowKind(
            AccessRightsKinds.Groups,
            Directory("/groups?$select=id,displayName,groupTypes,securityEnabled,mailEnabled,isAssignableToRole,membershipRule&$top=999"))
        {
            Permissions = GroupMember,
        },
        new RowKind(AccessRightsKinds.GroupMembers, Directory("/groups/{0}/members?$select=id,displayName&$top=999"))
        {
            Below = AccessRightsKinds.Groups,
            Permissions = GroupMember,
        },
        new RowKind(AccessRightsKinds.RoleDefinitions, Directory("/roleManagement/directory/roleDefinitions")) { Permissions = Roles },
        new RowKind(AccessRightsKinds.RoleAssignments, Directory("/roleManagement/directory/roleAssignments")) { Permissions = Roles },
        new RowKind(AccessRightsKinds.ActiveInstances, Directory("/roleManagement/directory/roleAssignmentScheduleInstances"))
        {
            Permissions = ["RoleAssignmentSchedule.Read.Directory"],
            Licence = "Entra ID P2",
        },
        new RowKind(AccessRightsKinds.EligibleRoles, Directory("/roleManagement/directory/roleEligibilityScheduleInstances"))
        {
            Permissions = ["RoleEligibilitySchedule.Read.Directory"],
            Licence = "Entra ID P2",
        },
        new RowKind(
            AccessRightsKinds.ServicePrincipals,
            Directory("/servicePrincipals?$select=id,appId,displayName,accountEnabled,servicePrincipalType,appOwnerOrganizationId,appRoles,tags&$top=999"))
        {
            Permissions = Application,
        },
        new RowKind(AccessRightsKinds.ServicePrincipalOwners, Directory("/servicePrincipals/{0}/owners?$select=id,displayName&$top=999"))
        {
            Below = AccessRightsKinds.ServicePrincipals,
            Permissions = Application,
        },
        new RowKind(AccessRightsKinds.AppRoleAssignments, Directory("/servicePrincipals/{0}/appRoleAssignedTo?$top=999"))
        {
            Below = AccessRightsKinds.ServicePrincipals,
            Permissions = Application,
        },
        new RowKind(AccessRightsKinds.DelegatedGrants, Directory("/oauth2PermissionGrants?$top=999")) { Permissions = ["Directory.Read.All"] },
    ];

    private static GraphCollection Directory(string path) => new("v1.0", path, PacingScope.Directory);
}
