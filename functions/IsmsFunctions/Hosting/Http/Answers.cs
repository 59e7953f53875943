using IsmsFunctions.Hosting.State;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Http;

/// <summary>The answers of the API.</summary>
public static class Answers
{
    /// <summary>200 with a JSON document.</summary>
    public static IResult Ok(object value) => Results.Json(value, Json.Options);

    /// <summary>200 with a JSON document and its entity tag.</summary>
    public static IResult Ok<T>(HttpRequest request, Stored<T> stored, object view)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(stored);
        request.HttpContext.Response.Headers.ETag = stored.HttpETag;
        return Ok(view);
    }

    /// <summary>202: work has started; its status document is at <paramref name="location"/> (a path below the route prefix).</summary>
    public static IResult Accepted(HttpRequest request, string location, object status)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.HttpContext.Response.Headers.Location = Prefix(request) + location;
        return Results.Json(status, Json.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>201: something was created at <paramref name="location"/> (a path below the route prefix).</summary>
    public static IResult Created(HttpRequest request, string location, object value)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.HttpContext.Response.Headers.Location = Prefix(request) + location;
        return Results.Json(value, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The path up to and including the route prefix, as the caller used it.</summary>
    private static string Prefix(HttpRequest request)
    {
        var path = request.PathBase + request.Path;
        var end = path.Value!.IndexOf('/', 1);
        return end < 0 ? path.Value : path.Value[..end];
    }
}
