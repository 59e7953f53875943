using System.Globalization;
using System.Security.Cryptography;
using Isms.Organizations;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Calendars;

/// <summary>Calendars to subscribe to.</summary>
public sealed class CalendarHttp(
    CalendarFeeds feeds, CalendarTokens tokens, OrganizationStore organizations, IPrincipalReader principals, IOptions<NotificationOptions> options)
{
    private static readonly string[] RevokesForOthers = [AppRoles.Manager, AppRoles.Secretariat, AppRoles.Admin];

    /// <summary>The calendar of a person or a role: <c>?token=&amp;lang=</c>. The token stands for its person; without one the caller has to be signed in.</summary>
    [Function(nameof(GetCalendar))]
    public async Task<IResult> GetCalendar(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/calendar/{name}.ics")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = await ReaderAsync(request, cancellationToken); // first, so that nobody learns from the answer which people there are
        var organization = await organizations.GetAsync(cancellationToken);
        var subject = CalendarSubject.Of(name, organization);
        if (organization.FindPerson(reader) is not { } person || !subject.IsVisibleTo(person))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "calendar-not-yours", "name", name, name));
        }

        var bytes = await feeds.WriteAsync(subject, organization, CultureOf(request, organization), cancellationToken);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";
        request.HttpContext.Response.Headers.ETag = tag;
        request.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return request.Headers.IfNoneMatch.Contains(tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(bytes, "text/calendar; charset=utf-8");
    }

    /// <summary>Issues the caller's addresses, and ends those issued before.</summary>
    [Function(nameof(IssueCalendarToken))]
    public async Task<IResult> IssueCalendarToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/calendar/token")] HttpRequest request, CancellationToken cancellationToken)
    {
        var actor = Actor.Of(request);
        if ((await organizations.GetAsync(cancellationToken)).FindPerson(actor.PersonId) is not { } person)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "calendar-person-unknown", null, null, actor.PersonId));
        }

        var token = await tokens.IssueAsync(person.Id, cancellationToken);
        var roles = CalendarSubject.Roles.Where(r => person.Roles.Contains(r.Value)).Select(r => r.Key);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Answers.Ok(new { person = AddressOf(person.Id, token), roles = roles.Select(r => AddressOf(r, token)) });
    }

    /// <summary>Ends the caller's addresses, or those of <c>?person=</c>.</summary>
    [Function(nameof(RevokeCalendarToken))]
    public async Task<IResult> RevokeCalendarToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/calendar/token")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var actor = Actor.Of(request);
        var person = request.Query["person"].FirstOrDefault() ?? actor.PersonId;
        if (person != actor.PersonId && !actor.HasAny(RevokesForOthers))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "calendar-token-not-yours", "person", person));
        }

        await tokens.RevokeAsync(person, cancellationToken);
        return Results.NoContent();
    }

    private async Task<string> ReaderAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Query["token"].FirstOrDefault() is { } token)
        {
            return await tokens.OwnerOfAsync(token, cancellationToken)
                ?? throw new RefusedException(Refusal.Of(RefusalKind.NotSignedIn, "calendar-token-invalid", "token"));
        }

        var actor = await principals.ReadAsync(request, cancellationToken) ?? throw new RefusedException(principals.WhoAreYou);
        return actor.PersonId;
    }

    private string AddressOf(string name, string token) => $"{options.Value.Site}/api/calendar/{name}.ics?token={token}";

    private static CultureInfo CultureOf(HttpRequest request, Organization organization) => request.Query["lang"].FirstOrDefault() switch
    {
        "ja" => CultureInfo.GetCultureInfo("ja-JP"),
        "en" => CultureInfo.GetCultureInfo("en-US"),
        _ => CultureInfo.GetCultureInfo(organization.Culture),
    };
}
