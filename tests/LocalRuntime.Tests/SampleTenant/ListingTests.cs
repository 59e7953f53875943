using System.Text.Json;

namespace LocalRuntime.Tests.Tenant;

public sealed class ListingTests
{
    [Theory]
    [InlineData("v1.0/users", 7)]
    [InlineData("v1.0/groups", 4)]
    [InlineData("v1.0/servicePrincipals", 5)]
    [InlineData("v1.0/roleManagement/directory/roleAssignments", 3)]
    [InlineData("v1.0/reports/authenticationMethods/userRegistrationDetails", 9)]
    [InlineData("v1.0/auditLogs/directoryAudits", 50)]
    public async Task Pages_add_up_to_the_whole(string path, int top)
    {
        await using var tenant = await TestTenant.StartAsync();

        var whole = await tenant.ListAsync($"{path}?$top=999");
        var paged = await tenant.ListAsync($"{path}?$top={top}");

        Assert.True(whole.Count > top);
        Assert.Equal(Texts(whole), Texts(paged));
    }

    [Fact]
    public async Task Count_agrees_with_what_is_listed()
    {
        await using var tenant = await TestTenant.StartAsync();

        var page = await tenant.GetAsync("v1.0/users?$top=5&$count=true");
        var plain = await tenant.Client.GetStringAsync("v1.0/users/$count");
        var all = await tenant.ListAsync("v1.0/users?$top=999");

        Assert.Equal(all.Count, page.GetProperty("@odata.count").GetInt32());
        Assert.Equal(all.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), plain);
        Assert.Equal(5, page.GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Without_select_a_user_has_the_usual_properties_only()
    {
        await using var tenant = await TestTenant.StartAsync();

        var usual = (await tenant.GetAsync("v1.0/users?$top=1")).GetProperty("value")[0];
        var selected = (await tenant.GetAsync("v1.0/users?$top=1&$select=displayName,department")).GetProperty("value")[0];

        Assert.False(usual.TryGetProperty("department", out _));
        Assert.True(usual.TryGetProperty("userPrincipalName", out _));
        Assert.Equal(["displayName", "department"], selected.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Manager_is_expanded_on_request()
    {
        await using var tenant = await TestTenant.StartAsync();
        var lead = tenant.Server.Directory.User(2);

        var user = await tenant.GetAsync($"v1.0/users/{lead.Id}?$select=id&$expand=manager");

        Assert.Equal(tenant.Server.Directory.President.Id, user.GetProperty("manager").GetProperty("id").GetGuid());
        Assert.Equal(user.GetProperty("manager").GetProperty("id").GetGuid(), (await tenant.GetAsync($"v1.0/users('{lead.Id}')/manager")).GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData("accountEnabled eq false")]
    [InlineData("not(accountEnabled eq true)")]
    [InlineData("accountEnabled ne true and userType eq 'Member'")]
    public async Task Disabled_accounts_are_found_by_filter(string filter)
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 300 });

        var disabled = await tenant.ListAsync($"v1.0/users?$filter={filter}&$select=id,accountEnabled,assignedLicenses");
        var all = await tenant.ListAsync("v1.0/users?$select=id,accountEnabled&$top=999");

        Assert.Equal(
            all.Where(user => !user.GetProperty("accountEnabled").GetBoolean()).Select(user => user.GetProperty("id").GetString()),
            disabled.Select(user => user.GetProperty("id").GetString()));
        Assert.Contains(disabled, user => user.GetProperty("assignedLicenses").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Filters_know_texts_lists_times_and_collections()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 300 });
        var someone = tenant.Server.Directory.User(40);

        var byStart = await tenant.ListAsync($"v1.0/users?$filter=startswith(userPrincipalName,'{someone.UserPrincipalName[..6].ToUpperInvariant()}')");
        var byList = await tenant.ListAsync($"v1.0/users?$filter=id in ('{someone.Id}','{tenant.Server.Directory.User(41).Id}')");
        var newcomers = await tenant.ListAsync("v1.0/users?$filter=createdDateTime ge 2026-04-01T00:00:00%2B09:00 or userType eq 'Guest'&$select=createdDateTime,userType&$top=999");
        var unlicensed = await tenant.ListAsync("v1.0/users?$filter=assignedLicenses/$count eq 0&$select=assignedLicenses&$top=999");
        var premium = await tenant.ListAsync("v1.0/users?$filter=assignedLicenses/any(l:l/skuId eq 84a661c4-e949-4bd2-a560-ed7766fcaf2b)&$select=assignedLicenses&$top=999");

        Assert.Contains(byStart, user => user.GetProperty("id").GetGuid() == someone.Id);
        Assert.Equal(2, byList.Count);
        Assert.NotEmpty(newcomers);
        Assert.All(newcomers, user => Assert.True(user.GetProperty("userType").GetString() == "Guest" || user.GetProperty("createdDateTime").GetDateTimeOffset() >= tenant.Server.Directory.Start));
        Assert.NotEmpty(unlicensed);
        Assert.All(unlicensed, user => Assert.Equal(0, user.GetProperty("assignedLicenses").GetArrayLength()));
        Assert.NotEmpty(premium);
        Assert.All(premium, user => Assert.Contains("84a661c4", user.GetRawText(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v1.0/users?$filter=nonsense eq 1")]
    [InlineData("v1.0/users?$filter=displayName eqq 'x'")]
    [InlineData("v1.0/users?$filter=displayName eq 'x")]
    [InlineData("v1.0/users?$filter=(displayName eq 'x'")]
    [InlineData("v1.0/users?$filter=length(displayName) eq 1")]
    [InlineData("v1.0/users?$select=nonsense")]
    [InlineData("v1.0/users?$expand=nonsense")]
    [InlineData("v1.0/users?$top=0")]
    [InlineData("v1.0/users?$frobnicate=1")]
    [InlineData("v1.0/users?$skiptoken=abc")]
    [InlineData("v1.0/nonsense")]
    [InlineData("v1.0/auditLogs/signIns?$orderby=userDisplayName")]
    public async Task What_Graph_would_not_understand_is_a_bad_request(string path)
    {
        await using var tenant = await TestTenant.StartAsync();

        var (status, code, _) = await tenant.GetErrorAsync(path);

        Assert.Equal((400, "BadRequest"), (status, code));
    }

    [Fact]
    public async Task A_skip_token_is_good_for_its_own_listing_only()
    {
        await using var tenant = await TestTenant.StartAsync();
        var next = (await tenant.GetAsync("v1.0/users?$top=5")).GetProperty("@odata.nextLink").GetString()!;

        var (status, _, _) = await tenant.GetErrorAsync(next.Replace("$top=5", "$top=6", StringComparison.Ordinal));

        Assert.Equal(400, status);
        Assert.StartsWith(tenant.Server.BaseAddress.ToString(), next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_objects_are_not_found()
    {
        await using var tenant = await TestTenant.StartAsync();

        var (status, code, _) = await tenant.GetErrorAsync("v1.0/users/6f0d8b1a-3f57-4b52-9a53-0a2f37f1c0de");

        Assert.Equal((404, "Request_ResourceNotFound"), (status, code));
    }

    [Fact]
    public async Task All_staff_nests_the_departments_and_reaches_their_people_only_transitively()
    {
        await using var tenant = await TestTenant.StartAsync();
        var group = (await tenant.ListAsync("v1.0/groups?$filter=mailNickname eq 'all-staff'")).Single().GetProperty("id").GetString();

        var members = await tenant.ListAsync($"v1.0/groups/{group}/members");
        var transitive = await tenant.ListAsync($"v1.0/groups/{group}/transitiveMembers");
        var people = await tenant.ListAsync($"v1.0/groups/{group}/transitiveMembers/microsoft.graph.user");

        Assert.All(members, member => Assert.Equal("#microsoft.graph.group", member.GetProperty("@odata.type").GetString()));
        Assert.Equal(transitive.Count, members.Count + people.Count);
        Assert.Contains(people, user => user.GetProperty("id").GetGuid() == tenant.Server.Directory.President.Id);
    }

    [Fact]
    public async Task There_are_too_many_global_administrators_and_one_leaver_has_a_role()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 120 });
        var assignments = await tenant.ListAsync("v1.0/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'");
        var all = await tenant.ListAsync("v1.0/roleManagement/directory/roleAssignments");
        var eligible = await tenant.ListAsync("v1.0/roleManagement/directory/roleEligibilityScheduleInstances");
        var disabled = (await tenant.ListAsync("v1.0/users?$filter=accountEnabled eq false")).Select(user => user.GetProperty("id").GetString()).ToHashSet();

        Assert.True(assignments.Count > 5);
        Assert.Contains(all, assignment => disabled.Contains(assignment.GetProperty("principalId").GetString()));
        Assert.All(all, assignment => Assert.False(Guid.TryParse(assignment.GetProperty("id").GetString(), out _)));
        Assert.Equal(all.Count, all.Select(assignment => assignment.GetProperty("id").GetString()).Distinct().Count());
        Assert.NotEmpty(eligible);
    }

    [Fact]
    public async Task Roles_and_policies_change_in_the_course_of_the_year()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 120 });
        const string GlobalAdministrators = "v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$filter=roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10' and assignmentType eq 'Assigned'";
        const string Policies = "v1.0/identity/conditionalAccess/policies";
        var (before, policiesBefore) = (await tenant.ListAsync(GlobalAdministrators), await tenant.ListAsync(Policies));

        tenant.Clock.Now = new DateTimeOffset(2026, 9, 4, 15, 0, 0, TimeSpan.Zero);
        var (after, policiesAfter) = (await tenant.ListAsync(GlobalAdministrators), await tenant.ListAsync(Policies));

        Assert.Equal(before.Count + 1, after.Count);
        Assert.NotEqual(Texts(policiesBefore), Texts(policiesAfter));
    }

