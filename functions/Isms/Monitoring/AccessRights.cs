namespace Isms.Monitoring;

/// <summary>A right that somebody or something holds at a moment: the line of the access rights sheet (アクセス権一覧).</summary>
/// <param name="Kind">One of <see cref="RightKinds"/>.</param>
/// <param name="HolderId">Object id of the holder.</param>
/// <param name="HolderName">The holder's name.</param>
/// <param name="HolderType"><c>user</c>, <c>guest</c>, <c>group</c>, <c>application</c> or <c>unknown</c>.</param>
/// <param name="What">The role, permission or group.</param>
/// <param name="WhatId">Its id.</param>
/// <param name="Scope">Where it holds: a directory scope or a resource.</param>
/// <param name="Via">The group that conveys it; null when it is held directly.</param>
public sealed record Right(string Kind, string HolderId, string HolderName, string HolderType, string What, string WhatId, string Scope, string? Via = null)
{
    /// <summary>What makes two snapshots' rights the same right; names may change in between.</summary>
    public string Key => $"{Kind}|{HolderId}|{WhatId}|{Scope}|{Via}";
}

/// <summary>Kinds of rights.</summary>
public static class RightKinds
{
    /// <summary>A directory role that is in force.</summary>
    public const string ActiveRole = "role-active";

    /// <summary>A directory role that the holder may activate.</summary>
    public const string EligibleRole = "role-eligible";

    /// <summary>Membership of a group.</summary>
    public const string GroupMembership = "group-membership";

    /// <summary>An application's permission to act by itself, or a user's or group's assignment to an application.</summary>
    public const string AppRole = "app-role";

    /// <summary>Ownership of a service principal: who owns it can give it a secret and act as it.</summary>
    public const string Ownership = "application-owner";

    /// <summary>An application's permission to act on behalf of users.</summary>
    public const string DelegatedGrant = "delegated-grant";
}

/// <summary>What changed between two snapshots.</summary>
/// <param name="Since">The item of evidence compared with; null for the first snapshot.</param>
/// <param name="Gained">Rights that were not there.</param>
/// <param name="Lost">Rights that are no longer there.</param>
public sealed record RightsDifference(string? Since, IReadOnlyList<Right> Gained, IReadOnlyList<Right> Lost)
{
    /// <summary>Compares two snapshots.</summary>
    public static RightsDifference Between(string? since, IEnumerable<Right> before, IReadOnlyList<Right> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (since is null)
        {
            return new RightsDifference(null, [], []);
        }

        var comparison = new RightsComparison(after, isPartial: false);
        foreach (var right in before)
        {
            comparison.Add(right);
        }

        return comparison.End(since);
    }
}

/// <summary>What a snapshot comes to; the file <c>summary.json</c>.</summary>
public sealed record AccessRightsSummary(
    DateTimeOffset At,
    int Users,
    int EnabledUsers,
    int Guests,
    int Groups,
    int Applications,
    IReadOnlyDictionary<string, int> Rights,
    IReadOnlyDictionary<string, int> ActiveRoles,
    IReadOnlyDictionary<string, int> EligibleRoles,
    int GlobalAdministrators,
    string? ComparedWith,
    int Gained,
    int Lost,
    IReadOnlyDictionary<string, int> Exceptions)
{
    /// <summary>Object ids of the accounts that hold a directory role or may activate one.</summary>
    public IReadOnlyList<string> Administrators { get; init; } = [];

    /// <summary>What changed since the snapshot compared with; null where that is so much that it has a file of its own.</summary>
    public RightsDifference? Changes { get; init; }
}
