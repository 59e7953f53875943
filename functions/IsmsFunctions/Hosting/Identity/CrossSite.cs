using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>
/// Whether a page of another site made the caller's browser send a command. Where a browser signs in with a cookie, that cookie goes along with what any page sends.
/// Browsers say where a request comes from (<c>Sec-Fetch-Site</c>, Fetch Metadata Request Headers, W3C); programs do not send the header and carry tokens instead.
/// </summary>
public static class CrossSite
{
    /// <summary>Whether the request is such a command.</summary>
    public static bool IsCommand(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
    }
}
