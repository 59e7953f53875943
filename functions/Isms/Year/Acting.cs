using Isms.Organizations;

namespace Isms.Year;

/// <summary>A role that somebody holds in another's place.</summary>
/// <param name="Role">The role.</param>
/// <param name="From">The person id of who is represented.</param>
public sealed record DelegatedRole(Role Role, string From);

/// <summary>Who acts.</summary>
/// <param name="PersonId">The person's id.</param>
/// <param name="Roles">The roles held in the management system.</param>
public sealed record Acting(string PersonId, IReadOnlyCollection<Role> Roles)
{
    /// <summary>The roles the person does not hold, but acts in for others at present.</summary>
    public IReadOnlyList<DelegatedRole> Delegated { get; init; } = [];

    /// <summary>Whether the person holds the role, or acts for somebody who does.</summary>
    public bool Is(Role role) => Roles.Contains(role) || Delegated.Any(d => d.Role == role);

    /// <summary>In whose place the person acts in one of the roles; null when the person holds one of them.</summary>
    public string? InPlaceOf(params ReadOnlySpan<Role> roles)
    {
        string? represented = null;
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
            {
                return null;
            }

            represented ??= Delegated.FirstOrDefault(d => d.Role == role)?.From;
        }

        return represented;
    }
}
