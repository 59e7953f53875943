using System.Text.Json;

namespace SampleTenant.Http;

/// <summary>What tests and people at the keyboard use: faults, statistics and the mail that was sent.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task HandleAsync(HttpContext http, string path, TenantEndpoints tenant, DateTimeOffset now) => (http.Request.Method, path) switch
    {
        ("GET", "faults") => http.Response.WriteAsJsonAsync(tenant.Faults.Rules, Json),
        ("POST", "faults") => AddFaultsAsync(http, tenant.Faults),
        ("DELETE", "faults") => NoContent(http, tenant.Faults.Clear),
        ("GET", "stats") => http.Response.WriteAsJsonAsync(new { now, paths = new SortedDictionary<string, PathCount>(tenant.Ledger.Paths.ToDictionary(), StringComparer.Ordinal) }, Json),
        ("DELETE", "stats") => NoContent(http, tenant.Ledger.Clear),
        ("GET", "mail") => http.Response.WriteAsJsonAsync(tenant.Ledger.Mail, Json),
        _ => Missing(http),
    };

    private static async Task AddFaultsAsync(HttpContext http, FaultBook faults)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var rules = body.RootElement.ValueKind == JsonValueKind.Array
                ? body.RootElement.Deserialize<List<FaultRule>>(Json)!
                : [body.RootElement.Deserialize<FaultRule>(Json)!];
            faults.Add(rules);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (JsonException error)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new { error = error.Message }, Json);
        }
    }

    private static Task NoContent(HttpContext http, Action action)
    {
        action();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task Missing(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
