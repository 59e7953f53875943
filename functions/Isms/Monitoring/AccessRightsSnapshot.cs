using System.Text.Json;

namespace Isms.Monitoring;

/// <summary>
/// The directory as the raw rows of a snapshot describe it. Rows are added file by file; unknown members are ignored, missing ones tolerated: Graph adds and
/// drops both.
/// </summary>
public sealed class AccessRightsSnapshot
{
    /// <summary>The template id of the role Global Administrator, the same in every tenant.</summary>
    public const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

    private readonly SharedTexts texts = new();

    internal Dictionary<string, Account> Accounts { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, string> Groups { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, List<string>> Members { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, (string Name, string Template)> Roles { get; } = new(StringComparer.Ordinal);

    internal List<RoleGrant> Active { get; } = [];

    internal List<RoleGrant> Eligible { get; } = [];

    internal Dictionary<string, Application> Applications { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, List<string>> Owners { get; } = new(StringComparer.Ordinal);

    internal List<AppRoleGrant> AppRoleGrants { get; } = [];

    internal List<DelegatedGrant> DelegatedGrants { get; } = [];

    /// <summary>Whether the owners of applications could be read; without them nothing is said about missing ones.</summary>
    public bool KnowsOwners { get; set; } = true;

    /// <summary>Whether the last sign-ins of users could be read.</summary>
    public bool KnowsSignInActivity { get; set; } = true;

    /// <summary>Adds a row.</summary>
    /// <param name="kind">The kind, as in <see cref="AccessRightsKinds"/>.</param>
    /// <param name="json">The line.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Add(string kind, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var row = document.RootElement;
        switch (kind)
        {
            case AccessRightsKinds.Users:
                AddUser(row);
                break;
            case AccessRightsKinds.Groups:
                Groups[Shared(row, "id")] = Text(row, "displayName");
                break;
            case AccessRightsKinds.GroupMembers:
                AddMember(row);
                break;
            case AccessRightsKinds.RoleDefinitions:
                Roles[Text(row, "id")] = (Text(row, "displayName"), Text(row, "templateId"));
                break;
            case AccessRightsKinds.RoleAssignments:
                Active.Add(GrantOf(row));
                break;
            case AccessRightsKinds.EligibleRoles:
                Eligible.Add(GrantOf(row));
                break;
            case AccessRightsKinds.ServicePrincipals:
                AddApplication(row);
                break;
            case AccessRightsKinds.ServicePrincipalOwners:
                AddOwner(row);
                break;
            case AccessRightsKinds.AppRoleAssignments:
                AddAppRoleGrant(row.GetProperty("row"));
                break;
            case AccessRightsKinds.DelegatedGrants:
                DelegatedGrants.Add(new DelegatedGrant(
                    Shared(row, "clientId"), Shared(row, "resourceId"), Shared(row, "consentType"), Shared(row, "principalId"), Shared(row, "scope")));
                break;
            default:
                break; // Kept as evidence; nothing is concluded from it.
        }
    }

    /// <summary>The users and guests who hold the group directly or through groups in it.</summary>
    internal IEnumerable<string> MembersOf(string group)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { group };
        var open = new Queue<string>([group]);
        while (open.TryDequeue(out var next))
        {
            foreach (var member in Members.GetValueOrDefault(next) ?? [])
            {
                if (!seen.Add(member))
                {
                    continue;
                }

                if (Groups.ContainsKey(member))
                {
                    open.Enqueue(member);
                }
                else
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>Who holds the group through groups in it, and through which of these; those who hold it directly are left out.</summary>
    internal IEnumerable<(string Member, string Through)> IndirectMembersOf(string group)
    {
        var direct = Members.GetValueOrDefault(group) ?? [];
        var inner = direct.Where(Groups.ContainsKey).ToList();
        if (inner.Count == 0)
        {
            yield break;
        }

        var seen = new HashSet<string>(direct, StringComparer.Ordinal) { group };
        foreach (var through in inner)
        {
            foreach (var member in MembersOf(through))
            {
                if (seen.Add(member))
                {
                    yield return (member, through);
                }
            }
        }
    }

    internal (string Name, string Type) Holder(string id) =>
        Accounts.TryGetValue(id, out var account) ? (account.Name, account.IsGuest ? "guest" : "user")
        : Groups.TryGetValue(id, out var group) ? (group, "group")
        : Applications.TryGetValue(id, out var app) ? (app.Name, "application")
        : ("", "unknown");

    private void AddUser(JsonElement row)
    {
        var activity = row.TryGetProperty("signInActivity", out var a) && a.ValueKind == JsonValueKind.Object ? a : default;
        var id = Shared(row, "id");
        Accounts[id] = new Account(
            id,
            Text(row, "displayName"),
            Text(row, "userPrincipalName"),
            row.TryGetProperty("accountEnabled", out var enabled) && enabled.ValueKind == JsonValueKind.True,
            string.Equals(Text(row, "userType"), "Guest", StringComparison.OrdinalIgnoreCase),
            Time(row, "createdDateTime"),
            Later(Time(activity, "lastSignInDateTime"), Time(activity, "lastNonInteractiveSignInDateTime")));
    }

    private void AddOwner(JsonElement row)
    {
        var app = Shared(row, "parent");
        if (!Owners.TryGetValue(app, out var owners))
        {
            Owners[app] = owners = [];
        }

        owners.Add(Shared(row.GetProperty("row"), "id"));
    }

    private void AddMember(JsonElement row)
    {
        var group = Shared(row, "parent");
        if (!Members.TryGetValue(group, out var members))
        {
            Members[group] = members = [];
        }

        members.Add(Shared(row.GetProperty("row"), "id"));
    }

    private void AddApplication(JsonElement row)
    {
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        if (row.TryGetProperty("appRoles", out var declared) && declared.ValueKind == JsonValueKind.Array)
        {
            foreach (var role in declared.EnumerateArray())
            {
                roles[Text(role, "id")] = Text(role, "value");
            }
        }

        var id = Shared(row, "id");
        Applications[id] = new Application(id, Text(row, "displayName"), Text(row, "servicePrincipalType"), roles);
    }

    private void AddAppRoleGrant(JsonElement row) => AppRoleGrants.Add(new AppRoleGrant(
        Shared(row, "principalId"), Shared(row, "principalDisplayName"), Shared(row, "principalType"), Shared(row, "resourceId"),
        Shared(row, "resourceDisplayName"), Shared(row, "appRoleId")));

    private RoleGrant GrantOf(JsonElement row) => new(Shared(row, "principalId"), Shared(row, "roleDefinitionId"), Shared(row, "directoryScopeId"));

    /// <summary>A text that other rows have, too: a membership or an assignment costs references, not copies.</summary>
    private string Shared(JsonElement row, string name) => texts.Of(Text(row, name));

    private static string Text(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A time; null when absent, unreadable or before anything real (Graph writes 0001-01-01 for "never").</summary>
    private static DateTimeOffset? Time(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.TryGetDateTimeOffset(out var time) && time.Year > 1900 ? time : null;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    internal sealed record Account(
        string Id, string Name, string PrincipalName, bool Enabled, bool IsGuest, DateTimeOffset? Created, DateTimeOffset? LastSignIn);

    internal sealed record RoleGrant(string Principal, string Role, string Scope);

    internal sealed record Application(string Id, string Name, string Type, IReadOnlyDictionary<string, string> Roles);

    internal sealed record AppRoleGrant(string Principal, string PrincipalName, string PrincipalType, string Resource, string ResourceName, string Role);

    internal sealed record DelegatedGrant(string Client, string Resource, string ConsentType, string Principal, string Scope);
}

/// <summary>The kinds of raw rows in a snapshot.</summary>
public static class AccessRightsKinds
{
    /// <summary>Rows of <c>/users</c>.</summary>
    public const string Users = "users";
    /// <summary>Rows of <c>/groups</c>.</summary>
    public const string Groups = "groups";
    /// <summary>Rows of <c>/groups/{id}/members</c>, each row with its group.</summary>
    public const string GroupMembers = "group-members";
    /// <summary>Rows of <c>/roleManagement/directory/roleDefinitions</c>.</summary>
    public const string RoleDefinitions = "role-definitions";
    /// <summary>Rows of <c>/roleManagement/directory/roleAssignments</c>.</summary>
    public const string RoleAssignments = "role-assignments";
    /// <summary>Rows of <c>/roleManagement/directory/roleAssignmentScheduleInstances</c>.</summary>
    public const string ActiveInstances = "role-assignment-instances";
    /// <summary>Rows of <c>/roleManagement/directory/roleEligibilityScheduleInstances</c>.</summary>
    public const string EligibleRoles = "role-eligibility-instances";
    /// <summary>Rows of <c>/servicePrincipals</c>.</summary>
    public const string ServicePrincipals = "service-principals";
    /// <summary>Rows of <c>/servicePrincipals/{id}/owners</c>, each row with its service principal.</summary>
    public const string ServicePrincipalOwners = "service-principal-owners";
    /// <summary>Rows of <c>/servicePrincipals/{id}/appRoleAssignedTo</c>, each row with its service principal.</summary>
    public const string AppRoleAssignments = "app-role-assignments";
    /// <summary>Rows of <c>/oauth2PermissionGrants</c>.</summary>
    public const string DelegatedGrants = "delegated-grants";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Users, Groups, GroupMembers, RoleDefinitions, RoleAssignments, ActiveInstances, EligibleRoles, ServicePrincipals, ServicePrincipalOwners,
        AppRoleAssignments, DelegatedGrants,
    ];
}
