using Isms.Monitoring.Snapshots;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>The collectors of snapshots about people and what they may do.</summary>
public static class SnapshotSources
{
    private const string P1 = "Entra ID P1";
    private const string P2 = "Entra ID P2";
    private const string UserFields = "id,displayName,givenName,surname,userPrincipalName,accountEnabled,userType,createdDateTime,department,jobTitle,"
        + "employeeLeaveDateTime,externalUserState,assignedLicenses,onPremisesSyncEnabled";

    /// <summary>All of them, ordered by the collectors' names.</summary>
    public static IReadOnlyList<SnapshotSource> All { get; } =
    [
        AccessReviews(), Accounts(), Applications(), Authentication(), .. OperationSources.All.Where(s => string.CompareOrdinal(s.Collector.Name, "policies") < 0),
        Policies(), .. OperationSources.All.Where(s => string.CompareOrdinal(s.Collector.Name, "policies") > 0),
    ];

    /// <summary>The source of a collector.</summary>
    public static SnapshotSource Of(string collector) => All.First(s => s.Collector.Name == collector);

    /// <summary>A question that directory objects answer.</summary>
    internal static RowKind Kind(string name, string path, string permission, PacingScope scope = PacingScope.Directory) =>
        new(name, new GraphCollection("v1.0", path, scope)) { Permissions = [permission] };

    /// <summary>A question whose answer is one object.</summary>
    internal static RowKind Single(string name, string path, string permission) =>
        new(name, new GraphCollection("v1.0", path, PacingScope.Directory) { IsSingle = true }) { Permissions = [permission] };

    /// <summary>Settings are compared as a whole, but for when they were changed.</summary>
    internal static RowTracking Settings(string name = "displayName") =>
        new(name, Except: ["createdDateTime", "modifiedDateTime", "lastModifiedDateTime", "version", "templateId"]);

