using Isms.CorrectiveActions;
using Isms.Rules;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>Raises corrective actions by hand, and shows all of them.</summary>
public sealed class ActionHttp(ActionStarter starter, ActionStore actions, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Raises a corrective action about something that somebody noticed.</summary>
    [Function(nameof(RaiseCorrectiveAction))]
    public async Task<IResult> RaiseCorrectiveAction(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<RaiseAction>(cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var (nonconformity, owner) = ActionRaising.Check(body, organization).Value;
        if (await evidence.FirstUnknownAsync(body.Evidence, "evidence", cancellationToken) is { } unknown)
        {
            throw new RefusedException(unknown);
        }

        var command = request.Command(clock);
        var stored = await starter.RaiseAsync(
            client, new ActionSource(body.Source), nonconformity, owner, command.Actor.PersonId, command.IdempotencyKey, command.At, cancellationToken);
        return Answers.Accepted(request, $"/corrective-actions/{stored.Id}", ActionSummary.Of(stored.Value, organization, command.At));
    }

    /// <summary>
    /// Corrective actions by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>, open or closed with <c>?state=</c>, in one stage with <c>?stage=</c>, of one owner with
    /// <c>?owner=</c>.
    /// </summary>
    [Function(nameof(ListCorrectiveActions))]
    public async Task<IResult> ListCorrectiveActions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/corrective-actions")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var stage = request.Query["stage"].FirstOrDefault();
        var owner = request.Query["owner"].FirstOrDefault();
        var state = request.Query["state"].FirstOrDefault();
        var year = request.Query["fy"].FirstOrDefault();
        var page = PageRequest.Of(request, ActionStore.PrefixOf(year));
        var now = clock.GetUtcNow();
        var listed = actions.ListAfterAsync(year, page.After, cancellationToken)
            .Where(a => stage is null || a.Value.Stage.ToString().Equals(stage, StringComparison.OrdinalIgnoreCase))
            .Where(a => state is null || state == (a.Value.Stage == ActionStage.Closed ? "closed" : "open"))
            .Where(a => owner is null || a.Value.Owner == owner)
            .Select(a => ActionSummary.Of(a.Value, organization, now));
        return Answers.Ok(await page.TakeAsync(listed, a => a.Id, cancellationToken));
    }

    /// <summary>One corrective action: nonconformity, steps, rounds, log, and what is possible now.</summary>
    [Function(nameof(GetCorrectiveAction))]
    public async Task<IResult> GetCorrectiveAction(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/corrective-actions/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await actions.GetAsync(id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return Answers.Ok(request, stored, ActionDetails.Details(stored.Value, organization, clock.GetUtcNow()));
    }
}
