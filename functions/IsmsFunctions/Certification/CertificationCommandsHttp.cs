using Isms.Certification;
using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Certification;

/// <summary>What people report of an audit of the certification body.</summary>
public sealed class CertificationCommandsHttp(
    WorkflowGate gate, CertificationStore audits, ActionStore actions, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Enters the result with its findings: nonconformities start corrective actions.</summary>
    [Function(nameof(EnterCertificationResult))]
    public async Task<IResult> EnterCertificationResult(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certification/audits/{id}/held")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<EnterCertificationResult>(cancellationToken);
        return await DecideAsync(
            request, id, client, body.Evidence, (audit, by, organization) => CertificationAuditRules.AuditIsHeld(audit, body, by, organization), cancellationToken);
    }

    /// <summary>Says that the corrective action plan was sent; it is made up from the corrective actions.</summary>
    [Function(nameof(SendCertificationResponse))]
    public async Task<IResult> SendCertificationResponse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certification/audits/{id}/respond")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<SendCertificationResponse>(cancellationToken) ?? new SendCertificationResponse();
        var started = new List<CorrectiveAction>();
        foreach (var action in (await audits.GetAsync(id, cancellationToken)).Value.Actions)
        {
            started.Add((await actions.GetAsync(action.Action, cancellationToken)).Value);
        }

        return await DecideAsync(request, id, client, body.Evidence, (audit, by, _) => CertificationAuditRules.PlanIsSent(audit, started, body, by), cancellationToken);
    }

    /// <summary>Notes that the body accepts the plan.</summary>
    [Function(nameof(AcceptCertificationResponse))]
    public async Task<IResult> AcceptCertificationResponse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certification/audits/{id}/accept")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken) ?? new Remark();
        return await DecideAsync(request, id, client, null, (audit, by, _) => CertificationAuditRules.PlanIsAccepted(audit, body.Comment, by), cancellationToken);
    }

    /// <summary>Notes that the body wants the plan improved, and until when.</summary>
    [Function(nameof(ReturnCertificationResponse))]
    public async Task<IResult> ReturnCertificationResponse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certification/audits/{id}/return")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<ReturnCertificationResponse>(cancellationToken);
        return await DecideAsync(request, id, client, null, (audit, by, _) => CertificationAuditRules.PlanIsReturned(audit, body, by), cancellationToken);
    }

    /// <summary>Calls the audit off, with a reason.</summary>
    [Function(nameof(CancelCertificationAudit))]
    public async Task<IResult> CancelCertificationAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certification/audits/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken) ?? new Remark();
        return await DecideAsync(
            request, id, client, null, (audit, by, _) => CertificationAuditRules.AuditIsCancelled(audit, body.Reason ?? body.Comment, by), cancellationToken);
    }

    private async Task<IResult> DecideAsync(
        HttpRequest request,
        string id,
        DurableTaskClient client,
        IReadOnlyList<string>? named,
        Func<CertificationAudit, ActingPerson, Organization, Outcome<CertificationAudit>> decide,
        CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var by = new ActingPerson(command.Actor.PersonId, command.At, OfficeTime.Of(organization.TimeZone).DateAt(command.At));
        if (await evidence.FirstUnknownAsync(named, "evidence", cancellationToken) is { } unknown)
        {
            throw new RefusedException(unknown);
        }

        var stored = await gate.ApplyAsync<CertificationAudit>(
            client, CertificationStore.Kind, id, command, audit => decide(audit, by, organization), cancellationToken);
        return Answers.Ok(request, stored, CertificationSummary.Of(stored.Value, organization, command.At));
    }
}