    private static SnapshotSource Accounts() => new(
        CollectorCatalogue.Accounts, "account-list", ["9.1"], ["5.16", "6.5"],
        [
            new RowKind(
                AccountsAnalysis.Users,
                new GraphCollection("v1.0", $"/users?$select={UserFields},signInActivity&$expand=manager($select=id,displayName)&$top=500", PacingScope.SignInActivity))
            {
                Poorer = new GraphCollection("v1.0", $"/users?$select={UserFields}&$expand=manager($select=id,displayName)&$top=999", PacingScope.Directory),
                Richness = "signInActivity",
                Permissions = ["User.Read.All", "AuditLog.Read.All"],
                Licence = P1,
            },
        ],
        context => new AccountsAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking>
        {
            [AccountsAnalysis.Users] = new("userPrincipalName", ["accountEnabled", "userType", "department", "jobTitle", "manager.id", "assignedLicenses", "userPrincipalName"]),
        },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [AccountsAnalysis.Users] =
                ["displayName", "userPrincipalName", "userType", "accountEnabled", "department", "jobTitle", "manager.displayName", "createdDateTime", "signInActivity.lastSignInDateTime"],
        },
    };

    private static SnapshotSource Policies() => new(
        CollectorCatalogue.Policies, "policy-settings", ["9.1"], ["8.9", "8.5"],
        [
            Kind(PoliciesAnalysis.ConditionalAccess, "/identity/conditionalAccess/policies", "Policy.Read.All", PacingScope.Protection) with { Licence = P1 },
            Kind(PoliciesAnalysis.NamedLocations, "/identity/conditionalAccess/namedLocations", "Policy.Read.All", PacingScope.Protection) with { Licence = P1 },
            Single(PoliciesAnalysis.SecurityDefaults, "/policies/identitySecurityDefaultsEnforcementPolicy", "Policy.Read.All"),
            Single(PoliciesAnalysis.Authorization, "/policies/authorizationPolicy", "Policy.Read.All"),
        ],
        context => new PoliciesAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking>
        {
            [PoliciesAnalysis.ConditionalAccess] = Settings(),
            [PoliciesAnalysis.NamedLocations] = Settings(),
            [PoliciesAnalysis.SecurityDefaults] = Settings(),
            [PoliciesAnalysis.Authorization] = Settings(),
        },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [PoliciesAnalysis.ConditionalAccess] =
            [
                "displayName", "state", "conditions.users.includeUsers", "conditions.users.excludeUsers", "conditions.applications.includeApplications", "conditions.clientAppTypes",
                "grantControls.builtInControls", "modifiedDateTime",
            ],
            [PoliciesAnalysis.NamedLocations] = ["displayName", "isTrusted", "countriesAndRegions", "modifiedDateTime"],
        },
    };

    private static SnapshotSource Authentication() => new(
        CollectorCatalogue.Authentication, "authentication-settings", ["9.1"], ["5.17", "8.5"],
        [
            Kind(AuthenticationAnalysis.Registrations, "/reports/authenticationMethods/userRegistrationDetails?$top=999", "AuditLog.Read.All", PacingScope.AuditLogs) with { Licence = P1 },
            Single(AuthenticationAnalysis.MethodsPolicy, "/policies/authenticationMethodsPolicy", "Policy.Read.All"),
            Kind(AuthenticationAnalysis.Settings, "/groupSettings", "Directory.Read.All"),
            Kind(AuthenticationAnalysis.Domains, "/domains", "Directory.Read.All"),
        ],
        context => new AuthenticationAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking>
        {
            [AuthenticationAnalysis.Registrations] = new("userPrincipalName", ["isMfaCapable", "isPasswordlessCapable", "isAdmin"]),
            [AuthenticationAnalysis.MethodsPolicy] = Settings(),
            [AuthenticationAnalysis.Settings] = Settings(),
            [AuthenticationAnalysis.Domains] = Settings("id"),
        },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [AuthenticationAnalysis.Registrations] = ["userDisplayName", "userPrincipalName", "userType", "isAdmin", "isMfaCapable", "isPasswordlessCapable", "methodsRegistered"],
            [AuthenticationAnalysis.Domains] = ["id", "isDefault", "authenticationType", "passwordValidityPeriodInDays"],
        },
    };

    private static SnapshotSource Applications() => new(
        CollectorCatalogue.Applications, "application-list", ["9.1"], ["5.17", "5.23"],
        [
            Kind(
                ApplicationsAnalysis.Applications,
                "/applications?$select=id,appId,displayName,createdDateTime,signInAudience,requiredResourceAccess,passwordCredentials,keyCredentials&$top=999", "Application.Read.All"),
            Kind(ApplicationsAnalysis.Owners, "/applications/{0}/owners?$select=id,displayName&$top=999", "Application.Read.All") with { Below = ApplicationsAnalysis.Applications },
            Kind(
                ApplicationsAnalysis.ServicePrincipals,
                "/servicePrincipals?$select=id,appId,displayName,accountEnabled,servicePrincipalType,appOwnerOrganizationId,passwordCredentials,keyCredentials&$top=999",
                "Application.Read.All"),
        ],
        context => new ApplicationsAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking>
        {
            [ApplicationsAnalysis.Applications] = new("displayName", ["displayName", "signInAudience", "passwordCredentials", "keyCredentials", "requiredResourceAccess"]),
            [ApplicationsAnalysis.Owners] = new("displayName", ["displayName"]),
            [ApplicationsAnalysis.ServicePrincipals] = new("displayName", ["displayName", "accountEnabled", "passwordCredentials", "keyCredentials"]),
        },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [ApplicationsAnalysis.Applications] = ["displayName", "appId", "signInAudience", "createdDateTime"],
            [ApplicationsAnalysis.ServicePrincipals] = ["displayName", "servicePrincipalType", "accountEnabled", "appOwnerOrganizationId"],
        },
    };

    private static SnapshotSource AccessReviews() => new(
        CollectorCatalogue.AccessReviews, "directory-review-results", ["9.1"], ["5.18"],
        [
            Kind(AccessReviewsAnalysis.Definitions, "/identityGovernance/accessReviews/definitions", "AccessReview.Read.All") with { Licence = P2 },
            Kind(AccessReviewsAnalysis.Instances, "/identityGovernance/accessReviews/definitions/{0}/instances", "AccessReview.Read.All") with
            {
                Below = AccessReviewsAnalysis.Definitions,
                Licence = P2,
            },
            Kind(AccessReviewsAnalysis.Decisions, "/identityGovernance/accessReviews/definitions/{0}/instances/{1}/decisions", "AccessReview.Read.All") with
            {
                Below = AccessReviewsAnalysis.Instances,
                Licence = P2,
            },
        ],
        context => new AccessReviewsAnalysis(context))
    {
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [AccessReviewsAnalysis.Definitions] = ["displayName", "status", "createdDateTime"],
            [AccessReviewsAnalysis.Decisions] = ["row.principal.displayName", "row.decision", "row.recommendation", "row.reviewedDateTime", "row.applyResult"],
        },
    };
}
