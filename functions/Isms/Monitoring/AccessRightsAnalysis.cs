using System.Globalization;
using Isms.Organizations;

namespace Isms.Monitoring;

/// <summary>Draws the access rights sheet from a snapshot and holds it against the organisation's policy (A.5.15, A.5.18, A.8.2).</summary>
public sealed class AccessRightsAnalysis(AccessRightsSnapshot snapshot, PolicyLimits policy, DateTimeOffset at)
{
    /// <summary>Application permissions with which a tenant, or all of its mail and files, can be taken over.</summary>
    private static readonly HashSet<string> HighPrivileges = new(StringComparer.OrdinalIgnoreCase)
    {
        "AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All", "Directory.ReadWrite.All", "Files.ReadWrite.All", "Group.ReadWrite.All",
        "Mail.ReadWrite", "Mail.Send", "RoleManagement.ReadWrite.Directory", "Sites.FullControl.All", "User.ReadWrite.All", "full_access_as_app",
    };

    private IReadOnlyList<Right>? rights;

    /// <summary>Whether an application that holds the permission can take over a tenant, or all of its mail and files.</summary>
    internal static bool IsHighPrivilege(string permission) => HighPrivileges.Contains(permission);

    /// <summary>Every right, ordered by kind, holder and what; roles that come through a group are listed for each member, too.</summary>
    public IReadOnlyList<Right> Rights() => rights ??= RightOrder.Sorted(AllRights());

