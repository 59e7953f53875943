using Isms.Audits;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Audits;

/// <summary>Starts audits and shows them.</summary>
public sealed class AuditHttp(AuditStarter starter, AuditStore audits, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Plans an audit and starts its workflow. Whatever the body leaves out is proposed; without a body everything is.</summary>
    [Function(nameof(StartAudit))]
    public async Task<IResult> StartAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var wanted = await request.ReadOptionalBodyAsync<AuditRequest>(cancellationToken) ?? new AuditRequest();
        var command = request.Command(clock);
        var stored = await starter.StartAsync(client, wanted, command.Actor.PersonId, command.IdempotencyKey, command.At, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return Answers.Accepted(request, $"/audits/{stored.Id}", AuditSummary.Of(stored.Value, organization, command.At));
    }

    /// <summary>Audits by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>.</summary>
    [Function(nameof(ListAudits))]
    public async Task<IResult> ListAudits(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audits")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var year = request.Query["fy"].FirstOrDefault();
        var page = PageRequest.Of(request, AuditStore.PrefixOf(year));
        var now = clock.GetUtcNow();
        var listed = audits.ListAfterAsync(year, page.After, cancellationToken).Select(a => AuditSummary.Of(a.Value, organization, now));
        return Answers.Ok(await page.TakeAsync(listed, a => a.Id, cancellationToken));
    }

    /// <summary>One audit: plan, checklist with answers, findings, corrective actions, log, and what is possible now.</summary>
    [Function(nameof(GetAudit))]
    public async Task<IResult> GetAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audits/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await audits.GetAsync(id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var checklist = await audits.ChecklistAsync(id, cancellationToken);
        var answers = await audits.AnswersAsync(id, cancellationToken);
        return Answers.Ok(request, stored, AuditDetails.Of(stored.Value, checklist, answers, organization, clock.GetUtcNow()));
    }
}
