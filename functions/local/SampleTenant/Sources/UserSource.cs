using System.Text.Json;
using SampleTenant.Directory;
using SampleTenant.OData;

namespace SampleTenant.Sources;

/// <summary>
/// All users, or something that there is one of for each user, computed one after the other: two hundred thousand take no memory.
/// </summary>
internal sealed class UserSource(TenantModel model, Action<Utf8JsonWriter, TenantUser, RowContext> write, Func<TenantUser, bool>? only = null) : RowSource
{
    private static readonly HashSet<string> UsualProperties = new(StringComparer.Ordinal)
    {
        "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id",
    };

    private static readonly HashSet<string> Relations = new(StringComparer.Ordinal) { "manager" };

    public static UserSource Create(TenantModel model, Func<TenantUser, bool>? only = null) =>
        new(model, (writer, user, context) => UserRows.Write(writer, user, model, context), only)
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
            return new Cursor(model, write, only, context, position);
        }

        var users = model.Directory.UsersAt(context.Now).Where(user => only?.Invoke(user) ?? true).ToList();
        var list = new ListSource<TenantUser>(users, write) { Type = Type, Context = Context };
        return list.Open(context, query, position, out rest);
    }

    private sealed class Cursor(TenantModel model, Action<Utf8JsonWriter, TenantUser, RowContext> write, Func<TenantUser, bool>? only, RowContext context, long from)
        : IRowCursor
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

        public void WriteProperties(Utf8JsonWriter writer) => write(writer, model.User(at), context);
    }
}