    /// <summary>Object ids of the accounts that hold a directory role or may activate one.</summary>
    public IReadOnlyList<string> Administrators() =>
        [.. Rights().Where(IsRole).Where(r => r.HolderType is "user" or "guest").Select(r => r.HolderId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What exceeds the policy.</summary>
    public IReadOnlyList<Finding> Findings() => Finding.Ordered(
    [
        .. GlobalAdministratorsOutOfBounds(),
        .. AccountsThatShouldNotHoldRoles(),
        .. GuestsDueForReview(),
        .. ApplicationsWithHighPrivileges(),
        .. ConsentsForEverybody(),
    ]);

    /// <summary>The counts.</summary>
    public AccessRightsSummary Summary(RightsDifference difference, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(findings);
        var all = Rights();
        return new AccessRightsSummary(
            at,
            snapshot.Accounts.Count,
            snapshot.Accounts.Values.Count(a => a.Enabled),
            snapshot.Accounts.Values.Count(a => a.IsGuest),
            snapshot.Groups.Count,
            snapshot.Applications.Count,
            Count(all.Select(r => r.Kind)),
            Count(all.Where(r => r.Kind == RightKinds.ActiveRole && r.HolderType != "group").Select(r => r.What)),
            Count(all.Where(r => r.Kind == RightKinds.EligibleRole && r.HolderType != "group").Select(r => r.What)),
            GlobalAdministrators().Count,
            difference.Since,
            difference.Gained.Count,
            difference.Lost.Count,
            Count(findings.Select(f => f.Code)))
        {
            Administrators = Administrators(),
        };
    }

    private IEnumerable<Right> AllRights() =>
        RoleRights(snapshot.Active, RightKinds.ActiveRole)
            .Concat(RoleRights(snapshot.Eligible, RightKinds.EligibleRole))
            .Concat(MembershipRights())
            .Concat(IndirectMembershipRights())
            .Concat(snapshot.AppRoleGrants.Select(AppRoleRight))
            .Concat(snapshot.Owners.SelectMany(o => o.Value.Select(owner => Of(RightKinds.Ownership, owner, snapshot.Holder(o.Key).Name, o.Key, "/"))))
            .Concat(snapshot.DelegatedGrants.SelectMany(DelegatedRights));

    private IEnumerable<Right> RoleRights(IEnumerable<AccessRightsSnapshot.RoleGrant> grants, string kind)
    {
        foreach (var grant in grants)
        {
            var role = snapshot.Roles.TryGetValue(grant.Role, out var known) ? known.Name : grant.Role;
            yield return Of(kind, grant.Principal, role, grant.Role, grant.Scope);
            if (snapshot.Groups.TryGetValue(grant.Principal, out var group))
            {
                foreach (var member in snapshot.MembersOf(grant.Principal))
                {
                    yield return Of(kind, member, role, grant.Role, grant.Scope, group);
                }
            }
        }
    }

    private IEnumerable<Right> MembershipRights() => snapshot.Members.SelectMany(
        m => m.Value.Select(member => Of(RightKinds.GroupMembership, member, snapshot.Groups.GetValueOrDefault(m.Key) ?? m.Key, m.Key, "/")));

    private IEnumerable<Right> IndirectMembershipRights() =>
        from @group in snapshot.Members.Keys
        from held in snapshot.IndirectMembersOf(@group)
        select Of(RightKinds.GroupMembership, held.Member, snapshot.Groups.GetValueOrDefault(@group) ?? @group, @group, "/", snapshot.Groups[held.Through]);

    private Right AppRoleRight(AccessRightsSnapshot.AppRoleGrant grant)
    {
        var role = snapshot.Applications.TryGetValue(grant.Resource, out var resource) && resource.Roles.TryGetValue(grant.Role, out var value) ? value : "";
        var holder = snapshot.Holder(grant.Principal);
        return new Right(
            RightKinds.AppRole, grant.Principal, holder.Name.Length > 0 ? holder.Name : grant.PrincipalName,
            holder.Type == "unknown" ? grant.PrincipalType.ToLowerInvariant() : holder.Type,
            role.Length > 0 ? role : "(default access)", grant.Role, grant.ResourceName.Length > 0 ? grant.ResourceName : grant.Resource);
    }

    private IEnumerable<Right> DelegatedRights(AccessRightsSnapshot.DelegatedGrant grant)
    {
        var resource = snapshot.Applications.TryGetValue(grant.Resource, out var app) ? app.Name : grant.Resource;
        var whose = grant.ConsentType == "AllPrincipals" ? "all users" : snapshot.Holder(grant.Principal).Name;
        return grant.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(scope => Of(RightKinds.DelegatedGrant, grant.Client, scope, $"{scope}/{grant.Principal}", resource, whose));
    }

    private Right Of(string kind, string holder, string what, string whatId, string scope, string? via = null)
    {
        var (name, type) = snapshot.Holder(holder);
        return new Right(kind, holder, name, type, what, whatId, scope, via);
    }

    private IReadOnlyList<string> GlobalAdministrators() =>
    [
        .. Rights()
            .Where(r => r.Kind == RightKinds.ActiveRole && r.HolderType is ("user" or "guest") && IsGlobalAdministrator(r.WhatId))
            .Select(r => r.HolderId).Distinct(StringComparer.Ordinal),
    ];

    private bool IsGlobalAdministrator(string role) => snapshot.Roles.TryGetValue(role, out var known)
        ? known.Template == AccessRightsSnapshot.GlobalAdministrator
        : role == AccessRightsSnapshot.GlobalAdministrator;

    private IEnumerable<Finding> GlobalAdministratorsOutOfBounds()
    {
        if (snapshot.Roles.Count == 0)
        {
            yield break; // Roles could not be read: the gap is named in the completeness, and nothing is claimed here.
        }

        var count = GlobalAdministrators().Count;
        var (code, limit) = count > policy.MaximumGlobalAdministrators ? ("too-many-global-administrators", $"> {policy.MaximumGlobalAdministrators}")
            : count < policy.MinimumGlobalAdministrators ? ("too-few-global-administrators", $"< {policy.MinimumGlobalAdministrators}")
            : ("", "");
        if (code.Length > 0)
        {
            yield return new Finding(code, AccessRightsSnapshot.GlobalAdministrator, "Global Administrator", limit, count);
        }
    }

    private IEnumerable<Finding> AccountsThatShouldNotHoldRoles()
    {
        foreach (var held in Rights().Where(IsRole).GroupBy(r => r.HolderId, StringComparer.Ordinal))
        {
            if (!snapshot.Accounts.TryGetValue(held.Key, out var account))
            {
                continue;
            }

            var roles = string.Join("; ", held.Select(r => r.What).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            if (account.IsGuest)
            {
                yield return About("guest-with-role", account, roles);
            }

            if (!account.Enabled)
            {
                yield return About("disabled-account-with-role", account, roles);
            }
            else if (snapshot.KnowsSignInActivity && DaysUnused(account) is { } days && days > policy.StaleAccountDays)
            {
                yield return About("stale-administrator", account, string.Create(CultureInfo.InvariantCulture, $"{roles} ({days} d)"), account.LastSignIn);
            }
        }
    }

    private IEnumerable<Finding> GuestsDueForReview() =>
        from account in snapshot.Accounts.Values
        where account.IsGuest && account.Enabled && snapshot.KnowsSignInActivity
        let days = DaysUnused(account)
        where days > policy.GuestReviewDays
        select About("guest-due-for-review", account, string.Create(CultureInfo.InvariantCulture, $"{days} d"), account.LastSignIn);

    private IEnumerable<Finding> ApplicationsWithHighPrivileges()
    {
        var high = Rights().Where(r => r.Kind == RightKinds.AppRole && r.HolderType == "application" && HighPrivileges.Contains(r.What));
        foreach (var held in high.GroupBy(r => r.HolderId, StringComparer.Ordinal))
        {
            // A managed identity has no owners: the Azure resource it belongs to has.
            var isManaged = snapshot.Applications.TryGetValue(held.Key, out var app) && app.Type == "ManagedIdentity";
            if (snapshot.KnowsOwners && !isManaged && !snapshot.Owners.ContainsKey(held.Key))
            {
                var permissions = string.Join("; ", held.Select(r => r.What).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
                yield return new Finding("high-privilege-application-without-owner", held.Key, held.First().HolderName, permissions, held.Count());
            }
        }
    }

    private IEnumerable<Finding> ConsentsForEverybody() =>
        from grant in snapshot.DelegatedGrants
        where grant.ConsentType == "AllPrincipals"
        let high = grant.Scope.Split(' ').Where(HighPrivileges.Contains).Order(StringComparer.Ordinal).ToArray()
        where high.Length > 0
        select new Finding("high-privilege-consent-for-all", grant.Client, snapshot.Holder(grant.Client).Name, string.Join("; ", high), high.Length);

    private int? DaysUnused(AccessRightsSnapshot.Account account) =>
        (account.LastSignIn ?? account.Created) is { } since ? (int)(at - since).TotalDays : null;

    private static Finding About(string code, AccessRightsSnapshot.Account account, string detail, DateTimeOffset? last = null) =>
        new(code, account.Id, account.PrincipalName, detail, 1, null, last);

    private static bool IsRole(Right right) => right.Kind is RightKinds.ActiveRole or RightKinds.EligibleRole;

    private static SortedDictionary<string, int> Count(IEnumerable<string> values) => new(values.CountBy(v => v).ToDictionary(), StringComparer.Ordinal);
}
