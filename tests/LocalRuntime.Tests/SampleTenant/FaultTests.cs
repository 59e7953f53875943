using System.Net;
using System.Text;
using System.Text.Json;

namespace LocalRuntime.Tests.Tenant;

public sealed class FaultTests
{
    [Theory]
    [InlineData("tooManyRequests", 429, "TooManyRequests")]
    [InlineData("tooManyRequestsWithoutRetryAfter", 429, "TooManyRequests")]
    [InlineData("serviceUnavailable", 503, "serviceNotAvailable")]
    [InlineData("gatewayTimeout", 504, "UnknownError")]
    [InlineData("missingPermission", 403, "Authorization_RequestDenied")]
    [InlineData("missingLicence", 403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")]
    [InlineData("premiumLicenceRequired", 400, "AadPremiumLicenseRequired")]
    public async Task A_fault_that_shows_in_the_status_is_answered_in_Graphs_format(string kind, int status, string code)
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync($$"""{"path":"/users","kind":"{{kind}}","retryAfterSeconds":17}""");

        var error = await tenant.GetErrorAsync("v1.0/users");

        Assert.Equal((status, code), (error.Status, error.Code));
        Assert.Equal(kind is "tooManyRequests" or "serviceUnavailable" ? TimeSpan.FromSeconds(17) : null, error.Response.Headers.RetryAfter?.Delta);
        await tenant.GetAsync("v1.0/groups");
    }

    [Fact]
    public async Task Faults_can_hit_the_nth_request_only_and_be_cleared()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync("""[{"path":"/v1.0/users","kind":"serviceUnavailable","nth":2},{"path":"/groups*","kind":"gatewayTimeout"}]""");

        await tenant.GetAsync("v1.0/users");
        Assert.Equal(503, (await tenant.GetErrorAsync("v1.0/users")).Status);
        await tenant.GetAsync("v1.0/users");
        Assert.Equal(504, (await tenant.GetErrorAsync("v1.0/groups")).Status);

        await tenant.Client.DeleteAsync("/_tenant/faults");
        await tenant.GetAsync("v1.0/groups");
    }

    [Fact]
    public async Task Likely_faults_happen_to_the_same_requests_in_every_run()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var tenant = await TestTenant.StartAsync();
            await tenant.PostFaultAsync("""{"path":"/users","kind":"serviceUnavailable","probability":0.5,"seed":7,"times":6}""");
            var statuses = new StringBuilder();
            for (var i = 0; i < 24; i++)
            {
                using var response = await tenant.Client.GetAsync("v1.0/users?$top=1");
                statuses.Append(response.StatusCode == HttpStatusCode.OK ? '.' : 'x');
            }

            runs.Add(statuses.ToString());
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(6, runs[0].Count(c => c == 'x'));
        Assert.Contains('.', runs[0][..runs[0].LastIndexOf('x')]);
    }

    [Fact]
    public async Task A_cut_body_breaks_in_the_middle_of_the_json()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync("""{"path":"/auditLogs/signIns","kind":"cutBody","nth":1}""");
        using var response = await tenant.Client.GetAsync("v1.0/auditLogs/signIns", HttpCompletionOption.ResponseHeadersRead);
        var received = new MemoryStream();

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.CopyToAsync(received);
        });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("{\"@odata.context\"", Encoding.UTF8.GetString(received.ToArray()), StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(received.ToArray()));
    }

    [Fact]
    public async Task A_slow_body_takes_its_time_on_the_tenants_clock_and_is_whole_in_the_end()
    {
        var clock = new ImpatientClock();
        await using var tenant = await TestTenant.StartAsync(options => options with { Clock = clock });
        var expected = await tenant.Client.GetStringAsync("v1.0/users");
        await tenant.PostFaultAsync("""{"path":"/users","kind":"slowBody","delaySeconds":100}""");

        Assert.Equal(expected, await tenant.Client.GetStringAsync("v1.0/users"));
        Assert.Equal(TimeSpan.FromSeconds(100), clock.Waited);
    }

    [Fact]
    public async Task Duplicate_rows_stand_at_the_end_of_one_page_and_the_beginning_of_the_next()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plain = await Ids(tenant, "v1.0/users?$top=20");
        await tenant.PostFaultAsync("""{"path":"/users","kind":"duplicateRows"}""");

        var doubled = await Ids(tenant, "v1.0/users?$top=20");

        Assert.True(doubled.Count > plain.Count);
        Assert.Equal(plain, doubled.Distinct());
        Assert.Equal(doubled[17..20], doubled[20..23]);
    }

    [Fact]
    public async Task Late_rows_appear_in_the_middle_of_what_was_read_before()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { SignInsPerDay = 10_000 });
        await tenant.PostFaultAsync("""{"path":"/auditLogs/signIns","kind":"lateRows","fraction":0.2,"delaySeconds":7200}""");
        var path = TestTenant.SignIns("2026-05-15T01:30:00Z", "2026-05-15T02:30:00Z");
        var before = await Ids(tenant, path);

        tenant.Clock.Now += TimeSpan.FromHours(2);
        var after = await Ids(tenant, path);

        Assert.InRange(before.Count / (double)after.Count, 0.7, 0.9);
        Assert.Subset(after.ToHashSet(), before.ToHashSet());
    }

    [Fact]
    public async Task An_empty_page_with_a_next_link_loses_nothing()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plain = await Ids(tenant, "v1.0/users?$top=20");
        await tenant.PostFaultAsync("""{"path":"/users","kind":"emptyPage"}""");

        var first = await tenant.GetAsync("v1.0/users?$top=20");

        Assert.Equal(0, first.GetProperty("value").GetArrayLength());
        Assert.Equal(plain, await Ids(tenant, "v1.0/users?$top=20"));
    }

    [Fact]
    public async Task An_expired_skip_token_is_refused_while_the_first_page_is_not()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync("""{"path":"/users","kind":"expiredSkipToken","nth":1}""");
        var next = (await tenant.GetAsync("v1.0/users?$top=20")).GetProperty("@odata.nextLink").GetString()!;

        var (status, code, _) = await tenant.GetErrorAsync(next);

        Assert.Equal((400, "Directory_ExpiredPageToken"), (status, code));
        await tenant.GetAsync(next);
    }

    [Fact]
    public async Task A_next_link_can_lead_astray()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync("""{"path":"/users","kind":"foreignNextLink"}""");

        var next = new Uri((await tenant.GetAsync("v1.0/users?$top=20")).GetProperty("@odata.nextLink").GetString()!);

        Assert.NotEqual(tenant.Server.BaseAddress.Host, next.Host);
    }

    [Fact]
    public async Task A_rule_that_is_not_understood_is_refused()
    {
        await using var tenant = await TestTenant.StartAsync();

        using var response = await tenant.Client.PostAsync("/_tenant/faults", new StringContent("""{"path":"/users","kind":"earthquake"}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    /// <summary>A clock whose timers are due at once, and that remembers what it was asked to wait.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public TimeSpan Waited { get; private set; }

        public override DateTimeOffset GetUtcNow() => TestTenant.Noon;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private static async Task<List<string>> Ids(TestTenant tenant, string path) =>
        [.. (await tenant.ListAsync(path)).Select(row => row.GetProperty("id").GetString()!)];
}
