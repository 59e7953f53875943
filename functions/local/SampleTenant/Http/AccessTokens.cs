using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>Issues and checks access tokens: signed with a key that follows from the seed, so that they survive a restart.</summary>
internal sealed class AccessTokens(SampleTenantOptions options, Guid tenantId)
{
    private static readonly string[] GraphAudiences =
    [
        "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us", "https://microsoftgraph.chinacloudapi.cn",
        "00000003-0000-0000-c000-000000000000",
    ];

    private readonly byte[] key = SHA256.HashData(Encoding.UTF8.GetBytes($"sample tenant {options.Seed}"));

    public (string Token, DateTimeOffset ExpiresOn) Issue(string resource, string? clientId)
    {
        // The computer's clock, not the tenant's: token caches on the client's side go by it, and a rehearsal runs years ahead.
        var now = options.TokenClock.GetUtcNow();
        var expires = now + options.TokenLifetime;
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["aud"] = resource,
            ["iss"] = $"https://sts.windows.net/{tenantId}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["appid"] = clientId ?? "00000000-0000-0000-0000-0000000000aa",
            ["idtyp"] = "app",
            ["tid"] = tenantId,
        });
        var head = $"{Base64Url.EncodeToString("{\"typ\":\"JWT\",\"alg\":\"HS256\"}"u8)}.{Base64Url.EncodeToString(payload)}";
        return ($"{head}.{Sign(head)}", expires);
    }

    /// <exception cref="GraphException">401 where the header carries no valid token for Graph.</exception>
    public void Check(string? authorization, string baseAddress)
    {
        if (authorization is null || !authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused("Access token is empty.");
        }

        var token = authorization["Bearer ".Length..].Trim();
        var dot = token.LastIndexOf('.');
        if (dot < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(token[..dot])), Encoding.ASCII.GetBytes(token[(dot + 1)..])))
        {
            throw Refused("IDX14100: JWT is not well formed, or its signature is not of this tenant.");
        }

        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
        if (payload.RootElement.GetProperty("exp").GetInt64() <= options.TokenClock.GetUtcNow().ToUnixTimeSeconds())
        {
            throw Refused("Lifetime validation failed, the token is expired.");
        }

        var audience = payload.RootElement.GetProperty("aud").GetString()!.TrimEnd('/');
        if (!GraphAudiences.Contains(audience, StringComparer.OrdinalIgnoreCase) && !audience.Equals(baseAddress, StringComparison.OrdinalIgnoreCase))
        {
            throw Refused("Access token validation failure. Invalid audience.");
        }
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));

    private static GraphException Refused(string message) => new(401, "InvalidAuthenticationToken", message);
}
