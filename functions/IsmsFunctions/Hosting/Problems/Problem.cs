using System.Globalization;
using Isms.Rules;
using IsmsFunctions.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Problems;

/// <summary>A problem-details document (RFC 9457) with the members this API adds.</summary>
/// <param name="Type">Names the problem: <c>urn:isms:problem:{code}</c>.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Value">Its value.</param>
/// <param name="Possible">What is possible now.</param>
/// <param name="Missing">What is missing.</param>
/// <param name="Errors">Each thing that is wrong, where there are several.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    string? Field,
    string? Value,
    IReadOnlyList<string>? Possible,
    IReadOnlyList<string>? Missing,
    IReadOnlyList<ProblemCause>? Errors)
{
    /// <summary>What finds the request in telemetry.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The media type of RFC 9457.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The answer to a refused request, in the language the caller prefers.</summary>
    public static IResult Result(Refusal refusal, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(request);
        var culture = CultureOf(request);
        if (refusal.RetryAfter is { } pause)
        {
            request.HttpContext.Response.Headers.RetryAfter = ((long)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var status = StatusOf(refusal.Kind);
        var problem = new Problem(
            "urn:isms:problem:" + refusal.Code, refusal.Title.In(culture), status, refusal.Remedy.In(culture), request.Path, refusal.Code, refusal.Field,
            refusal.Value, refusal.Possible is [] ? null : refusal.Possible, refusal.Missing is [] ? null : refusal.Missing,
            refusal.Causes is [] ? null : [.. refusal.Causes.Select(c => new ProblemCause(c.Title.In(culture), c.Remedy.In(culture), c.Code, c.Field, c.Value))])
        {
            CorrelationId = Correlation.Of(request),
        };
        return Results.Json(problem, Json.Options, MediaType, status);
    }

    /// <summary>English when the caller prefers it (<c>Accept-Language</c>), Japanese otherwise.</summary>
    public static CultureInfo CultureOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var preferred = request.GetTypedHeaders().AcceptLanguage?
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0])
            .FirstOrDefault(l => l is "ja" or "en");
        return CultureInfo.GetCultureInfo(preferred == "en" ? "en-US" : "ja-JP");
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.InvalidInput => StatusCodes.Status400BadRequest,
        RefusalKind.NotSignedIn => StatusCodes.Status401Unauthorized,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.IllegalState => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.VersionMissing => StatusCodes.Status428PreconditionRequired,
        RefusalKind.RuleBroken => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.RangeNotSatisfiable => StatusCodes.Status416RangeNotSatisfiable,
        _ => StatusCodes.Status500InternalServerError,
    };
}

/// <summary>One of several things that are wrong.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Value">Its value.</param>
public sealed record ProblemCause(string Title, string Detail, string Code, string? Field, string? Value);
