using System.Globalization;

namespace SampleTenant.Http;

/// <summary>Where clients get their tokens: App Service's managed identity endpoint, and client credentials.</summary>
internal static class TokenEndpoints
{
    public static Task ManagedIdentityAsync(HttpContext http, SampleTenantOptions options, AccessTokens tokens)
    {
        if (http.Request.Headers["X-IDENTITY-HEADER"] != options.IdentityHeader)
        {
            return FailAsync(http, 401, "invalid_request", "The X-IDENTITY-HEADER is missing or wrong.");
        }

        var query = http.Request.Query;
        if (query["api-version"] != "2019-08-01" || query["resource"].ToString() is not { Length: > 0 } resource)
        {
            return FailAsync(http, 400, "invalid_request", "api-version has to be 2019-08-01 and resource must be given.");
        }

        var (token, expires) = tokens.Issue(resource, query["client_id"].FirstOrDefault());
        return http.Response.WriteAsJsonAsync(new
        {
            access_token = token,
            expires_on = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            resource,
            token_type = "Bearer",
            client_id = query["client_id"].FirstOrDefault() ?? "00000000-0000-0000-0000-0000000000aa",
        });
    }

    public static async Task ClientCredentialsAsync(HttpContext http, AccessTokens tokens)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
        {
            await FailAsync(http, 400, "invalid_request", "AADSTS900144: a form must be posted.");
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["grant_type"] != "client_credentials" || !form["scope"].ToString().EndsWith("/.default", StringComparison.Ordinal))
        {
            await FailAsync(http, 400, "unsupported_grant_type", "AADSTS70003: only client_credentials with a scope ending in /.default is served.");
            return;
        }

        if (form["client_id"].ToString().Length == 0 || (form["client_secret"].ToString().Length == 0 && form["client_assertion"].ToString().Length == 0))
        {
            await FailAsync(http, 401, "invalid_client", "AADSTS7000216: client_secret or client_assertion is required.");
            return;
        }

        var scope = form["scope"].ToString();
        var (token, expires) = tokens.Issue(scope[..^"/.default".Length], form["client_id"]);
        var seconds = (int)(expires - DateTimeOffset.UnixEpoch).TotalSeconds - Issued(token);
        await http.Response.WriteAsJsonAsync(new { token_type = "Bearer", expires_in = seconds, ext_expires_in = seconds, access_token = token }, http.RequestAborted);
    }

    private static int Issued(string token)
    {
        using var payload = System.Text.Json.JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        return payload.RootElement.GetProperty("iat").GetInt32();
    }

    private static Task FailAsync(HttpContext http, int status, string error, string description)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error, error_description = description });
    }
}
