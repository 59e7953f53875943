using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>The app roles of the Entra application, in the order of their privileges over the management system.</summary>
public static class AppRoles
{
    public const string TopManagement = "Isms.TopManagement";
    public const string Manager = "Isms.Manager";
    public const string Secretariat = "Isms.Secretariat";
    public const string Owner = "Isms.Owner";
    public const string Auditor = "Isms.Auditor";
    public const string ExternalAuditor = "Isms.ExternalAuditor";
    public const string Admin = "Isms.Admin";

    /// <summary>Everyone but the external auditor, who only reads evidence.</summary>
    public static readonly string[] Internal = [TopManagement, Manager, Secretariat, Owner, Auditor, Admin];

    /// <summary>Everyone with any role.</summary>
    public static readonly string[] Everyone = [.. Internal, ExternalAuditor];
}

/// <summary>Who is calling.</summary>
/// <param name="PersonId">The person's id in the organisation's settings; the directory's object id for a person who is not in them.</param>
/// <param name="Roles">App roles held.</param>
public sealed record Actor(string PersonId, IReadOnlyList<string> Roles)
{
    private const string Item = "Isms.Actor";

    /// <summary>Whether the actor holds at least one of the roles.</summary>
    public bool HasAny(IEnumerable<string> roles) => roles.Any(Roles.Contains);

    /// <summary>The actor of a request that passed <see cref="AccessMiddleware"/>.</summary>
    public static Actor Of(HttpRequest request) => (Actor)request.HttpContext.Items[Item]!;

    internal void AttachTo(HttpContext context) => context.Items[Item] = this;
}
