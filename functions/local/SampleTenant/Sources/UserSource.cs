using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.OData;

namespace SampleTenant.Sources;

/// <summary>All users, computed one after the other: two hundred thousand of them take no memory.</summary>
internal sealed class UserSource(TenantModel model, Func<TenantUser, bool>? only = null) : RowSource
{
    private static readonly HashSet<string> UsualProperties = new(StringComparer.Ordinal)
    {
        "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id",
    };

    private static readonly HashSet<string> Relations = new(StringComparer.Ordinal) { "manager" };

    public static UserSource Create(TenantModel model, Func<TenantUser, bool>? only = null) => new(model, only)
    {
        Type = "microsoft.graph.user",
        Context = "users",
        DefaultProperties = UsualProperties,
        Expandable = Relations,
    };

    public override IRowCursor Open(RowContext context, QueryOptions query, long position, out FilterNode? rest)
    {
        if (query.OrderBy is not null && model.Directory.InitialUsers > 5000)
        {
            throw GraphException.BadRequest("The collection is too large to be sorted.");
        }

        rest = query.Filter;
        if (query.OrderBy is null)
        {
            return new Cursor(model, only, context, position);
        }

        var users = model.Directory.UsersAt(context.Now).Where(user => only?.Invoke(user) ?? true).ToList();
        var list = new ListSource<TenantUser>(users, (writer, user, at) => UserRows.Write(writer, user, model, at)) { Type = Type, Context = Context };
        return list.Open(context, query, position, out rest);
    }

    private sealed class Cursor(TenantModel model, Func<TenantUser, bool>? only, RowContext context, long from) : IRowCursor
    {
        private readonly int count = model.Directory.Lives.CountAt(context.Now.UtcTicks);
        private int at = (int)Math.Min(from, int.MaxValue) - 1;

        public long Position => at;

        public bool MoveNext()
        {
            while (++at < count)
            {
                if (model.Directory.Lives.Of(at).ExistsAt(context.Now.UtcTicks) && (only is null || only(model.User(at))))
                {
                    return true;
                }
            }

            return false;
        }

        public void WriteProperties(Utf8JsonWriter writer) => UserRows.Write(writer, model.User(at), model, context);
    }
}