    [Fact]
    public async Task Some_credentials_have_expired_and_some_applications_have_no_owner()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 500 });

        var applications = await tenant.ListAsync("v1.0/applications?$expand=owners&$top=999");
        var expiries = applications.SelectMany(app => app.GetProperty("passwordCredentials").EnumerateArray()).Select(secret => secret.GetProperty("endDateTime").GetDateTimeOffset()).ToList();

        Assert.Contains(expiries, expiry => expiry < tenant.Clock.Now);
        Assert.Contains(expiries, expiry => expiry > tenant.Clock.Now.AddYears(5));
        Assert.Contains(applications, app => app.GetProperty("owners").GetArrayLength() == 0);
        Assert.Contains(applications, app => app.GetProperty("owners").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Japanese_is_sent_as_it_is_and_year_one_appears_as_a_date()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 500 });

        var text = await tenant.Client.GetStringAsync("v1.0/users?$select=displayName,department,lastPasswordChangeDateTime&$top=999");

        Assert.Contains("情報システム部", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", text, StringComparison.Ordinal);
        Assert.Contains("\"0001-01-01T00:00:00Z\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_do_not_depend_on_the_port()
    {
        await using var one = await TestTenant.StartAsync();
        await using var other = await TestTenant.StartAsync();

        foreach (var path in (string[])["v1.0/users?$top=999", "beta/auditLogs/signIns?$top=100&$filter=createdDateTime lt 2026-05-15T00:00:00Z", "v1.0/applications?$expand=owners", "v1.0/security/secureScores"])
        {
            var (first, second) = (await one.Client.GetStringAsync(path), await other.Client.GetStringAsync(path));
            Assert.Equal(first.Replace(one.Server.BaseAddress.Authority, "", StringComparison.Ordinal), second.Replace(other.Server.BaseAddress.Authority, "", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> rows) => rows.Select(row => row.GetRawText());
}
