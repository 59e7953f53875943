using Isms.Organizations;

namespace Isms.Training;

/// <summary>How an audience is described.</summary>
public enum AudienceKind
{
    /// <summary>Every member of the organisation with an account.</summary>
    Everyone,

    /// <summary>Those who joined in a window of time.</summary>
    Newcomers,

    /// <summary>Those of some departments, those who hold some roles, and people named one by one.</summary>
    Selection,
}

/// <summary>Somebody who is named one by one.</summary>
/// <param name="Name">The name.</param>
/// <param name="Mail">The mail address.</param>
/// <param name="Department">The department, as the directory writes it.</param>
public sealed record ListedPerson(string Name, string Mail, string? Department = null);

/// <summary>Who has to attend.</summary>
public sealed record Audience
{
    /// <summary>How it is described.</summary>
    public required AudienceKind Kind { get; init; }

    /// <summary>Of newcomers: the first day of joining.</summary>
    public DateOnly? JoinedFrom { get; init; }

    /// <summary>Of newcomers: the last day of joining.</summary>
    public DateOnly? JoinedUntil { get; init; }

    /// <summary>Of a selection: ids of departments.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Of a selection: roles of the management system.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Of a selection: people named one by one.</summary>
    public IReadOnlyList<ListedPerson> People { get; init; } = [];
}

/// <summary>An account as the directory has it.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Mail">The mail address.</param>
/// <param name="PrincipalName">The sign-in name.</param>
/// <param name="Department">The department as the directory writes it.</param>
/// <param name="JoinedOn">The local day on which it was made.</param>
/// <param name="HasPersonName">Whether a given name or a family name is kept for it.</param>
public sealed record DirectoryAccount(string Id, string Name, string? Mail, string? PrincipalName, string? Department, DateOnly? JoinedOn, bool HasPersonName);

/// <summary>Somebody whom an audience takes in.</summary>
/// <param name="Id">The account's object id; of somebody without an account, an id made of the settings or the mail address.</param>
/// <param name="Name">The name.</param>
/// <param name="Mail">The mail address.</param>
/// <param name="PrincipalName">The sign-in name.</param>
/// <param name="Department">The department as the directory writes it.</param>
/// <param name="DepartmentId">The organisation's department that it is; null where it is none of them.</param>
/// <param name="PersonId">The person of the settings who it is; null where it is none of them.</param>
/// <param name="JoinedOn">The day of joining.</param>
/// <param name="Exclusion">The rule by which the account is nobody's; null where it is somebody's.</param>
public sealed record Candidate(
    string Id,
    string Name,
    string? Mail,
    string? PrincipalName = null,
    string? Department = null,
    string? DepartmentId = null,
    string? PersonId = null,
    DateOnly? JoinedOn = null,
    string? Exclusion = null);
