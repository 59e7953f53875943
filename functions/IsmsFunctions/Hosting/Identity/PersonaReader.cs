using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>
/// Lets a local caller play any part: <c>X-Isms-Persona: secretariat</c> is the first person of that role in the organisation's settings,
/// <c>owner:yamada</c> the named one. Only in use where <c>Isms__Identity</c> is <c>Personas</c>.
/// </summary>
public sealed class PersonaReader(OrganizationStore organizations) : IPrincipalReader
{
    private const string Name = "X-Isms-Persona";

    private static readonly Dictionary<string, (string AppRole, Role[] Roles)> Personas = new(StringComparer.OrdinalIgnoreCase)
    {
        ["topManagement"] = (AppRoles.TopManagement, [Role.TopManagement]),
        ["manager"] = (AppRoles.Manager, [Role.IsmsManager]),
        ["secretariat"] = (AppRoles.Secretariat, [Role.Secretariat]),
        ["owner"] = (AppRoles.Owner, [Role.DepartmentLead, Role.PersonInCharge]),
        ["auditor"] = (AppRoles.Auditor, [Role.InternalAuditor]),
        ["externalAuditor"] = (AppRoles.ExternalAuditor, [Role.ExternalAuditor]),
        ["admin"] = (AppRoles.Admin, [Role.SystemAdministrator]),
    };

    /// <summary>The parts that can be played: each persona, and the people of the organisation who play it.</summary>
    public static IReadOnlyList<PersonaPart> PartsIn(Organization? organization) =>
    [
        .. Personas.Select(p => new PersonaPart(
            p.Key, [.. (organization?.People ?? []).Where(person => person.Roles.Intersect(p.Value.Roles).Any()).Select(person => new PersonaPlayer(person.Id, person.Name))])),
    ];

    /// <inheritdoc/>
    public Refusal WhoAreYou => Refusal.Of(RefusalKind.NotSignedIn, "no-persona", Name, null, string.Join(", ", Personas.Keys));

    /// <inheritdoc/>
    public async Task<Actor?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var given = request.Headers[Name].FirstOrDefault() ?? request.Cookies[Name];
        if (string.IsNullOrWhiteSpace(given))
        {
            return null;
        }

        var parts = given.Split(':', 2, StringSplitOptions.TrimEntries);
        if (!Personas.TryGetValue(parts[0], out var persona))
        {
            throw new RefusedException(
                Refusal.Of(RefusalKind.InvalidInput, "unknown-persona", Name, given, given, string.Join(", ", Personas.Keys)));
        }

        var organization = await organizations.FindInForceAsync(cancellationToken);
        var candidates = organization?.People.Where(p => p.Roles.Intersect(persona.Roles).Any()) ?? [];
        if (parts.Length == 1)
        {
            return new Actor(candidates.FirstOrDefault()?.Id ?? parts[0], [persona.AppRole]);
        }

        return candidates.FirstOrDefault(p => p.Id == parts[1]) is { } person
            ? new Actor(person.Id, [persona.AppRole])
            : throw new RefusedException(Refusal.Of(
                RefusalKind.InvalidInput, "person-without-persona", Name, given, parts[1], parts[0], string.Join(", ", candidates.Select(p => p.Id))));
    }
}

/// <summary>A part that can be played.</summary>
/// <param name="Persona">Its name; with a colon and a player's id it is that person.</param>
/// <param name="Players">Who plays it in this organisation.</param>
public sealed record PersonaPart(string Persona, IReadOnlyList<PersonaPlayer> Players);

/// <summary>Somebody who plays a part.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The person's name.</param>
public sealed record PersonaPlayer(string Id, LocalizedText Name);
