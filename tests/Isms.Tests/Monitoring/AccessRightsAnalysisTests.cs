using System.Text;
using Isms.Monitoring;
using Isms.Organizations;

namespace Isms.Tests.Monitoring;

public sealed class AccessRightsAnalysisTests
{
    private const string Global = AccessRightsSnapshot.GlobalAdministrator;
    private static readonly DateTimeOffset At = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly AccessRightsSnapshot snapshot = new();
    private readonly PolicyLimits policy = new() { MaximumGlobalAdministrators = 2, MinimumGlobalAdministrators = 2 };

    public AccessRightsAnalysisTests()
    {
        Add(AccessRightsKinds.RoleDefinitions, $$"""{"id":"{{Global}}","displayName":"Global Administrator","templateId":"{{Global}}"}""");
        Add(AccessRightsKinds.RoleDefinitions, """{"id":"reader","displayName":"Security Reader","templateId":"reader"}""");
        User("a");
        User("b");
        Assign("a");
        Assign("b");
    }

    [Fact]
    public void A_role_held_through_nested_groups_is_every_members_right()
    {
        User("c");
        Add(AccessRightsKinds.Groups, """{"id":"g1","displayName":"管理者"}""");
        Add(AccessRightsKinds.Groups, """{"id":"g2","displayName":"内側"}""");
        Member("g1", "g2");
        Member("g2", "c");
        Member("g2", "g1"); // a circle
        Assign("g1", "reader");

        var right = Analysis().Rights().Single(r => r.Kind == RightKinds.ActiveRole && r.HolderId == "c");

        Assert.Equal(("Security Reader", "管理者", "user"), (right.What, right.Via, right.HolderType));
        Assert.Equal(["a", "b", "c"], Analysis().Administrators());
    }

    [Fact]
    public void Members_of_a_group_in_a_group_hold_the_outer_one_through_the_inner_one_and_direct_members_only_directly()
    {
        User("c");
        User("d");
        Add(AccessRightsKinds.Groups, """{"id":"g1","displayName":"外側"}""");
        Add(AccessRightsKinds.Groups, """{"id":"g2","displayName":"内側"}""");
        Member("g1", "g2");
        Member("g1", "d");
        Member("g2", "c");
        Member("g2", "d");
        Member("g2", "g1"); // a circle

        var outer = Analysis().Rights().Where(r => r.Kind == RightKinds.GroupMembership && r.WhatId == "g1" && r.HolderType == "user");

        Assert.Equal([("c", "内側"), ("d", null)], outer.Select(r => (r.HolderId, r.Via)));
    }

