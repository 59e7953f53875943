using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SampleTenant;

namespace LocalRuntime.Tests.Tenant;

/// <summary>A sample tenant in this process, at a standing clock, and a client that has a token for it.</summary>
internal sealed class TestTenant : IAsyncDisposable
{
    /// <summary>A Friday in May 2026, noon in Tokyo.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 5, 15, 3, 0, 0, TimeSpan.Zero);

    private TestTenant(SampleTenantServer server, StandingClock clock)
    {
        Server = server;
        Clock = clock;
        Client = new HttpClient { BaseAddress = server.BaseAddress };
    }

    public SampleTenantServer Server { get; }

    public StandingClock Clock { get; }

    public HttpClient Client { get; }

    public static async Task<TestTenant> StartAsync(Func<SampleTenantOptions, SampleTenantOptions>? change = null, DateTimeOffset? now = null)
    {
        var clock = new StandingClock(now ?? Noon);
        var options = new SampleTenantOptions { Users = 60, Throttling = ThrottlingMode.Off, Clock = clock };
        var tenant = new TestTenant(await SampleTenantServer.StartAsync(change?.Invoke(options) ?? options), clock);
        tenant.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await tenant.TokenAsync());
        return tenant;
    }

    public async Task<string> TokenAsync(string resource = "https://graph.microsoft.com")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Server.IdentityEndpoint}?api-version=2019-08-01&resource={resource}");
        request.Headers.Add("X-IDENTITY-HEADER", Server.IdentityHeader);
        using var response = await Client.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>The body of an answer that has to be a success.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Status, error code and the response's headers of an answer that has to be an error.</summary>
    public async Task<(int Status, string Code, HttpResponseMessage Response)> GetErrorAsync(string path)
    {
        var response = await Client.GetAsync(path);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, body.RootElement.GetProperty("error").GetProperty("code").GetString()!, response);
    }

    /// <summary>All rows of a listing, page after page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var rows = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            var page = await GetAsync(next);
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        return rows;
    }

    public async Task PostFaultAsync(string rule)
    {
        using var response = await Client.PostAsync("/_tenant/faults", new StringContent(rule, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>The path of all sign-ins of a window, with more conditions and options.</summary>
    public static string SignIns(string from, string to, string more = "", string version = "v1.0") =>
        $"{version}/auditLogs/signIns?$filter=createdDateTime ge {from} and createdDateTime lt {to}{more}";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>A clock that moves when told to.</summary>
internal sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
