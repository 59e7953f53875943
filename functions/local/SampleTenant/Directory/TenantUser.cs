namespace SampleTenant.Directory;

/// <summary>What kind of account a user object is.</summary>
public enum UserKind
{
    /// <summary>An employee at work.</summary>
    Member,

    /// <summary>An employee who has not signed in for months.</summary>
    Stale,

    /// <summary>An employee who has left before the organisation's first day in the sample.</summary>
    Leaver,

    /// <summary>Somebody of another organisation.</summary>
    Guest,

    /// <summary>A mailbox used by several people.</summary>
    Shared,

    /// <summary>An account that programs sign in with.</summary>
    Service,

    /// <summary>An emergency access account.</summary>
    BreakGlass,
}

/// <summary>A user object of the sample organisation; a value computed on demand.</summary>
/// <param name="Index">Its number; the same user has the same number for ever.</param>
/// <param name="Id">The object id.</param>
/// <param name="Kind">The kind of account.</param>
/// <param name="DisplayName">The name shown.</param>
/// <param name="GivenName">The given name, in the tenant's culture; null for accounts that are nobody's.</param>
/// <param name="Surname">The family name.</param>
/// <param name="UserPrincipalName">The sign-in name.</param>
/// <param name="Mail">The mail address.</param>
/// <param name="Department">The department, or null for guests and technical accounts.</param>
/// <param name="JobTitle">The title in the tenant's culture.</param>
/// <param name="ManagerIndex">The manager's number, or -1.</param>
/// <param name="Created">When the account was made.</param>
/// <param name="Left">The last day at work, if there is one.</param>
/// <param name="Disabled">When the account was disabled; some weeks after leaving where nobody noticed.</param>
/// <param name="Deleted">When the object goes away.</param>
public sealed record TenantUser(
    int Index,
    Guid Id,
    UserKind Kind,
    string DisplayName,
    string? GivenName,
    string? Surname,
    string UserPrincipalName,
    string? Mail,
    Department? Department,
    string? JobTitle,
    int ManagerIndex,
    DateTimeOffset Created,
    DateTimeOffset? Left,
    DateTimeOffset? Disabled,
    DateTimeOffset? Deleted)
{
    /// <summary>Whether the object is in the directory at that time.</summary>
    public bool ExistsAt(DateTimeOffset time) => Created <= time && !(Deleted <= time);

    /// <summary>Whether the account can sign in at that time.</summary>
    public bool IsEnabledAt(DateTimeOffset time) => ExistsAt(time) && !(Disabled <= time);
}
