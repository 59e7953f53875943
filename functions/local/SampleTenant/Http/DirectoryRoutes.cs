using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>Users, groups and roles.</summary>
internal static class DirectoryRoutes
{
    private static readonly HashSet<string> PrincipalAndRole = new(StringComparer.Ordinal) { "principal", "roleDefinition" };
    private static readonly HashSet<string> MembersAndOwners = new(StringComparer.Ordinal) { "members", "owners" };

    public static void Map(RouteTable routes, TenantModel model)
    {
        var rows = new DirectoryRows(model);
        MapUsers(routes, model);
        MapGroups(routes, model, rows);
        MapRoles(routes, model, rows);
    }

    private static void MapUsers(RouteTable routes, TenantModel model)
    {
        routes.Get("users", (_, _) => new GraphAnswer.Collection(UserSource.Create(model)));
        routes.Get("users/$count", (_, _) => new GraphAnswer.Count(UserSource.Create(model)));
        routes.Get("users/{}", (request, id) => new GraphAnswer.Entity(One(model, Existing(model, request, id[0]))));
        routes.Get("users/{}/manager", (request, id) =>
        {
            var user = Existing(model, request, id[0]);
            var manager = user.ManagerIndex < 0 ? throw GraphException.NoSuchObject("manager") : model.User(user.ManagerIndex);
            return new GraphAnswer.Entity(One(model, manager, "directoryObjects"));
        });
        routes.Get("users/{}/directReports", (request, id) =>
        {
            var manager = Existing(model, request, id[0]);
            return new GraphAnswer.Collection(UserSource.Create(model, user => user.ManagerIndex == manager.Index));
        });
        routes.Get("users/{}/memberOf", (request, id) =>
        {
            var user = Existing(model, request, id[0]);
            var groups = model.Groups.At(request.AsOf).Where(group => model.Groups.Members(group, request.AsOf).Contains(new GroupMember(user.Index, null)));
            return Members(model, [.. groups.Select(group => new GroupMember(-1, group))]);
        });
    }

    private static void MapGroups(RouteTable routes, TenantModel model, DirectoryRows rows)
    {
        ListSource<TenantGroup> Groups(IReadOnlyList<TenantGroup> groups) =>
            new(groups, rows.WriteGroup) { Type = "microsoft.graph.group", Context = "groups", Expandable = MembersAndOwners };

        TenantGroup Group(GraphRequest request, string id) =>
            Guid.TryParse(id, out var guid) && model.Groups.Find(guid) is { } group && group.Created <= request.AsOf ? group : throw GraphException.NoSuchObject(id);

        routes.Get("groups", (request, _) => new GraphAnswer.Collection(Groups(model.Groups.At(request.AsOf))));
        routes.Get("groups/$count", (request, _) => new GraphAnswer.Count(Groups(model.Groups.At(request.AsOf))));
        routes.Get("groups/{}", (request, id) => new GraphAnswer.Entity(Groups([Group(request, id[0])])));
        routes.Get("groups/{}/members", (request, id) => Members(model, model.Groups.Members(Group(request, id[0]), request.AsOf)));
        routes.Get("groups/{}/members/{}", (request, id) => Cast(model, model.Groups.Members(Group(request, id[0]), request.AsOf), id[1]));
        routes.Get("groups/{}/transitiveMembers", (request, id) => Members(model, model.Groups.TransitiveMembers(Group(request, id[0]), request.AsOf)));
        routes.Get("groups/{}/transitiveMembers/{}", (request, id) => Cast(model, model.Groups.TransitiveMembers(Group(request, id[0]), request.AsOf), id[1]));
        routes.Get("groups/{}/owners", (request, id) =>
        {
            var owner = Group(request, id[0]).OwnerIndex;
            return Members(model, owner >= 0 && model.User(owner).ExistsAt(request.AsOf) ? [new GroupMember(owner, null)] : []);
        });
    }

    private static void MapRoles(RouteTable routes, TenantModel model, DirectoryRows rows)
    {
        const string Root = "roleManagement/directory/";
        ListSource<T> Of<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T, RowContext> write, string name, string type) =>
            new(items, write) { Type = $"microsoft.graph.{type}", Context = Root + name, Expandable = PrincipalAndRole };

        routes.Get(Root + "roleDefinitions", (_, _) =>
            new GraphAnswer.Collection(Of(TenantRoles.Definitions, DirectoryRows.WriteRoleDefinition, "roleDefinitions", "unifiedRoleDefinition")));
        routes.Get(Root + "roleDefinitions/{}", (_, id) => new GraphAnswer.Entity(Of(
            [.. TenantRoles.Definitions.Where(role => role.Id.ToString() == id[0])], DirectoryRows.WriteRoleDefinition, "roleDefinitions", "unifiedRoleDefinition")));
        routes.Get(Root + "roleAssignments", (request, _) => new GraphAnswer.Collection(Of(
            [.. model.Roles.ActiveAt(request.AsOf), .. model.Roles.ActivatedAt(request.AsOf).Select(activation => activation.Origin)],
            rows.WriteRoleAssignment,
            "roleAssignments",
            "unifiedRoleAssignment")));
        routes.Get(Root + "roleAssignmentScheduleInstances", (request, _) => new GraphAnswer.Collection(Of(
            Instances(model, request.AsOf), rows.WriteAssignmentInstance, "roleAssignmentScheduleInstances", "unifiedRoleAssignmentScheduleInstance")));
        routes.Get(Root + "roleEligibilityScheduleInstances", (request, _) => new GraphAnswer.Collection(Of(
            model.Roles.EligibleAt(request.AsOf), rows.WriteEligibilityInstance, "roleEligibilityScheduleInstances", "unifiedRoleEligibilityScheduleInstance")));
    }

    private static List<(RoleGrant, DateTimeOffset, DateTimeOffset?, bool)> Instances(TenantModel model, DateTimeOffset now) =>
    [
        .. model.Roles.ActiveAt(now).Select(grant => (grant, grant.From, grant.To, false)),
        .. model.Roles.ActivatedAt(now).Select(activation => (activation.Origin, activation.From, (DateTimeOffset?)activation.To, true)),
    ];

    private static TenantUser Existing(TenantModel model, GraphRequest request, string id) =>
        model.Directory.Find(id) is { } user && user.ExistsAt(request.AsOf) ? user : throw GraphException.NoSuchObject(id);

    private static ListSource<TenantUser> One(TenantModel model, TenantUser user, string context = "users")
    {
        var usual = UserSource.Create(model);
        return new([user], (writer, one, at) => UserRows.Write(writer, one, model, at))
        {
            Type = usual.Type,
            Context = context,
            DefaultProperties = usual.DefaultProperties,
            Expandable = usual.Expandable,
        };
    }

    private static GraphAnswer.Collection Members(TenantModel model, IReadOnlyList<GroupMember> members) => new(
        new ListSource<GroupMember>(members, new DirectoryRows(model).WriteMember) { Type = "microsoft.graph.directoryObject", Context = "directoryObjects" });

    private static GraphAnswer.Collection Cast(TenantModel model, IReadOnlyList<GroupMember> members, string type) => type switch
    {
        "microsoft.graph.user" => Members(model, [.. members.Where(member => member.Group is null)]),
        "microsoft.graph.group" => Members(model, [.. members.Where(member => member.Group is not null)]),
        "microsoft.graph.servicePrincipal" => Members(model, []),
        _ => throw GraphException.NoSuchSegment(type),
    };
}
