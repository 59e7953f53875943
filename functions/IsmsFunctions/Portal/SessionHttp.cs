using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Portal;

/// <summary>How one signs in here, and who one is then.</summary>
public sealed class SessionHttp(IOptions<IsmsOptions> options, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>
    /// How one signs in. Locally, the parts that can be played, with the people of the settings; with App Service Authentication nothing but that, since who works
    /// here is not for everybody to know.
    /// </summary>
    [Function(nameof(GetSignIn))]
    public async Task<IResult> GetSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/sign-in")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Ok(options.Value.Identity == PrincipalReaders.Personas
            ? new SignInView("personas", PersonaReader.PartsIn(await organizations.FindInForceAsync(cancellationToken)))
            : new SignInView("appService", null));

    /// <summary>Who is calling, what they may call, and the day it is at the organisation.</summary>
    [Function(nameof(GetMe))]
    public async Task<IResult> GetMe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/me")] HttpRequest request, CancellationToken cancellationToken)
    {
        var actor = Actor.Of(request);
        var functions = AccessTable.Roles.Where(r => actor.HasAny(r.Value)).Select(r => r.Key).Order(StringComparer.Ordinal).ToList();
        var person = new MeView(actor.PersonId, null, actor.Roles, functions, null);
        return await organizations.FindInForceAsync(cancellationToken) is { } organization
            ? Answers.Ok(person with
            {
                Name = organization.People.FirstOrDefault(p => p.Id == actor.PersonId)?.Name,
                Organization = HereView(organization, OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow())),
            })
            : Answers.Ok(person);
    }

    private static HereNow HereView(Organization organization, DateOnly today) => new(
        organization.Name, organization.TimeZone, organization.FiscalYearStartMonth, today, FiscalYear.Of(today, organization.FiscalYearStartMonth).Id);

    private sealed record SignInView(string By, IReadOnlyList<PersonaPart>? Personas);

    private sealed record MeView(string Id, LocalizedText? Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Functions, HereNow? Organization);

    private sealed record HereNow(LocalizedText Name, string TimeZone, int FiscalYearStartMonth, DateOnly Today, string FiscalYear);
}
