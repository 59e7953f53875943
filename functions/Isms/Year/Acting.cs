using Isms.Organizations;

namespace Isms.Year;

/// <summary>Who acts.</summary>
/// <param name="PersonId">The person's id.</param>
/// <param name="Roles">The roles held in the management system.</param>
public sealed record Acting(string PersonId, IReadOnlyCollection<Role> Roles)
{
    /// <summary>Whether the person holds the role.</summary>
    public bool Is(Role role) => Roles.Contains(role);
}
