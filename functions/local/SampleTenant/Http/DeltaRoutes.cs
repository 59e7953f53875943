using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>Changes since a delta token: what came, what changed, and what is gone (<c>@removed</c>).</summary>
internal static class DeltaRoutes
{
    public static void Map(RouteTable routes, TenantModel model)
    {
        var rows = new DirectoryRows(model);
        var apps = new ApplicationRows(model);
        routes.Get("users/delta", (request, _) => Users(model, request));
        routes.Get("groups/delta", (request, _) => Created(request, model.Groups.At(request.AsOf), group => group.Created, rows.WriteGroup, "group", "groups"));
        routes.Get("applications/delta", (request, _) => Created(
            request, [.. model.Applications.At(request.AsOf).Where(app => app.ObjectId is not null)], app => app.Created, apps.WriteApplication, "application", "applications"));
        routes.Get("servicePrincipals/delta", (request, _) => Created(
            request, model.Applications.At(request.AsOf), app => app.Created, apps.WriteServicePrincipal, "servicePrincipal", "servicePrincipals"));
        routes.Get("oauth2PermissionGrants/delta", (request, _) => Created(
            request, apps.DelegatedGrants(request.AsOf), grant => grant.Client.Created, apps.WriteDelegatedGrant, "oAuth2PermissionGrant", "oauth2PermissionGrants"));
    }

    private static GraphAnswer.Collection Users(TenantModel model, GraphRequest request)
    {
        var usual = UserSource.Create(model);
        var since = DeltaTokens.Since(request);
        if (since is not { } from)
        {
            return new(new UserSource(model, (writer, user, context) => UserRows.Write(writer, user, model, context))
            {
                Type = usual.Type,
                Context = usual.Context,
                DefaultProperties = usual.DefaultProperties,
                IsDelta = true,
            });
        }

        bool Since(DateTimeOffset? time) => time > from && time <= request.AsOf;
        var changed = Enumerable.Range(0, model.Directory.Lives.CountAt(request.AsOf.UtcTicks))
            .Select(model.User)
            .Where(user => Since(user.Created) || Since(user.Disabled) || Since(user.Left) || Since(user.Deleted))
            .ToList();
        return new(new ListSource<TenantUser>(changed, (writer, user, context) => WriteChange(writer, user, model, context))
        {
            Type = usual.Type,
            Context = usual.Context,
            DefaultProperties = usual.DefaultProperties,
            IsDelta = true,
        });
    }

    private static void WriteChange(Utf8JsonWriter writer, TenantUser user, TenantModel model, RowContext context)
    {
        if (user.ExistsAt(context.Now))
        {
            UserRows.Write(writer, user, model, context);
            return;
        }

        writer.WriteString("id"u8, user.Id);
        writer.WriteStartObject("@removed"u8);
        writer.WriteString("reason"u8, "changed"u8);
        writer.WriteEndObject();
    }

    private static GraphAnswer.Collection Created<T>(
        GraphRequest request, IReadOnlyList<T> all, Func<T, DateTimeOffset> createdAt, Action<Utf8JsonWriter, T, RowContext> write, string type, string context)
    {
        var since = DeltaTokens.Since(request);
        return new(new ListSource<T>([.. all.Where(item => since is null || createdAt(item) > since)], write)
        {
            Type = $"microsoft.graph.{type}",
            Context = context,
            IsDelta = true,
        });
    }
}
