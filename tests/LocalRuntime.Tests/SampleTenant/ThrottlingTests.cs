using System.Net;
using SampleTenant;

namespace LocalRuntime.Tests.Tenant;

public sealed class ThrottlingTests
{
    [Fact]
    public async Task The_sixth_audit_log_request_within_ten_seconds_waits_for_the_first_to_be_forgotten()
    {
        await using var tenant = await Throttled();
        for (var i = 0; i < 5; i++)
        {
            await tenant.GetAsync(i % 2 == 0 ? "v1.0/auditLogs/signIns?$top=1" : "v1.0/auditLogs/directoryAudits?$top=1");
            tenant.Clock.Now += TimeSpan.FromSeconds(1);
        }

        var (status, code, response) = await tenant.GetErrorAsync("v1.0/auditLogs/signIns?$top=1");
        Assert.Equal((429, "TooManyRequests"), (status, code));
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);

        tenant.Clock.Now += TimeSpan.FromSeconds(5);
        await tenant.GetAsync("v1.0/auditLogs/signIns?$top=1");
    }

    [Fact]
    public async Task Conditional_access_allows_one_request_a_second_and_does_not_say_when_to_come_back()
    {
        await using var tenant = await Throttled();
        await tenant.GetAsync("v1.0/identity/conditionalAccess/policies");

        var (status, _, response) = await tenant.GetErrorAsync("v1.0/identityProtection/riskyUsers");
        Assert.Equal(429, status);
        Assert.Null(response.Headers.RetryAfter);

        tenant.Clock.Now += TimeSpan.FromSeconds(1);
        await tenant.GetAsync("v1.0/identityProtection/riskyUsers");
    }

    [Fact]
    public async Task Sign_in_activity_of_users_is_limited_by_itself()
    {
        await using var tenant = await Throttled();
        for (var i = 0; i < 10; i++)
        {
            await tenant.GetAsync("v1.0/users?$select=id,signInActivity&$top=20");
        }

        var (status, _, response) = await tenant.GetErrorAsync("v1.0/users?$select=id,signInActivity&$top=20");

        Assert.Equal(429, status);
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.RetryAfter!.Delta);
        await tenant.GetAsync("v1.0/users?$select=id&$top=20");
    }

    [Fact]
    public async Task Directory_requests_cost_resource_units_by_path_and_options()
    {
        // 3,500 units in ten seconds for a small tenant, scaled down to seven: transitiveMembers costs five, a group one, select saves one.
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 20, Throttling = ThrottlingMode.Documented, ThrottlingScale = 0.002 });
        var group = (await tenant.GetAsync("v1.0/groups")).GetProperty("value")[0].GetProperty("id").GetString();
        await tenant.GetAsync($"v1.0/groups/{group}/transitiveMembers");

        var (tooDear, _, _) = await tenant.GetErrorAsync("v1.0/users");
        await tenant.GetAsync("v1.0/users?$select=id");
        var (usedUp, _, _) = await tenant.GetErrorAsync("v1.0/groups");

        Assert.Equal((429, 429), (tooDear, usedUp));
    }

    [Fact]
    public async Task Nothing_is_throttled_when_throttling_is_off()
    {
        await using var tenant = await TestTenant.StartAsync();

        for (var i = 0; i < 30; i++)
        {
            using var response = await tenant.Client.GetAsync("v1.0/auditLogs/signIns?$top=1");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static Task<TestTenant> Throttled() => TestTenant.StartAsync(options => options with { Throttling = ThrottlingMode.Documented });
}
