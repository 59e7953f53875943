using Isms.Audits;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Audits;

/// <summary>What people decide about an audit.</summary>
public sealed class AuditCommandsHttp(WorkflowGate gate, AuditStore audits, AnswerBook answerBook, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Approves the plan: the auditees are notified.</summary>
    [Function(nameof(ApproveAuditPlan))]
    public Task<IResult> ApproveAuditPlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/approve-plan")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync(request, id, client, (audit, command, remark) => AuditRules.PlanIsApproved(audit, command.Actor.PersonId, command.At, remark.Comment), cancellationToken);

    /// <summary>Answers one question, or several with <c>answers</c>; what was answered before is kept.</summary>
    [Function(nameof(AnswerAudit))]
    public async Task<IResult> AnswerAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/answers")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<AnswersBody>(cancellationToken);
        var unlisted = body.Answers is null && body.One is not null;
        IReadOnlyList<AnswerDraft> answers = unlisted ? [body.One!] : body.Answers ?? [];
        return Hosting.Http.Answers.Ok(await answerBook.WriteAsync(id, answers, unlisted, request.Command(clock), cancellationToken));
    }

    /// <summary>Hands the answers in, once every question has one: the report is written.</summary>
    [Function(nameof(SubmitAudit))]
    public async Task<IResult> SubmitAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/submit")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var checklist = await audits.ChecklistAsync(id, cancellationToken);
        var answers = await audits.AnswersAsync(id, cancellationToken);
        var versions = answers.ToDictionary(a => a.Key, a => a.Value.Latest.Version);
        return await DecideAsync(
            request, id, client,
            (audit, command, remark) => AuditRules.ChecklistIsSubmitted(audit, checklist, versions, command.Actor.PersonId, command.At, remark.Comment),
            cancellationToken);
    }

    /// <summary>Approves the report: it is published, and its nonconformities start corrective actions.</summary>
    [Function(nameof(ApproveAuditReport))]
    public Task<IResult> ApproveAuditReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/approve-report")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync(request, id, client, (audit, command, remark) => AuditRules.ReportIsApproved(audit, command.Actor.PersonId, command.At, remark.Comment), cancellationToken);

    /// <summary>Returns the report to the auditors, saying what is to be corrected.</summary>
    [Function(nameof(ReturnAuditReport))]
    public Task<IResult> ReturnAuditReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/return-report")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync(request, id, client, (audit, command, remark) => AuditRules.ReportIsReturned(audit, command.Actor.PersonId, command.At, remark.Comment), cancellationToken);

    /// <summary>Calls the audit off, with a reason.</summary>
    [Function(nameof(CancelAudit))]
    public Task<IResult> CancelAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync(
            request, id, client, (audit, command, remark) => AuditRules.AuditIsCancelled(audit, command.Actor.PersonId, command.At, remark.Reason ?? remark.Comment),
            cancellationToken);

    private async Task<IResult> DecideAsync(
        HttpRequest request, string id, DurableTaskClient client, Func<Audit, CommandContext, Remark, Outcome<Audit>> decide, CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<Remark>(cancellationToken) ?? new Remark();
        var command = request.Command(clock);
        var stored = await gate.ApplyAsync<Audit>(client, AuditStore.Kind, id, command, audit => decide(audit, command, remark), cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return Hosting.Http.Answers.Ok(request, stored, AuditSummary.Of(stored.Value, organization, command.At));
    }
}

/// <summary>One answer, or several in <c>answers</c>.</summary>
public sealed record AnswersBody(
    IReadOnlyList<AnswerDraft>? Answers = null,
    string? Question = null,
    AnswerResult? Result = null,
    string? Note = null,
    string? Interviewee = null,
    IReadOnlyList<string>? Evidence = null,
    string? Requirement = null,
    string? Fact = null,
    Urgency? Urgency = null,
    bool GoodPoint = false)
{
    /// <summary>The body as one answer; null when it does not say which question and what result.</summary>
    public AnswerDraft? One =>
        Question is null || Result is null ? null : new AnswerDraft(Question, Result.Value, Note, Interviewee, Evidence, Requirement, Fact, Urgency, GoodPoint);
}
