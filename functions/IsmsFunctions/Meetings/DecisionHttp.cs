using Isms.Meetings;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>What becomes of a meeting's decisions.</summary>
public sealed class DecisionHttp(MeetingDesk desk)
{
    /// <summary>Reports a decision as carried out.</summary>
    [Function(nameof(CompleteMeetingDecision))]
    public async Task<IResult> CompleteMeetingDecision(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/decisions/{decision}/complete")] HttpRequest request,
        string id,
        string decision,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<CompleteDecision>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => DecisionRules.DecisionIsCompleted(meeting, decision, body, by), new MeetingReferences(body.Evidence), cancellationToken);
    }

    /// <summary>Gives a decision another due date.</summary>
    [Function(nameof(ExtendMeetingDecision))]
    public async Task<IResult> ExtendMeetingDecision(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/decisions/{decision}/extend")] HttpRequest request,
        string id,
        string decision,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<ExtendDecision>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => DecisionRules.DecisionIsExtended(meeting, decision, body, by), MeetingReferences.None, cancellationToken);
    }

    /// <summary>Gives a decision up, with a reason.</summary>
    [Function(nameof(WithdrawMeetingDecision))]
    public async Task<IResult> WithdrawMeetingDecision(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/decisions/{decision}/withdraw")] HttpRequest request,
        string id,
        string decision,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => DecisionRules.DecisionIsWithdrawn(meeting, decision, remark?.Reason ?? remark?.Comment, by), MeetingReferences.None,
            cancellationToken);
    }
}
