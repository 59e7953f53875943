using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SampleTenant;

namespace LocalRuntime.Tests.Tenant;

public sealed class ProtocolTests
{
    [Theory]
    [InlineData(null, "Access token is empty.")]
    [InlineData("Bearer rubbish", "not well formed")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9.", "not well formed")]
    public async Task Without_a_good_token_there_is_no_answer(string? authorization, string message)
    {
        await using var tenant = await TestTenant.StartAsync();
        tenant.Client.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        var (status, code, response) = await tenant.GetErrorAsync("v1.0/users");

        Assert.Equal((401, "InvalidAuthenticationToken"), (status, code));
        Assert.Contains(message, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task A_token_expires_by_the_computers_clock_and_not_by_the_tenants()
    {
        var computer = new StandingClock(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var tenant = await TestTenant.StartAsync(options => options with { TokenClock = computer, TokenLifetime = TimeSpan.FromMinutes(10) });

        tenant.Clock.Now += TimeSpan.FromDays(300);
        await tenant.GetAsync("v1.0/users");
        computer.Now += TimeSpan.FromMinutes(11);
        var (status, _, response) = await tenant.GetErrorAsync("v1.0/users");

        Assert.Equal(401, status);
        Assert.Contains("the token is expired", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_for_something_else_is_refused()
    {
        await using var tenant = await TestTenant.StartAsync();
        tenant.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await tenant.TokenAsync("https://storage.azure.com"));

        Assert.Equal(401, (await tenant.GetErrorAsync("v1.0/users")).Status);
    }

    [Fact]
    public async Task The_identity_endpoint_wants_its_header()
    {
        await using var tenant = await TestTenant.StartAsync();

        using var response = await tenant.Client.GetAsync($"{tenant.Server.IdentityEndpoint}?api-version=2019-08-01&resource=https://graph.microsoft.com");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Client_credentials_give_a_token_that_works()
    {
        await using var tenant = await TestTenant.StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "app", ["client_secret"] = "secret", ["scope"] = "https://graph.microsoft.com/.default",
        });

        using var response = await tenant.Client.PostAsync("/mihon-works.example/oauth2/v2.0/token", form);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        tenant.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.RootElement.GetProperty("access_token").GetString());

        Assert.Equal(86_400, body.RootElement.GetProperty("expires_in").GetInt32());
        await tenant.GetAsync("v1.0/users");
    }

    [Fact]
    public async Task Request_ids_are_the_same_in_every_run_and_the_date_is_the_tenants()
    {
        var ids = new List<List<string>>();
        for (var run = 0; run < 2; run++)
        {
            await using var tenant = await TestTenant.StartAsync();
            var seen = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                using var response = await tenant.Client.GetAsync("v1.0/users?$top=1");
                seen.Add(response.Headers.GetValues("request-id").Single());
                Assert.Equal(TestTenant.Noon, response.Headers.Date);
            }

            ids.Add(seen);
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(3, ids[0].Distinct().Count());
    }

    [Fact]
    public async Task The_clients_request_id_comes_back()
    {
        await using var tenant = await TestTenant.StartAsync();
        tenant.Client.DefaultRequestHeaders.Add("client-request-id", "4d0a3c5e-0000-4000-8000-000000000001");

        var (_, _, response) = await tenant.GetErrorAsync("v1.0/nonsense");

        Assert.Equal("4d0a3c5e-0000-4000-8000-000000000001", response.Headers.GetValues("client-request-id").Single());
        Assert.Contains("\"client-request-id\":\"4d0a3c5e-0000-4000-8000-000000000001\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_are_compressed_for_who_takes_gzip()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plain = await tenant.Client.GetByteArrayAsync("v1.0/users");
        tenant.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using var response = await tenant.Client.GetAsync("v1.0/users");
        await using var unzipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var copy = new MemoryStream();
        await unzipped.CopyToAsync(copy);

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(plain, copy.ToArray());
    }

    [Fact]
    public async Task A_batch_answers_each_part_by_itself_and_in_another_order()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Throttling = ThrottlingMode.Documented });
        var parts = Enumerable.Range(1, 7).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"/auditLogs/signIns?$top=1"}""")
            .Append("""{"id":"bad","method":"GET","url":"/nonsense"}""")
            .Append("""{"id":"after","method":"GET","url":"/users","dependsOn":["bad"]}""");

        var responses = await Batch(tenant, parts);

        Assert.Equal(["after", "bad", "7", "6", "5", "4", "3", "2", "1"], responses.Keys);
        Assert.All((string[])["1", "2", "3", "4", "5"], id => Assert.Equal(1, responses[id].GetProperty("body").GetProperty("value").GetArrayLength()));
        Assert.All((string[])["6", "7"], id => Assert.Equal("10", responses[id].GetProperty("headers").GetProperty("Retry-After").GetString()));
        Assert.Equal((400, 424), (responses["bad"].GetProperty("status").GetInt32(), responses["after"].GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_batch_of_more_than_twenty_is_refused()
    {
        await using var tenant = await TestTenant.StartAsync();
        var parts = Enumerable.Range(1, 21).Select(i => $$"""{"id":"{{i}}","method":"GET","url":"/users?$top=1"}""");

        using var response = await tenant.Client.PostAsync("v1.0/$batch", Json($$"""{"requests":[{{string.Join(',', parts)}}]}"""));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_fault_can_hit_a_batch_as_a_whole_or_one_kind_of_its_parts()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.PostFaultAsync("""[{"path":"/$batch","kind":"serviceUnavailable","nth":1},{"path":"/groups/*","kind":"tooManyRequests","times":1}]""");
        var group = (await tenant.GetAsync("v1.0/groups?$top=1")).GetProperty("value")[0].GetProperty("id").GetString();
        var parts = new[] { $$"""{"id":"1","method":"GET","url":"/groups/{{group}}/members"}""", """{"id":"2","method":"GET","url":"/users?$top=1"}""" };

        using var whole = await tenant.Client.PostAsync("v1.0/$batch", Json($$"""{"requests":[{{string.Join(',', parts)}}]}"""));
        var responses = await Batch(tenant, parts);
        var again = await Batch(tenant, parts);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, whole.StatusCode);
        Assert.Equal((429, 200), (responses["1"].GetProperty("status").GetInt32(), responses["2"].GetProperty("status").GetInt32()));
        Assert.Equal(200, again["1"].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Mail_is_accepted_and_can_be_looked_at()
    {
        await using var tenant = await TestTenant.StartAsync();
        var sender = tenant.Server.Directory.User(1).UserPrincipalName;
        const string Message = """{"message":{"subject":"内部監査のお知らせ","toRecipients":[{"emailAddress":{"address":"a@mihon-works.example"}}]}}""";

        using var sent = await tenant.Client.PostAsync($"v1.0/users/{sender}/sendMail", Json(Message));
        using var nobody = await tenant.Client.PostAsync("v1.0/users/nobody@mihon-works.example/sendMail", Json(Message));
        using var noRecipients = await tenant.Client.PostAsync($"v1.0/users/{sender}/sendMail", Json("""{"message":{"subject":"x"}}"""));
        var kept = await tenant.GetAsync("/_tenant/mail");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (sent.StatusCode, nobody.StatusCode, noRecipients.StatusCode));
        Assert.Equal("内部監査のお知らせ", Assert.Single(kept.EnumerateArray()).GetProperty("message").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Statistics_count_requests_and_rows()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.ListAsync("v1.0/users?$top=20");
        await tenant.GetErrorAsync("v1.0/users?$top=0");

        var users = (await tenant.GetAsync("/_tenant/stats")).GetProperty("paths").GetProperty("/v1.0/users");

        Assert.True(users.GetProperty("requests").GetInt32() >= 4);
        Assert.Equal((await tenant.ListAsync("v1.0/users")).Count, users.GetProperty("rows").GetInt32());
        Assert.Equal(1, users.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task Deltas_tell_who_came_and_who_went()
    {
        await using var tenant = await TestTenant.StartAsync(options => options with { Users = 1500 });
        var link = await LastLink(tenant, "v1.0/users/delta?$select=displayName,accountEnabled");
        tenant.Clock.Now += TimeSpan.FromDays(6);

        var changes = await tenant.ListAsync(link);
        var expected = Enumerable.Range(0, 2000).Select(tenant.Server.Directory.User)
            .Where(user => Recent(user.Created) || Recent(user.Left) || Recent(user.Disabled) || Recent(user.Deleted)).Select(user => user.Id);
        var again = await LastLink(tenant, link);

        Assert.NotEmpty(changes);
        Assert.Equal(expected.ToHashSet(), changes.Select(row => row.GetProperty("id").GetGuid()).ToHashSet());
        Assert.Empty(await tenant.ListAsync(again));
        tenant.Clock.Now += TimeSpan.FromDays(8);
        Assert.Equal(410, (await tenant.GetErrorAsync(again)).Status);

        bool Recent(DateTimeOffset? time) => time > TestTenant.Noon && time <= tenant.Clock.Now;
    }

    [Fact]
    public async Task A_clock_file_is_followed()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "2026-06-01T00:00:00Z");
            await using var tenant = await TestTenant.StartAsync(options => options with { ClockFile = file });
            var first = (await tenant.GetAsync("/_tenant/stats")).GetProperty("now").GetDateTimeOffset();

            await File.WriteAllTextAsync(file, "2026-07-01T12:00:00+09:00\n");
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(70));
            var second = (await tenant.GetAsync("/_tenant/stats")).GetProperty("now").GetDateTimeOffset();

            Assert.Equal(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), first);
            Assert.Equal(new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.Zero), second);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_command_line_says_what_it_does_not_understand()
    {
        var options = CommandLine.Parse(["--port", "7099", "--users", "50", "--fixed", "--throttling", "off", "--start", "2027-04-01", "--now", "2027-05-01T00:00:00Z"]);

        Assert.Equal((7099, 50, true, ThrottlingMode.Off), (options.Port, options.Users, options.Fixed, options.Throttling));
        Assert.Equal(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)), options.Start);
        Assert.Equal(new DateTimeOffset(2027, 5, 1, 0, 0, 0, TimeSpan.Zero), options.Clock.GetUtcNow());
        Assert.Throws<FormatException>(() => CommandLine.Parse(["--nonsense", "1"]));
        Assert.Throws<FormatException>(() => CommandLine.Parse(["--users"]));
        Assert.Throws<FormatException>(() => CommandLine.Parse(["--users", "4"]));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> LastLink(TestTenant tenant, string path)
    {
        while (true)
        {
            var page = await tenant.GetAsync(path);
            if (page.TryGetProperty("@odata.deltaLink", out var link))
            {
                return link.GetString()!;
            }

            path = page.GetProperty("@odata.nextLink").GetString()!;
        }
    }

    private static async Task<Dictionary<string, JsonElement>> Batch(TestTenant tenant, IEnumerable<string> parts)
    {
        using var response = await tenant.Client.PostAsync("v1.0/$batch", Json($$"""{"requests":[{{string.Join(',', parts)}}]}"""));
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return body.GetProperty("responses").EnumerateArray().ToDictionary(part => part.GetProperty("id").GetString()!);
    }
}
