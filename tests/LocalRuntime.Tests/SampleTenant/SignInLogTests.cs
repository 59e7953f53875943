using System.Text;
using System.Text.Json;

namespace LocalRuntime.Tests.Tenant;

public sealed class SignInLogTests
{
    [Fact]
    public async Task A_working_day_in_Tokyo_has_exactly_as_many_sign_ins_as_asked_for()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { SignInsPerDay = 4321 });

        var rows = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T15:00:00Z", "2026-05-14T15:00:00Z"));

        Assert.Equal(4321, rows.Count);
        Assert.Equal(4321, rows.Select(row => row.GetProperty("id").GetGuid()).Distinct().Count());
    }

    [Fact]
    public async Task Windows_add_up_to_the_window_around_them()
    {
        await using var tenant = await TestTenant.StartAsync();

        var whole = await tenant.ListAsync(TestTenant.SignIns("2026-05-12T00:00:00Z", "2026-05-14T00:00:00Z"));
        var later = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T01:02:03.5Z", "2026-05-14T00:00:00Z", "&$top=77"));
        var sooner = await tenant.ListAsync(TestTenant.SignIns("2026-05-12T00:00:00Z", "2026-05-13T01:02:03.5Z", "&$top=333"));

        Assert.NotEmpty(sooner);
        Assert.Equal(Texts(whole), Texts([.. later, .. sooner]));
    }

    [Fact]
    public async Task Newest_come_first_unless_the_oldest_are_asked_for()
    {
        await using var tenant = await TestTenant.StartAsync();

        var descending = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T00:00:00Z", "2026-05-14T00:00:00Z", "&$top=100"));
        var ascending = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T00:00:00Z", "2026-05-14T00:00:00Z", "&$top=100&$orderby=createdDateTime asc"));

        var times = ascending.Select(row => row.GetProperty("createdDateTime").GetDateTimeOffset()).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(Texts(descending), Texts(ascending).Reverse());
    }

    [Fact]
    public async Task Most_sign_ins_happen_in_office_hours_and_few_on_sundays()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { SignInsPerDay = 1000 });

        var morning = await tenant.ListAsync(TestTenant.SignIns("2026-05-14T00:00:00Z", "2026-05-14T03:00:00Z"));
        var night = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T15:00:00Z", "2026-05-13T18:00:00Z"));
        var sunday = await tenant.ListAsync(TestTenant.SignIns("2026-05-09T15:00:00Z", "2026-05-10T15:00:00Z"));

        Assert.True(morning.Count > 300);
        Assert.True(night.Count < 20);
        Assert.Equal(100, sunday.Count);
    }

    [Fact]
    public async Task An_event_becomes_visible_after_its_lag_and_disappears_after_its_retention()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { SignInsPerDay = 20_000, IngestionLag = TimeSpan.FromMinutes(5) });

        var newest = (await tenant.GetAsync("v1.0/auditLogs/signIns?$top=1")).GetProperty("value")[0].GetProperty("createdDateTime").GetDateTimeOffset();
        var oldest = (await tenant.GetAsync("v1.0/auditLogs/signIns?$top=1&$orderby=createdDateTime asc")).GetProperty("value")[0].GetProperty("createdDateTime").GetDateTimeOffset();

        Assert.InRange(tenant.Clock.Now - newest, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7));
        Assert.InRange(tenant.Clock.Now - oldest, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task A_listing_shows_one_moment_even_if_time_goes_on_between_its_pages()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { SignInsPerDay = 20_000 });
        var path = TestTenant.SignIns("2026-05-15T02:30:00Z", "2026-05-15T04:00:00Z", "&$orderby=createdDateTime asc&$top=500");
        var expected = await tenant.ListAsync(path);

        var first = await tenant.GetAsync(path);
        tenant.Clock.Now += TimeSpan.FromMinutes(30);
        var rest = await tenant.ListAsync(first.GetProperty("@odata.nextLink").GetString()!);

        Assert.Equal(expected.Count, 500 + rest.Count);
    }

    [Fact]
    public async Task A_third_of_a_percent_or_more_is_worth_an_auditors_look()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { SignInsPerDay = 6000, Users = 200 });

        var rows = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T15:00:00Z", "2026-05-14T15:00:00Z"));

        Assert.Contains(rows, row => row.GetProperty("clientAppUsed").GetString() == "IMAP4");
        Assert.Contains(rows, row => row.GetProperty("location").GetProperty("countryOrRegion").GetString() != "JP");
        Assert.Contains(rows, row => row.GetProperty("riskState").GetString() == "atRisk");
        Assert.Contains(rows, row => row.GetProperty("status").GetProperty("errorCode").GetInt32() == 50126);
        Assert.Contains(rows, row => row.GetProperty("appDisplayName").GetString() == "Azure Portal");
        Assert.InRange(rows.Count(row => row.GetProperty("status").GetProperty("errorCode").GetInt32() != 0), 150, 600);
        Assert.Contains(rows, row => row.GetProperty("createdDateTime").GetString()!.Length == "2026-05-14T00:00:00.1234567Z".Length);
        Assert.InRange(rows.Average(row => Encoding.UTF8.GetByteCount(row.GetRawText())), 1500, 2600);
    }

    [Fact]
    public async Task Rows_can_be_filtered_by_person_outcome_and_place()
    {
        await using var tenant = await TestTenant.StartAsync();
        var day = await tenant.ListAsync(TestTenant.SignIns("2026-05-12T00:00:00Z", "2026-05-14T00:00:00Z"));
        var someone = day[0].GetProperty("userPrincipalName").GetString()!;

        var byName = await tenant.ListAsync(TestTenant.SignIns("2026-05-12T00:00:00Z", "2026-05-14T00:00:00Z", $" and userPrincipalName eq '{someone}'&$top=3"));
        var failed = await tenant.ListAsync(TestTenant.SignIns("2026-05-12T00:00:00Z", "2026-05-14T00:00:00Z", " and status/errorCode ne 0"));
        var abroad = await tenant.ListAsync(TestTenant.SignIns("2026-05-12T00:00:00Z", "2026-05-14T00:00:00Z", " and not(location/countryOrRegion eq 'JP')"));

        Assert.Equal(Texts(day.Where(row => row.GetProperty("userPrincipalName").GetString() == someone)), Texts(byName));
        Assert.Equal(Texts(day.Where(row => row.GetProperty("status").GetProperty("errorCode").GetInt32() != 0)), Texts(failed));
        Assert.Equal(Texts(day.Where(row => row.GetProperty("location").GetProperty("countryOrRegion").GetString() != "JP")), Texts(abroad));
    }

    [Theory]
    [InlineData("nonInteractiveUser")]
    [InlineData("servicePrincipal")]
    [InlineData("managedIdentity")]
    public async Task Beta_has_the_other_kinds_on_request(string kind)
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 300 });

        var rows = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T00:00:00Z", "2026-05-13T06:00:00Z", $" and signInEventTypes/any(t: t eq '{kind}')", "beta"));

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal([kind], row.GetProperty("signInEventTypes").EnumerateArray().Select(type => type.GetString())));
    }

    [Fact]
    public async Task Kinds_asked_for_together_come_in_one_order_of_time()
    {
        await using var tenant = await TestTenant.StartAsync();
        const string Both = " and (signInEventTypes/any(t: t eq 'interactiveUser') or signInEventTypes/any(t: t eq 'nonInteractiveUser'))";
        const string Either = " and signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')";

        var both = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T00:00:00Z", "2026-05-14T00:00:00Z", Both + "&$top=211", "beta"));
        var either = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T00:00:00Z", "2026-05-14T00:00:00Z", Either, "beta"));
        var interactive = await tenant.ListAsync(TestTenant.SignIns("2026-05-13T00:00:00Z", "2026-05-14T00:00:00Z", "", "beta"));

        Assert.Equal(Texts(both), Texts(either));
        Assert.True(both.Count > 3 * interactive.Count);
        var times = both.Select(row => row.GetProperty("createdDateTime").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Version_one_knows_no_kinds()
    {
        await using var tenant = await TestTenant.StartAsync();

        var (status, _, _) = await tenant.GetErrorAsync("v1.0/auditLogs/signIns?$filter=signInEventTypes/any(t: t eq 'nonInteractiveUser')");

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Who_has_left_signs_in_no_more()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 300 }, new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero));

        var rows = await tenant.ListAsync(TestTenant.SignIns("2027-01-28T00:00:00Z", "2027-01-30T00:00:00Z", " and status/errorCode eq 0"));

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(tenant.Server.Directory.Find(row.GetProperty("userId").GetString()!)!.IsEnabledAt(row.GetProperty("createdDateTime").GetDateTimeOffset())));
    }

    [Fact]
    public async Task Newcomers_and_policy_changes_are_in_the_audit_log()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 120 }, new DateTimeOffset(2026, 8, 20, 0, 0, 0, TimeSpan.Zero));
        var newcomers = tenant.Server.Directory.UsersAt(tenant.Clock.Now).Where(user => user.Created > tenant.Clock.Now.AddDays(-29)).Select(user => user.Id).ToList();

        var added = await tenant.ListAsync("v1.0/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Add user'");
        var changed = await tenant.ListAsync("v1.0/auditLogs/directoryAudits?$filter=category eq 'Policy' and activityDateTime ge 2026-08-10T00:00:00Z");

        Assert.NotEmpty(newcomers);
        Assert.Equal(newcomers.ToHashSet(), added.Select(row => row.GetProperty("targetResources")[0].GetProperty("id").GetGuid()).ToHashSet());
        Assert.Contains("enabledForReportingButNotEnforced", Assert.Single(changed).GetRawText(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> rows) => rows.Select(row => row.GetRawText());
}