    [Fact]
    public void Who_owns_a_service_principal_can_act_as_it_and_is_listed()
    {
        Add(AccessRightsKinds.ServicePrincipals, """{"id":"sp","displayName":"連携","servicePrincipalType":"Application"}""");
        Add(AccessRightsKinds.ServicePrincipalOwners, """{"parent":"sp","row":{"id":"a"}}""");

        var right = Assert.Single(Analysis().Rights(), r => r.Kind == RightKinds.Ownership);

        Assert.Equal(("a", "連携", "sp"), (right.HolderId, right.What, right.WhatId));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "too-many-global-administrators")]
    public void Global_administrators_above_the_limit_are_an_exception(int more, string? code)
    {
        for (var i = 0; i < more; i++)
        {
            User($"x{i}");
            Assign($"x{i}");
        }

        Assert.Equal(code, Analysis().Findings().Select(f => f.Code).FirstOrDefault(c => c.EndsWith("global-administrators", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_single_global_administrator_is_an_exception_but_nothing_is_claimed_when_roles_could_not_be_read()
    {
        var lonely = new AccessRightsSnapshot();
        Assert.Empty(new AccessRightsAnalysis(lonely, policy, At).Findings());
        lonely.Add(AccessRightsKinds.RoleDefinitions, Encoding.UTF8.GetBytes($$"""{"id":"{{Global}}","displayName":"Global Administrator","templateId":"{{Global}}"}"""));
        Assert.Equal("too-few-global-administrators", Assert.Single(new AccessRightsAnalysis(lonely, policy, At).Findings()).Code);
    }

    [Fact]
    public void Guests_disabled_and_unused_accounts_with_roles_are_exceptions()
    {
        User("guest", type: "Guest");
        User("gone", enabled: false);
        User("stale", lastSignIn: "2026-03-01T00:00:00Z");
        User("fresh", lastSignIn: "2026-06-30T00:00:00Z");
        User("never", created: "2026-01-01T00:00:00Z", lastSignIn: "0001-01-01T00:00:00Z");
        foreach (var id in new[] { "guest", "gone", "stale", "fresh", "never" })
        {
            Assign(id, "reader");
        }

        Assert.Equal(
            [("disabled-account-with-role", "gone"), ("guest-with-role", "guest"), ("stale-administrator", "never"), ("stale-administrator", "stale")],
            Analysis().Findings().Select(f => (f.Code, f.SubjectId)));
    }

    [Fact]
    public void Eligible_roles_count_like_active_ones_except_for_the_number_of_administrators()
    {
        User("e", type: "Guest");
        Add(AccessRightsKinds.EligibleRoles, $$"""{"id":"1","principalId":"e","roleDefinitionId":"{{Global}}","directoryScopeId":"/"}""");

        Assert.Equal(["guest-with-role"], Analysis().Findings().Select(f => f.Code));
        Assert.Contains("e", Analysis().Administrators());
    }

    [Fact]
    public void An_application_with_high_privileges_and_no_owner_is_an_exception()
    {
        Add(AccessRightsKinds.ServicePrincipals, """{"id":"graph","displayName":"Microsoft Graph","servicePrincipalType":"Application","appRoles":[{"id":"r1","value":"Directory.ReadWrite.All"},{"id":"r2","value":"User.Read.All"}]}""");
        foreach (var (id, type, role) in new[] { ("orphan", "Application", "r1"), ("owned", "Application", "r1"), ("modest", "Application", "r2"), ("managed", "ManagedIdentity", "r1") })
        {
            Add(AccessRightsKinds.ServicePrincipals, $$"""{"id":"{{id}}","displayName":"{{id}}","servicePrincipalType":"{{type}}","appRoles":[]}""");
            Add(AccessRightsKinds.AppRoleAssignments, $$$"""{"parent":"graph","row":{"principalId":"{{{id}}}","principalType":"ServicePrincipal","resourceId":"graph","resourceDisplayName":"Microsoft Graph","appRoleId":"{{{role}}}"}}""");
        }

        Add(AccessRightsKinds.ServicePrincipalOwners, """{"parent":"owned","row":{"id":"a"}}""");

        Assert.Equal([("high-privilege-application-without-owner", "orphan")], Analysis().Findings().Select(f => (f.Code, f.SubjectId)));
        snapshot.KnowsOwners = false;
        Assert.Empty(Analysis().Findings());
    }

    [Fact]
    public void A_consent_to_high_privileges_for_everybody_is_an_exception()
    {
        Add(AccessRightsKinds.DelegatedGrants, """{"clientId":"app","resourceId":"graph","consentType":"AllPrincipals","principalId":null,"scope":"User.Read Mail.ReadWrite"}""");
        Add(AccessRightsKinds.DelegatedGrants, """{"clientId":"app2","resourceId":"graph","consentType":"Principal","principalId":"a","scope":"Mail.ReadWrite"}""");
        Assert.Equal([("high-privilege-consent-for-all", "Mail.ReadWrite")], Analysis().Findings().Select(f => (f.Code, f.Detail)));
    }

    [Fact]
    public void The_difference_says_who_gained_and_who_lost_what()
    {
        var before = Analysis().Rights();
        User("c");
        Assign("c", "reader");
        snapshot.Active.RemoveAll(g => g.Principal == "a");

        var difference = RightsDifference.Between("earlier", before, Analysis().Rights());

        Assert.Equal([("c", "Security Reader")], difference.Gained.Select(r => (r.HolderId, r.What)));
        Assert.Equal([("a", "Global Administrator")], difference.Lost.Select(r => (r.HolderId, r.What)));
    }

    [Fact]
    public void The_first_snapshot_differs_from_nothing()
    {
        var difference = RightsDifference.Between(null, [], Analysis().Rights());
        Assert.Empty(difference.Gained);
        Assert.Null(difference.Since);
    }

    [Fact]
    public void A_new_name_is_no_new_right()
    {
        var before = Analysis().Rights();
        User("a", name: "結婚後の姓");
        Assert.Empty(RightsDifference.Between("earlier", before, Analysis().Rights()).Gained);
    }

    private AccessRightsAnalysis Analysis() => new(snapshot, policy, At);

    private void Add(string file, string json) => snapshot.Add(file, Encoding.UTF8.GetBytes(json));

    private void User(
        string id, string type = "Member", bool enabled = true, string lastSignIn = "2026-06-30T00:00:00Z", string created = "2020-01-01T00:00:00Z", string? name = null) =>
        Add(AccessRightsKinds.Users, $$$"""{"id":"{{{id}}}","displayName":"{{{name ?? id}}}","userPrincipalName":"{{{id}}}@example.jp","userType":"{{{type}}}","accountEnabled":{{{(enabled ? "true" : "false")}}},"createdDateTime":"{{{created}}}","signInActivity":{"lastSignInDateTime":"{{{lastSignIn}}}"}}""");

    private void Assign(string principal, string role = Global) =>
        Add(AccessRightsKinds.RoleAssignments, $$"""{"id":"{{principal}}-{{role}}","principalId":"{{principal}}","roleDefinitionId":"{{role}}","directoryScopeId":"/"}""");

    private void Member(string group, string member) => Add(AccessRightsKinds.GroupMembers, $$$"""{"parent":"{{{group}}}","row":{"id":"{{{member}}}"}}""");
}
