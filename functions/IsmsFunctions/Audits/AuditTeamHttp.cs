using Isms.Audits;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Audits;

/// <summary>Changes the auditors and the days of an audit whose plan was made, with a reason.</summary>
public sealed class AuditTeamHttp(
    WorkflowGate gate, AuditStore audits, AuditInvitations invitations, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Puts an auditor's questions, or those of departments, into the hands of another auditor.</summary>
    [Function(nameof(ReassignAudit))]
    public async Task<IResult> ReassignAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/reassign")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var wanted = await request.ReadOptionalBodyAsync<Reassignment>(cancellationToken) ?? new Reassignment();
        var before = (await audits.GetAsync(id, cancellationToken)).Value;
        return await ChangeAsync(
            request, id, client, (audit, command, organization, today) =>
            {
                before = audit;
                return AuditTeam.IsReassigned(audit, wanted, organization, command.Actor.PersonId, command.At, today);
            },
            (after, organization) => AuditLetters.OnReassignment(before, after, organization), cancellationToken);
    }

    /// <summary>Moves the days of fieldwork before it begins; everybody concerned gets a newer entry for their calendar.</summary>
    [Function(nameof(RescheduleAudit))]
    public async Task<IResult> RescheduleAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/audits/{id}/reschedule")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var wanted = await request.ReadOptionalBodyAsync<Rescheduling>(cancellationToken) ?? new Rescheduling();
        return await ChangeAsync(
            request, id, client, (audit, command, organization, today) =>
                AuditPlanning.IsRescheduled(audit, wanted, organization, command.Actor.PersonId, command.At, today),
            (_, _) => [], cancellationToken);
    }

    private async Task<IResult> ChangeAsync(
        HttpRequest request, string id, DurableTaskClient client, Func<Audit, CommandContext, Organization, DateOnly, Outcome<Audit>> decide,
        Func<Audit, Organization, IReadOnlyList<Isms.Notifications.Letter>> letters, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var command = request.Command(clock);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var stored = await gate.ApplyAsync<Audit>(client, AuditStore.Kind, id, command, audit => decide(audit, command, organization, today), cancellationToken);
        var audit = stored.Value;
        await notifier.NotifyAsync(audit.Id, audit.Serial, letters(audit, organization), cancellationToken, invitations.Of(audit, organization));
        return Answers.Ok(request, stored, AuditSummary.Of(audit, organization, command.At));
    }
}
