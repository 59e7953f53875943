using Isms.Monitoring;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>What a snapshot of access rights is made of.</summary>
public static class AccessRightsSources
{
    private const string UserFields = "id,displayName,userPrincipalName,accountEnabled,userType,createdDateTime,department,jobTitle,externalUserState";

    /// <summary>The kinds of rows, each after the one it is below.</summary>
    public static IReadOnlyList<RowKind> All { get; } =
    [
        new RowKind(AccessRightsKinds.Users, new GraphCollection("v1.0", $"/users?$select={UserFields},signInActivity&$top=500", PacingScope.SignInActivity))
        {
            Poorer = Directory($"/users?$select={UserFields}&$top=999"),
            Richness = "signInActivity",
        },
        new RowKind(
            AccessRightsKinds.Groups,
            Directory("/groups?$select=id,displayName,groupTypes,securityEnabled,mailEnabled,isAssignableToRole,membershipRule&$top=999")),
        new RowKind(AccessRightsKinds.GroupMembers, Directory("/groups/{0}/members?$select=id,displayName&$top=999")) { Below = AccessRightsKinds.Groups },
        new RowKind(AccessRightsKinds.RoleDefinitions, Directory("/roleManagement/directory/roleDefinitions")),
        new RowKind(AccessRightsKinds.RoleAssignments, Directory("/roleManagement/directory/roleAssignments")),
        new RowKind(AccessRightsKinds.ActiveInstances, Directory("/roleManagement/directory/roleAssignmentScheduleInstances")),
        new RowKind(AccessRightsKinds.EligibleRoles, Directory("/roleManagement/directory/roleEligibilityScheduleInstances")),
        new RowKind(
            AccessRightsKinds.ServicePrincipals,
            Directory("/servicePrincipals?$select=id,appId,displayName,accountEnabled,servicePrincipalType,appOwnerOrganizationId,appRoles,tags&$top=999")),
        new RowKind(AccessRightsKinds.ServicePrincipalOwners, Directory("/servicePrincipals/{0}/owners?$select=id,displayName&$top=999"))
        {
            Below = AccessRightsKinds.ServicePrincipals,
        },
        new RowKind(AccessRightsKinds.AppRoleAssignments, Directory("/servicePrincipals/{0}/appRoleAssignedTo?$top=999"))
        {
            Below = AccessRightsKinds.ServicePrincipals,
        },
        new RowKind(AccessRightsKinds.DelegatedGrants, Directory("/oauth2PermissionGrants?$top=999")),
    ];

    private static GraphCollection Directory(string path) => new("v1.0", path, PacingScope.Directory);
}
