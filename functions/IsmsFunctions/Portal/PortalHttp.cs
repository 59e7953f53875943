using Isms.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace IsmsFunctions.Portal;

/// <summary>Serves the portal: one page and its files. They hold no data, hence ask for no identity; whatever they show comes from the API, which does.</summary>
public sealed class PortalHttp(PortalFiles files)
{
    // Nothing but the app's own files runs or is shown, nothing is sent elsewhere, nobody may put the portal into a frame. Evidence's pages are shown in frames,
    // where they are confined to a sandbox of their own.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; " +
        "frame-ancestors 'none'";

    /// <summary>The page.</summary>
    [Function(nameof(GetPortal))]
    public IResult GetPortal([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{root:maxlength(0)?}")] HttpRequest request) =>
        Answer(request, files.Page, "no-cache");

    /// <summary>A file of the page, under the version that the page names.</summary>
    [Function(nameof(GetPortalAsset))]
    public IResult GetPortalAsset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{version}/{*path}")] HttpRequest request, string version, string path) =>
        files.Find(version, path) is { } file
            ? Answer(request, file, "public, max-age=31536000, immutable")
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "portal-file-not-found", "path", path, path));

    private IResult Answer(HttpRequest request, PortalFile file, string caching)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = caching;
        var tag = new EntityTagHeaderValue($"\"{files.Version}\"");
        return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false))
            ? NotModified(headers, tag)
            : Results.Bytes(file.Content, file.MediaType, entityTag: tag);
    }

    private static IResult NotModified(IHeaderDictionary headers, EntityTagHeaderValue tag)
    {
        headers.ETag = tag.ToString();
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }
}
