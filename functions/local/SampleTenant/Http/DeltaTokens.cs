using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>The moment up to which a client knows the changes. Good for seven days, as documented for directory objects.</summary>
internal static class DeltaTokens
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public static string Link(GraphRequest request, DateTimeOffset now)
    {
        var query = request.Query.RepeatableDelta;
        var token = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"d{now.UtcTicks:x}"));
        return $"{request.BaseAddress}/{request.Version}/{request.Path}?{(query.Length == 0 ? "" : query + "&")}$deltatoken={token}";
    }

    /// <summary>The moment of the request's token; null where it has none and everything is asked for.</summary>
    /// <exception cref="GraphException">400 for a token that is none, 410 for one that is too old.</exception>
    public static DateTimeOffset? Since(GraphRequest request)
    {
        if (request.Query.DeltaToken is not { } token)
        {
            return null;
        }

        if (token == "latest")
        {
            return request.Now;
        }

        var text = Base64Url.IsValid(token) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)) : "";
        if (!text.StartsWith('d') || !long.TryParse(text[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ticks))
        {
            throw GraphException.BadRequest("Badly formed token.");
        }

        var since = new DateTimeOffset(ticks, TimeSpan.Zero);
        return request.Now - since <= Lifetime
            ? since
            : throw new GraphException(410, "resyncRequired", "Resync required. Replace any local items with the server's version (including deletes) if you're sure that the service was up to date with your local changes when you last sync'd.");
    }
}
