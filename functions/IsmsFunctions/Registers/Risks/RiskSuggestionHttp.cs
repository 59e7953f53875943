using System.Globalization;
using System.Text.Json;
using Isms.Registers;
using Isms.Risks;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Suggested risks: looking for them, and deciding about them.</summary>
public sealed class RiskSuggestionHttp(
    RiskSuggestionStore suggestions, RiskSources sources, RegisterEditor editor, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The suggestions, page by page; those that are open, adopted or dismissed with <c>?state=</c>.</summary>
    [Function(nameof(ListRiskSuggestions))]
    public async Task<IResult> ListRiskSuggestions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/risks/suggestions")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var page = PageRequest.Of(request, "");
        var state = StateOf(request.Query["state"].FirstOrDefault());
        var listed = suggestions.ListAfterAsync(page.After, cancellationToken).Where(s => state is null || s.Value.State == state).Select(s => s.Value);
        return Answers.Ok(await page.TakeAsync(listed, s => s.Id, cancellationToken));
    }

    /// <summary>Looks for new suggestions now, instead of waiting for the weekly look.</summary>
    [Function(nameof(RefreshRiskSuggestions))]
    public async Task<IResult> RefreshRiskSuggestions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/suggestions/refresh")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Ok(new Refreshed(await sources.SuggestAsync(cancellationToken)));

    /// <summary>Makes a suggestion a risk of the register. The body's <c>values</c> complete or replace those that are suggested.</summary>
    [Function(nameof(AdoptRiskSuggestion))]
    public async Task<IResult> AdoptRiskSuggestion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/suggestions/{id}/adopt")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Adoption>(cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var command = request.Command(clock);
        var suggestion = (await suggestions.GetAsync(id, cancellationToken)).Value;
        if (suggestion.State == RiskSuggestionState.Adopted && suggestion.DecidedBy == command.Actor.PersonId)
        {
            return Adopted(request, suggestion);
        }

        Permit(RiskSuggestions.SuggestionIsDecidedOnce(suggestion));

        var definition = RegisterDefinitions.Of(organization).Find(RiskFields.Register)!;
        var noticedOn = OfficeTime.Of(organization.TimeZone).DateAt(suggestion.NoticedAt);
        var values = RiskSuggestions.ValuesOf(suggestion, CultureInfo.GetCultureInfo(organization.Culture), noticedOn).ToDictionary(StringComparer.Ordinal);
        foreach (var (field, value) in RegisterJson.Texts(body?.Values ?? new Dictionary<string, JsonElement>()))
        {
            values[field] = value;
        }

        var canonical = RegisterEditor.Canonical(definition, values);
        Permit(RegisterAccess.Of(command.Actor, organization).MayNotKeep(definition, canonical));

        // The suggestion itself is the key: whoever adopts it again after a crash, or at the same time, gets the same risk.
        var author = new RegisterAuthor(command.Actor.PersonId, RegisterChange.Edit, "risk-suggestion " + id);
        var committed = await editor.ApplyAsync(
            [new ProposedChange(RiskFields.Register, null, RegisterChangeKind.Created, canonical)], author, null, cancellationToken);
        var risk = committed.Earlier?.Id ?? committed.Changes[0].Id;
        var stored = await suggestions.UpdateAsync(id, s => RiskSuggestions.Adopted(s, risk, command.Actor.PersonId, command.At), null, cancellationToken);
        return Adopted(request, stored.Value);
    }

    /// <summary>Dismisses a suggestion, with the reason.</summary>
    [Function(nameof(DismissRiskSuggestion))]
    public async Task<IResult> DismissRiskSuggestion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/suggestions/{id}/dismiss")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<Dismissal>(cancellationToken);
        var command = request.Command(clock);
        var suggestion = (await suggestions.GetAsync(id, cancellationToken)).Value;
        var organization = await organizations.GetAsync(cancellationToken);
        var wouldBe = new Dictionary<string, string> { [RiskFields.Department] = suggestion.Department };
        Permit(RegisterAccess.Of(command.Actor, organization).MayNotKeep(RegisterDefinitions.Of(organization).Find(RiskFields.Register)!, wouldBe));
        var stored = await suggestions.UpdateAsync(
            id, s => RiskSuggestions.Dismiss(s, body.Reason, command.Actor.PersonId, command.At).Value, command.IdempotencyKey, cancellationToken);
        return Answers.Ok(request, stored, stored.Value);
    }

    private static void Permit(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new RefusedException(refusal);
        }
    }

    private static IResult Adopted(HttpRequest request, RiskSuggestion suggestion) =>
        Answers.Created(request, $"/registers/{RiskFields.Register}/{suggestion.Risk}", suggestion);

    private static RiskSuggestionState? StateOf(string? text) => text switch
    {
        null or "" => null,
        "open" => RiskSuggestionState.Open,
        "adopted" => RiskSuggestionState.Adopted,
        "dismissed" => RiskSuggestionState.Dismissed,
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "risk-suggestion-state-unknown", "state", text, text)),
    };

    private sealed record Refreshed(int Added);

    private sealed record Adoption(IReadOnlyDictionary<string, JsonElement>? Values = null);

    private sealed record Dismissal(string? Reason = null);
}
