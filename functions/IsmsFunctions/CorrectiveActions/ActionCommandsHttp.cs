using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>The steps of a corrective action, as people report them.</summary>
public sealed class ActionCommandsHttp(WorkflowGate gate, ActionStore actions, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Reports the correction of the nonconformity itself.</summary>
    [Function(nameof(ReportActionCorrection))]
    public Task<IResult> ReportActionCorrection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/correction")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<ReportCorrection>(
            request, id, client, ActionRules.Correct, body => body.Evidence, (action, body, by, _) => ActionRules.NonconformityIsCorrected(action, body, by),
            cancellationToken);

    /// <summary>Reports the root cause, and what was found elsewhere.</summary>
    [Function(nameof(ReportActionRootCause))]
    public Task<IResult> ReportActionRootCause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/root-cause")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<ReportRootCause>(
            request, id, client, ActionRules.FindCause, _ => null, (action, body, by, organization) => ActionRules.CauseIsFound(action, body, by, organization),
            cancellationToken);

    /// <summary>Proposes the plan against the cause.</summary>
    [Function(nameof(ProposeActionPlan))]
    public Task<IResult> ProposeActionPlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/plan")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<ProposePlan>(
            request, id, client, ActionRules.Plan, _ => null, (action, body, by, organization) => ActionRules.PlanIsProposed(action, body, by, organization),
            cancellationToken);

    /// <summary>Approves the plan.</summary>
    [Function(nameof(ApproveActionPlan))]
    public Task<IResult> ApproveActionPlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/approve-plan")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<Remark>(
            request, id, client, ActionRules.ApprovePlan, _ => null, (action, body, by, _) => ActionRules.PlanIsApproved(action, body.Comment, by),
            cancellationToken, new Remark());

    /// <summary>Returns the plan to the owner.</summary>
    [Function(nameof(ReturnActionPlan))]
    public Task<IResult> ReturnActionPlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/return-plan")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<Remark>(
            request, id, client, ActionRules.ReturnPlan, _ => null, (action, body, by, _) => ActionRules.PlanIsReturned(action, body.Comment ?? body.Reason, by),
            cancellationToken, new Remark());

    /// <summary>Reports the implementation, with its evidence.</summary>
    [Function(nameof(ReportActionImplementation))]
    public Task<IResult> ReportActionImplementation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/implemented")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<ReportImplementation>(
            request, id, client, ActionRules.Implement, body => body.Evidence, (action, body, by, _) => ActionRules.PlanIsImplemented(action, body, by),
            cancellationToken);

    /// <summary>Says whether it worked: closes the action, or reopens it.</summary>
    [Function(nameof(CheckActionEffectiveness))]
    public Task<IResult> CheckActionEffectiveness(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/corrective-actions/{id}/effectiveness")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        DecideAsync<ReportEffectiveness>(
            request, id, client, ActionRules.CheckEffectiveness, body => body.Evidence,
            (action, body, by, organization) => ActionRules.EffectivenessIsChecked(action, body, by, OfficeTime.Of(organization.TimeZone)), cancellationToken);

    private async Task<IResult> DecideAsync<TBody>(
        HttpRequest request,
        string id,
        DurableTaskClient client,
        string name,
        Func<TBody, IReadOnlyList<string>?> evidenceOf,
        Func<CorrectiveAction, TBody, ActingPerson, Organization, Outcome<CorrectiveAction>> decide,
        CancellationToken cancellationToken,
        TBody? whenEmpty = null)
        where TBody : class
    {
        var body = whenEmpty is null
            ? await request.ReadBodyAsync<TBody>(cancellationToken)
            : await request.ReadOptionalBodyAsync<TBody>(cancellationToken) ?? whenEmpty;
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var by = new ActingPerson(command.Actor.PersonId, command.At, today, command.Actor.HasAny([AppRoles.Secretariat]));
        var present = await actions.GetAsync(id, cancellationToken);
        var repeated = command.IdempotencyKey is { } key && present.AppliedKeys.Contains(key);

        // A command that the stage forbids is refused for that, before anything is said about the evidence it names.
        if (!repeated && (ActionRules.CommandIsPossible(present.Value, name)
            ?? await evidence.FirstUnknownAsync(evidenceOf(body), "evidence", cancellationToken)) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var stored = await gate.ApplyAsync<CorrectiveAction>(
            client, ActionStore.Kind, id, command, action => decide(action, body, by, organization), cancellationToken);
        return Answers.Ok(request, stored, ActionSummary.Of(stored.Value, organization, command.At));
    }
}
