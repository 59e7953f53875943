using Isms.Organizations;
using Isms.Registers;
using Isms.Risks;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Accepting risks, taking acceptances back, and computing levels again.</summary>
public sealed class RiskDecisionHttp(RiskRegister risks, RegisterEditor editor, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Accepts what remains of a risk, in the caller's name; needs <c>If-Match</c>, since it is this very assessment that is accepted.</summary>
    [Function(nameof(AcceptRisk))]
    public async Task<IResult> AcceptRisk(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/{id}/accept")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Acceptance>(cancellationToken);
        return await DecideAsync(request, id, (decisions, risk) => decisions.Accept(risk, body?.Until), cancellationToken);
    }

    /// <summary>Takes an acceptance back; needs <c>If-Match</c>.</summary>
    [Function(nameof(RevokeRiskAcceptance))]
    public Task<IResult> RevokeRiskAcceptance(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/{id}/revoke-acceptance")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        DecideAsync(request, id, (decisions, risk) => decisions.Revoke(risk), cancellationToken);

    /// <summary>Computes the levels of all risks again whose method or assets have changed since they were assessed.</summary>
    [Function(nameof(RecomputeRiskLevels))]
    public async Task<IResult> RecomputeRiskLevels(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/levels")] HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var method = organization.RiskMethod;
        var command = request.Command(clock);
        var book = await risks.ReadAsync(null, cancellationToken);
        var outdated =
            from risk in RiskRegister.RisksIn(book, organization)
            let levelled = RiskRules.Levelled(method, risk, risk.AssetValue)
            where levelled != risk
            select Proposal(book, organization, risk.Id, book.Find(RiskFields.Register, risk.Id)!.Revision, levelled);
        var author = new RegisterAuthor(command.Actor.PersonId, RegisterChange.Rule, command.IdempotencyKey);
        var committed = await editor.ApplyAsync([.. outdated], author, null, cancellationToken);
        return Answers.Ok(new Recomputed([.. committed.Changes.Select(c => c.Id)]));
    }

    private async Task<IResult> DecideAsync(HttpRequest request, string id, Func<RiskDecisions, Risk, Outcome<Risk>> decide, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var command = request.Command(clock);
        var definition = RegisterDefinitions.Of(organization).Find(RiskFields.Register)!;
        var book = await risks.ReadAsync(null, cancellationToken);
        if (book.Find(RiskFields.Register, id) is not { IsDeleted: false } entry)
        {
            throw new RefusedException(RegisterRefusals.UnknownEntry(id));
        }

        var isRepeated = command.IdempotencyKey is { } key && book.FindKey(key) is not null;
        if (!isRepeated)
        {
            var revision = RegisterETag.Expected(command.IfMatch, entry);
            var decisions = new RiskDecisions(
                organization.RiskMethod, organization, command.Actor.PersonId, OfficeTime.Of(organization.TimeZone).DateAt(command.At));
            var decided = decide(decisions, RiskRegister.RiskOf(book, entry)).Value;
            var author = new RegisterAuthor(command.Actor.PersonId, RegisterChange.Edit, command.IdempotencyKey);
            var committed = await editor.ApplyAsync([Proposal(book, organization, id, revision, decided)], author, null, cancellationToken);
            entry = committed.Book.Find(RiskFields.Register, id)!;
        }

        request.HttpContext.Response.Headers.ETag = RegisterETag.Of(entry);
        return Answers.Ok(EntryView.Of(definition, entry, RegisterAccess.Of(command.Actor, organization)));
    }

    /// <summary>The entry with what was decided about its risk; everything else as it is.</summary>
    private static ProposedChange Proposal(RegisterBook book, Organization organization, string id, int revision, Risk decided)
    {
        var values = new Dictionary<string, string>(book.Find(RiskFields.Register, id)!.Values, StringComparer.Ordinal);
        if (decided.Treatment is { } treatment)
        {
            values[RiskFields.Treatment] = RiskFields.TextOf(treatment);
        }

        return new ProposedChange(RiskFields.Register, id, RegisterChangeKind.Changed, values, revision)
        {
            Decided = decided.ComputedValues(organization.RiskMethod),
        };
    }

    private sealed record Acceptance(DateOnly? Until = null);

    private sealed record Recomputed(IReadOnlyList<string> Changed);
}
