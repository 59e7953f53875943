using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>One audited activity, before it is written.</summary>
/// <param name="Name">What was done, in the words of the service.</param>
/// <param name="Category">The category.</param>
/// <param name="Operation">The type of operation.</param>
/// <param name="Service">Who logged it.</param>
/// <param name="TargetType">What kind of thing it was done to.</param>
/// <param name="TargetId">Its id.</param>
/// <param name="TargetName">Its name.</param>
/// <param name="TargetPrincipalName">For users, the sign-in name.</param>
/// <param name="Changes">Properties with their old and new values.</param>
/// <param name="ActorIndex">The number of the user who did it, or -1 for a program.</param>
internal sealed record AuditActivity(
    string Name,
    string Category,
    string Operation,
    string Service,
    string TargetType,
    string TargetId,
    string TargetName,
    string? TargetPrincipalName,
    IReadOnlyList<(string Name, string? Old, string? New)> Changes,
    int ActorIndex);

/// <summary>Tells what an entry of the audit log was about.</summary>
internal sealed class AuditActivities(TenantModel model)
{
    private static readonly (string Name, string Category, string Operation, string Service, string Property)[] Usual =
    [
        ("Update user", "UserManagement", "Update", "Core Directory", "JobTitle"),
        ("Reset user password", "UserManagement", "Update", "Core Directory", "PasswordProfile"),
        ("Change user license", "UserManagement", "Update", "Core Directory", "AssignedLicense"),
        ("User registered security info", "UserManagement", "Add", "Authentication Methods", "StrongAuthenticationMethod"),
        ("Change password (self-service)", "UserManagement", "Update", "Self-service Password Management", "PasswordProfile"),
        ("Add member to group", "GroupManagement", "Assign", "Core Directory", "Group.DisplayName"),
        ("Remove member from group", "GroupManagement", "Unassign", "Core Directory", "Group.DisplayName"),
        ("Update application – Certificates and secrets management ", "ApplicationManagement", "Update", "Core Directory", "KeyDescription"),
        ("Consent to application", "ApplicationManagement", "Assign", "Core Directory", "ConsentContext.IsAdminConsent"),
    ];

    public AuditActivity Of(LogEntry entry) => entry.Feed == 0 ? OfDay(entry) : OfChange(model.DirectoryEvents[entry.Number]);

    private AuditActivity OfDay(LogEntry entry)
    {
        var bits = Noise.Next(entry.Bits);
        var (name, category, operation, service, property) = Usual[Noise.ToBelow(bits, Usual.Length)];
        var self = service != "Core Directory";
        var administrators = model.Roles.Administrators;
        var index = Noise.ToBelow(Noise.Next(bits), model.Directory.InitialUsers);
        var actor = self ? index : administrators[Noise.ToBelow(Noise.Next(bits + 1), administrators.Count)];
        if (category == "ApplicationManagement")
        {
            var app = model.Programs[Noise.ToBelow(Noise.Next(bits + 2), model.Programs.Count)];
            return new(name, category, operation, service, "ServicePrincipal", app.ServicePrincipalId.ToString(), app.Name, null, [(property, null, $"[\"{app.Name}\"]")], actor);
        }

        var user = model.User(index);
        var value = category == "GroupManagement" ? $"\"{model.Groups.All[(int)(bits % (ulong)model.Groups.All.Count)].Name}\"" : "\"\"";
        return new(name, category, operation, service, "User", user.Id.ToString(), user.DisplayName, user.UserPrincipalName, [(property, null, value)], actor);
    }

    private AuditActivity OfChange(DirectoryEvent change) => change.Change switch
    {
        DirectoryChange.UserAdded => OfUser("Add user", "Add", change.Number, ("AccountEnabled", "[]", "[true]")),
        DirectoryChange.UserDisabled => OfUser("Disable account", "Update", change.Number, ("AccountEnabled", "[true]", "[false]")),
        DirectoryChange.UserDeleted => OfUser("Delete user", "Delete", change.Number, ("IsSoftDeleted", "[false]", "[true]")),
        DirectoryChange.RoleGiven => OfRole(model.Roles.All[change.Number], isGiven: true),
        DirectoryChange.RoleTaken => OfRole(model.Roles.All[change.Number], isGiven: false),
        DirectoryChange.ApplicationAdded => OfApplication(model.Applications.All[change.Number]),
        _ => OfPolicy(change),
    };

    private AuditActivity OfUser(string name, string operation, int index, (string, string?, string?) property)
    {
        var user = model.User(index);
        return new(name, "UserManagement", operation, "Core Directory", "User", user.Id.ToString(), user.DisplayName, user.UserPrincipalName, [property], 2);
    }

    private AuditActivity OfRole(RoleGrant grant, bool isGiven)
    {
        var name = (grant.IsEligible, isGiven) switch
        {
            (true, true) => "Add eligible member to role in PIM completed (permanent)",
            (true, false) => "Remove eligible member from role in PIM completed (permanent)",
            (false, true) => "Add member to role",
            _ => "Remove member from role",
        };
        var role = $"\"{grant.Role.Name}\"";
        var user = grant.UserIndex >= 0 ? model.User(grant.UserIndex) : null;
        return new(
            name,
            "RoleManagement",
            isGiven ? "Assign" : "Unassign",
            grant.IsEligible ? "PIM" : "Core Directory",
            grant.PrincipalType switch { "user" => "User", "group" => "Group", _ => "ServicePrincipal" },
            grant.Principal.ToString(),
            user?.DisplayName ?? model.Groups.Find(grant.Principal)?.Name ?? model.Applications.All.First(app => app.ServicePrincipalId == grant.Principal).Name,
            user?.UserPrincipalName,
            [("Role.DisplayName", isGiven ? null : role, isGiven ? role : null)],
            2);
    }

    private static AuditActivity OfApplication(TenantApplication app) => new(
        "Add service principal", "ApplicationManagement", "Add", "Core Directory", "ServicePrincipal", app.ServicePrincipalId.ToString(), app.Name, null, [("AccountEnabled", "[]", "[true]")], 2);

    private AuditActivity OfPolicy(DirectoryEvent change)
    {
        var before = model.Policies.At(model.Policies.Change.AddTicks(-1))[change.Number];
        var after = model.Policies.At(model.Policies.Change)[change.Number];
        return new(
            "Update conditional access policy", "Policy", "Update", "Conditional Access", "Policy", after.Id.ToString(), after.Name, null,
            [("ConditionalAccessPolicy", $"{{\"state\":\"{before.State}\"}}", $"{{\"state\":\"{after.State}\"}}")], 2);
    }
}
