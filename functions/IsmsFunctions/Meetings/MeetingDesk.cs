using Isms.Meetings;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>Receives commands about meetings: who gives them, whether what they refer to exists, and what becomes of them.</summary>
public sealed class MeetingDesk(
    WorkflowGate gate, StateStore states, MeetingStore meetings, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Decides a command by a rule.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">The durable client.</param>
    /// <param name="id">The meeting's id.</param>
    /// <param name="decide">The rule.</param>
    /// <param name="references">What the command refers to.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<IResult> DecideAsync(
        HttpRequest request, DurableTaskClient client, string id, Func<Meeting, MeetingActor, Outcome<Meeting>> decide, MeetingReferences references, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        ArgumentNullException.ThrowIfNull(references);
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var by = new MeetingActor(ActingRoles.Of(command.Actor, organization), command.At, today, organization);
        var present = await meetings.GetAsync(id, cancellationToken);
        if (!(command.IdempotencyKey is { } key && present.AppliedKeys.Contains(key)))
        {
            // What the stage forbids is refused for that, before anything is said about what the command refers to.
            _ = decide(present.Value, by).Value;
            await CheckAsync(references, present.Value, cancellationToken);
        }

        var stored = await gate.ApplyAsync<Meeting>(client, MeetingStore.Kind, id, command, meeting => decide(meeting, by), cancellationToken);
        return Answers.Ok(request, stored, MeetingSummary.Of(stored.Value, organization, command.At));
    }

    private async Task CheckAsync(MeetingReferences references, Meeting meeting, CancellationToken cancellationToken)
    {
        if (await evidence.FirstUnknownAsync(references.Evidence, "evidence", cancellationToken) is { } unknown)
        {
            throw new RefusedException(unknown);
        }

        foreach (var item in (references.Decisions ?? []).Select(d => d.Item).OfType<string>().Distinct())
        {
            var instance = item.StartsWith("item-", StringComparison.Ordinal) ? item : PlanItem.InstanceIdOf(meeting.FiscalYear, item);
            if (await states.FindAsync<PlanItem>(YearStore.Item, instance, cancellationToken) is null)
            {
                throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "unknown-item", "decisions.item", item, item));
            }
        }
    }
}

/// <summary>What a command about a meeting refers to.</summary>
/// <param name="Evidence">Ids of evidence.</param>
/// <param name="Decisions">Decisions, which may name plan items.</param>
public sealed record MeetingReferences(IReadOnlyList<string>? Evidence = null, IReadOnlyList<DecisionDraft>? Decisions = null)
{
    /// <summary>Nothing.</summary>
    public static MeetingReferences None { get; } = new();
}
