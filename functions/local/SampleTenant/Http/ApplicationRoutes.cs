using SampleTenant.Directory;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>Applications, service principals and their permissions.</summary>
internal static class ApplicationRoutes
{
    private static readonly HashSet<string> Owners = new(StringComparer.Ordinal) { "owners" };
    private static readonly HashSet<string> OwnersAndGrants = new(StringComparer.Ordinal) { "owners", "appRoleAssignedTo" };

    public static void Map(RouteTable routes, TenantModel model)
    {
        var rows = new ApplicationRows(model);
        MapApplications(routes, model, rows);
        MapServicePrincipals(routes, model, rows);
        routes.Get("oauth2PermissionGrants", (request, _) => new GraphAnswer.Collection(
            new ListSource<DelegatedGrant>(rows.DelegatedGrants(request.AsOf), rows.WriteDelegatedGrant)
            {
                Type = "microsoft.graph.oAuth2PermissionGrant",
                Context = "oauth2PermissionGrants",
            }));
    }

    private static void MapApplications(RouteTable routes, TenantModel model, ApplicationRows rows)
    {
        ListSource<TenantApplication> Of(IEnumerable<TenantApplication> apps) =>
            new([.. apps.Where(app => app.ObjectId is not null)], rows.WriteApplication) { Type = "microsoft.graph.application", Context = "applications", Expandable = Owners };

        TenantApplication App(GraphRequest request, string id) =>
            model.Applications.At(request.AsOf).FirstOrDefault(app => app.ObjectId?.ToString() == id) ?? throw GraphException.NoSuchObject(id);

        routes.Get("applications", (request, _) => new GraphAnswer.Collection(Of(model.Applications.At(request.AsOf))));
        routes.Get("applications/$count", (request, _) => new GraphAnswer.Count(Of(model.Applications.At(request.AsOf))));
        routes.Get("applications/{}", (request, id) => new GraphAnswer.Entity(Of([App(request, id[0])])));
        routes.Get("applications/{}/owners", (request, id) => OwnersOf(model, App(request, id[0]), request.AsOf));
    }

    private static void MapServicePrincipals(RouteTable routes, TenantModel model, ApplicationRows rows)
    {
        ListSource<TenantApplication> Of(IReadOnlyList<TenantApplication> apps) =>
            new(apps, rows.WriteServicePrincipal) { Type = "microsoft.graph.servicePrincipal", Context = "servicePrincipals", Expandable = OwnersAndGrants };

        TenantApplication App(GraphRequest request, string id) =>
            model.Applications.At(request.AsOf).FirstOrDefault(app => app.ServicePrincipalId.ToString() == id) ?? throw GraphException.NoSuchObject(id);

        routes.Get("servicePrincipals", (request, _) => new GraphAnswer.Collection(Of(model.Applications.At(request.AsOf))));
        routes.Get("servicePrincipals/$count", (request, _) => new GraphAnswer.Count(Of(model.Applications.At(request.AsOf))));
        routes.Get("servicePrincipals/{}", (request, id) => new GraphAnswer.Entity(Of([App(request, id[0])])));
        routes.Get("servicePrincipals/{}/owners", (request, id) => OwnersOf(model, App(request, id[0]), request.AsOf));
        routes.Get("servicePrincipals/{}/appRoleAssignedTo", (request, id) =>
            new GraphAnswer.Collection(Grants(rows.AssignedTo(App(request, id[0]), request.AsOf), "appRoleAssignedTo")));
        routes.Get("servicePrincipals/{}/appRoleAssignments", (request, id) =>
        {
            var app = App(request, id[0]);
            var grants = rows.AssignedTo(model.Applications.Graph, request.AsOf).Where(grant => grant.Principal == app.ServicePrincipalId);
            return new GraphAnswer.Collection(Grants([.. grants], "appRoleAssignments"));
        });
    }

    private static ListSource<AppRoleGrant> Grants(IReadOnlyList<AppRoleGrant> grants, string context) =>
        new(grants, ApplicationRows.WriteAppRoleGrant) { Type = "microsoft.graph.appRoleAssignment", Context = context };

    private static GraphAnswer.Collection OwnersOf(TenantModel model, TenantApplication app, DateTimeOffset now) => new(
        new ListSource<GroupMember>(
            [.. app.OwnerIndexes.Where(index => model.User(index).ExistsAt(now)).Select(index => new GroupMember(index, null))],
            new DirectoryRows(model).WriteMember)
        {
            Type = "microsoft.graph.directoryObject",
            Context = "directoryObjects",
        });
}
