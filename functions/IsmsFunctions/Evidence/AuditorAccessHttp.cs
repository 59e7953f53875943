using Isms.Evidence;
using Isms.Organizations;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Evidence;

/// <summary>What an external auditor is to see; at least one year or audit.</summary>
/// <param name="PersonId">The auditor.</param>
/// <param name="Until">The last day, or a moment.</param>
/// <param name="FiscalYears">The fiscal years.</param>
/// <param name="Audits">The ids of audits.</param>
public sealed record GrantBody(string PersonId, string Until, IReadOnlyList<string>? FiscalYears = null, IReadOnlyList<string>? Audits = null);

/// <summary>Access of external auditors: granted by the ISMS manager or the secretariat, for years or audits, until a day.</summary>
public sealed class AuditorAccessHttp(AuditorGrants grants, OrganizationStore organizations, TimeProvider clock)
{
    private const int MostNames = 20;

    /// <summary>Grants access.</summary>
    [Function(nameof(GrantAuditorAccess))]
    public async Task<IResult> GrantAuditorAccess(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auditor-access")] HttpRequest request, CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var body = await request.ReadBodyAsync<GrantBody>(cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var person = EvidenceInput.NameOf(body.PersonId, "personId");
        if (organization.FindPerson(person) is { } known && !known.Roles.Contains(Role.ExternalAuditor))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.RuleBroken, "grant-to-insider", "personId", person, person));
        }

        var until = EvidenceInput.MomentOf(body.Until, "until", TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone), endOfDay: true);
        if (until <= command.At)
        {
            throw EvidenceInput.Invalid("grant-over-already", "until", body.Until, body.Until);
        }

        var years = Names(body.FiscalYears, "fiscalYears", EvidenceInput.FiscalYearOf);
        var audits = Names(body.Audits, "audits", EvidenceInput.NameOf);
        if (years.Count + audits.Count == 0)
        {
            throw EvidenceInput.Invalid("grant-of-nothing", "fiscalYears", null);
        }

        var grant = await grants.AddAsync(
            id => new AuditorGrant
            {
                Id = id,
                PersonId = person,
                FiscalYears = years,
                Audits = audits,
                Until = until,
                GrantedBy = command.Actor.PersonId,
                GrantedAt = command.At,
            },
            command.IdempotencyKey,
            cancellationToken);
        return Answers.Created(request, $"/auditor-access/{grant.Id}", grant);
    }

    /// <summary>Lists what was granted; an external auditor sees their own.</summary>
    [Function(nameof(ListAuditorAccess))]
    public async Task<IResult> ListAuditorAccess(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/auditor-access")] HttpRequest request, CancellationToken cancellationToken)
    {
        var actor = Actor.Of(request);
        var sees = actor.HasAny([AppRoles.Manager, AppRoles.Secretariat, AppRoles.TopManagement, AppRoles.Admin]);
        return Answers.Ok(new { items = await grants.ListAsync(cancellationToken).Where(g => sees || g.PersonId == actor.PersonId).ToListAsync(cancellationToken) });
    }

    /// <summary>Ends a grant.</summary>
    [Function(nameof(RevokeAuditorAccess))]
    public async Task<IResult> RevokeAuditorAccess(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/auditor-access/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Answers.Ok(await grants.RevokeAsync(id, Actor.Of(request).PersonId, cancellationToken));
    }

    private static List<string> Names(IReadOnlyList<string>? given, string field, Func<string, string, string> read) =>
        given is { Count: > MostNames }
            ? throw EvidenceInput.Invalid("too-many-clauses", field, null, field, MostNames)
            : [.. (given ?? []).Select(name => read(name, field)).Distinct(StringComparer.Ordinal)];
}
