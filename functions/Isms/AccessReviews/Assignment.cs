using Isms.Monitoring;

namespace Isms.AccessReviews;

/// <summary>What is decided about a right.</summary>
public enum ReviewDecision
{
    /// <summary>It is needed (継続).</summary>
    Keep,

    /// <summary>It is taken away (取消).</summary>
    Revoke,

    /// <summary>It is replaced by another one, such as eligible instead of active (変更).</summary>
    Change,
}

/// <summary>A row of a sheet: a right that somebody holds, with what the reviewer has to know of the holder.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Number">Its number within the sheet, from 1.</param>
/// <param name="Right">The right.</param>
public sealed record Assignment(string Sheet, int Number, Right Right)
{
    /// <summary>The holder's sign-in name.</summary>
    public string? Account { get; init; }

    /// <summary>The holder's person id, where they are in the settings.</summary>
    public string? Person { get; init; }

    /// <summary>The department as the directory writes it.</summary>
    public string? Department { get; init; }

    /// <summary>The holder's last sign-in, where it is known.</summary>
    public DateTimeOffset? LastSignIn { get; init; }

    /// <summary>What is conspicuous about it: codes of <see cref="AssignmentFlags"/>. Who keeps such a right says why.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}

/// <summary>The kind of the right to have a guest's account at all; it comes beside the <see cref="RightKinds"/> of the access rights sheet.</summary>
public static class GuestAccounts
{
    /// <summary>The kind.</summary>
    public const string Kind = "guest-account";

    /// <summary>The right of a guest to be one.</summary>
    public static Right RightOf(DirectoryHolder guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        return new Right(Kind, guest.Id, guest.Name, "guest", "guest", guest.Id, "/");
    }
}

/// <summary>What makes a right conspicuous; the text of each is <c>access-review.flag.{code}</c>.</summary>
public static class AssignmentFlags
{
    /// <summary>The holder's account is disabled.</summary>
    public const string Disabled = "disabled-account";

    /// <summary>The holder has not signed in for longer than the policy permits.</summary>
    public const string Stale = "stale-account";

    /// <summary>A guest holds a role of the directory.</summary>
    public const string GuestWithRole = "guest-with-role";

    /// <summary>An administrative role that is in force all the time.</summary>
    public const string StandingAdministrator = "standing-administrator";

    /// <summary>A permission with which an application can take over the tenant, or all of its mail and files.</summary>
    public const string HighPrivilege = "high-privilege";

    /// <summary>What is conspicuous about a right.</summary>
    /// <param name="right">The right.</param>
    /// <param name="holder">Its holder; null where the directory does not know an account.</param>
    /// <param name="staleAfterDays">After how many days without a sign-in an account is stale.</param>
    /// <param name="at">When the snapshot was taken.</param>
    public static IReadOnlyList<string> Of(Right right, DirectoryHolder? holder, int staleAfterDays, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(right);
        var isRole = right.Kind is RightKinds.ActiveRole or RightKinds.EligibleRole;
        var flags = new List<string>();
        if (holder is { Enabled: false })
        {
            flags.Add(Disabled);
        }
        else if (holder is { LastSignIn: { } last } && (at - last).TotalDays > staleAfterDays)
        {
            flags.Add(Stale);
        }

        if (isRole && right.HolderType == "guest")
        {
            flags.Add(GuestWithRole);
        }

        if (right.Kind == RightKinds.ActiveRole && right.What.Contains("Administrator", StringComparison.Ordinal))
        {
            flags.Add(StandingAdministrator);
        }

        if (right is { Kind: RightKinds.AppRole, HolderType: "application" } && AccessRightsAnalysis.IsHighPrivilege(right.What))
        {
            flags.Add(HighPrivilege);
        }

        return flags;
    }
}
