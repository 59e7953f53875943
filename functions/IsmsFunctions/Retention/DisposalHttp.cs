using Isms.Retention;
using Isms.Rules;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Retention;

/// <summary>What is to be disposed of.</summary>
/// <param name="Items">The ids of the items.</param>
/// <param name="Reason">Why.</param>
public sealed record DisposalBody(IReadOnlyList<string> Items, string Reason);

/// <summary>Disposal of evidence: one person proposes, another approves, and a workflow carries it out.</summary>
public sealed class DisposalHttp(
    RetentionStore store, IEvidenceStore evidence, OrganizationStore organizations, WorkflowGate gate, IWorkflowStarter workflows, TimeProvider clock)
{
    /// <summary>Lists disposals.</summary>
    [Function(nameof(ListDisposals))]
    public async Task<IResult> ListDisposals(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention/disposals")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Ok(new { items = await store.DisposalsAsync(cancellationToken).ToListAsync(cancellationToken) });

    /// <summary>A disposal.</summary>
    [Function(nameof(GetDisposal))]
    public async Task<IResult> GetDisposal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention/disposals/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var stored = await store.FindAsync(id, cancellationToken);
        return Answers.Ok(request, stored, stored.Value);
    }

    /// <summary>Proposes a disposal of items whose retention has ended.</summary>
    [Function(nameof(ProposeDisposal))]
    public async Task<IResult> ProposeDisposal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/disposals")] HttpRequest request, CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var body = await request.ReadBodyAsync<DisposalBody>(cancellationToken);
        var reason = RetentionHttp.ReasonOf(body.Reason);
        if (body.Items.Count is 0 or > Disposal.MostItems || body.Items.Any(string.IsNullOrWhiteSpace) || body.Items.Distinct(StringComparer.Ordinal).Count() != body.Items.Count)
        {
            throw EvidenceInput.Invalid("disposal-items-malformed", "items", null, Disposal.MostItems);
        }

        var state = await store.StateAsync(await organizations.GetAsync(cancellationToken), cancellationToken);
        foreach (var id in body.Items)
        {
            var item = (id.Length <= 200 ? await evidence.FindAsync(id, cancellationToken) : null)
                ?? throw new RefusedException(Refusal.Of(RefusalKind.RuleBroken, "unknown-evidence", "items", id, id));
            if (state.MayNotGo(item, command.At) is { } refusal)
            {
                throw new RefusedException(refusal);
            }
        }

        var stored = await store.ProposeAsync(
            id => new Disposal { Id = id, Items = body.Items, Reason = reason, ProposedBy = command.Actor.PersonId, ProposedAt = command.At }, command.IdempotencyKey, cancellationToken);
        return Answers.Created(request, $"/retention/disposals/{stored.Id}", stored.Value);
    }

    /// <summary>Approves a disposal, which is then carried out. Whoever proposed it cannot.</summary>
    [Function(nameof(ApproveDisposal))]
    public async Task<IResult> ApproveDisposal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/disposals/{id}/approve")] HttpRequest request, string id, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var stored = await DecideAsync(request, client, id, (d, command) => d.Approve(command.Actor.PersonId, command.At), cancellationToken);
        if (stored.Value.State == DisposalState.Approved)
        {
            await workflows.EnsureRunningAsync(client, RetentionStore.DisposalKind, stored.Id, cancellationToken);
        }

        return Answers.Accepted(request, $"/retention/disposals/{stored.Id}", stored.Value);
    }

    /// <summary>Turns a disposal down.</summary>
    [Function(nameof(RejectDisposal))]
    public async Task<IResult> RejectDisposal(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/disposals/{id}/reject")] HttpRequest request, string id, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var stored = await DecideAsync(request, client, id, (d, command) => d.Reject(command.Actor.PersonId, command.At), cancellationToken);
        await store.AcknowledgeAsync(stored, cancellationToken);
        return Answers.Ok(stored.Value);
    }

    private async Task<Stored<Disposal>> DecideAsync(
        HttpRequest request, DurableTaskClient client, string id, Func<Disposal, CommandContext, Outcome<Disposal>> decide, CancellationToken cancellationToken)
    {
        await store.FindAsync(id, cancellationToken); // An id that cannot be one is refused before it becomes a key.
        var command = request.Command(clock);
        return await gate.ApplyAsync<Disposal>(client, RetentionStore.DisposalKind, id, command, d => decide(d, command), cancellationToken);
    }
}
