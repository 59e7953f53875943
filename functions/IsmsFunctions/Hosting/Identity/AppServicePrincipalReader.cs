using System.Text.Json;
using Isms.Rules;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>
/// Reads the principal that App Service Authentication puts in front of the app. The platform removes such headers from outside requests, so they can
/// only come from it (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities).
/// </summary>
public sealed class AppServicePrincipalReader(OrganizationStore organizations) : IPrincipalReader
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL";
    private const string ObjectIdClaim = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private static readonly string[] MailClaims =
        ["preferred_username", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"];

    /// <inheritdoc/>
    public Refusal WhoAreYou => Refusal.Of(RefusalKind.NotSignedIn, "not-signed-in");

    /// <inheritdoc/>
    public async Task<Actor?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Parse(request.Headers[Header]) is not { Claims: { } claims } principal)
        {
            return null;
        }

        var roleType = principal.RoleType ?? "roles";
        var roles = claims.Where(c => c.Type == roleType || c.Type == "roles").Select(c => c.Value).Where(AppRoles.Everyone.Contains).Distinct().ToList();
        var objectId = claims.FirstOrDefault(c => c.Type is "oid" or ObjectIdClaim)?.Value;
        var mail = claims.FirstOrDefault(c => MailClaims.Contains(c.Type))?.Value;
        var organization = (await organizations.FindAsync(cancellationToken))?.Value;
        var person = organization?.People.FirstOrDefault(p => string.Equals(p.Mail, mail, StringComparison.OrdinalIgnoreCase));
        return (person?.Id ?? objectId) is { } id ? new Actor(id, roles) : null;
    }

    private static Principal? Parse(string? header)
    {
        try
        {
            return string.IsNullOrEmpty(header) ? null : JsonSerializer.Deserialize<Principal>(Convert.FromBase64String(header));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null; // Not from the platform: nobody is signed in.
        }
    }

    private sealed record Principal(
        [property: System.Text.Json.Serialization.JsonPropertyName("claims")] IReadOnlyList<Claim>? Claims,
        [property: System.Text.Json.Serialization.JsonPropertyName("role_typ")] string? RoleType);

    private sealed record Claim(
        [property: System.Text.Json.Serialization.JsonPropertyName("typ")] string Type,
        [property: System.Text.Json.Serialization.JsonPropertyName("val")] string Value);
}
