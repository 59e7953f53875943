using Isms.Meetings;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>The way of a meeting from its preparation to approved minutes, as people go it.</summary>
public sealed class MeetingCommandsHttp(MeetingDesk desk, MeetingStore meetings, MeetingMaterials materials)
{
    /// <summary>Provides an input of a management review, or says why there is nothing to report.</summary>
    [Function(nameof(AddReviewInput))]
    public async Task<IResult> AddReviewInput(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reviews/{id}/inputs")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<AddInput>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MeetingRules.InputIsAdded(meeting, body, by), new MeetingReferences(body.Evidence), cancellationToken);
    }

    /// <summary>Puts a point on a committee's agenda.</summary>
    [Function(nameof(AddAgendaPoint))]
    public async Task<IResult> AddAgendaPoint(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/points")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<AddPoint>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MeetingRules.PointIsAdded(meeting, body, by), new MeetingReferences(body.Evidence), cancellationToken);
    }

    /// <summary>Compiles inputs or agenda anew.</summary>
    [Function(nameof(RefreshMeeting))]
    public async Task<IResult> RefreshMeeting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/refresh")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var material = await materials.CompileAsync((await meetings.GetAsync(id, cancellationToken)).Value, cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MeetingRules.MaterialIsRefreshed(meeting, material, by), MeetingReferences.None, cancellationToken);
    }

    /// <summary>Sets the date, or puts the meeting off.</summary>
    [Function(nameof(ScheduleMeeting))]
    public async Task<IResult> ScheduleMeeting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/schedule")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<SetDate>(cancellationToken) ?? new SetDate();
        return await desk.DecideAsync(request, client, id, (meeting, by) => MeetingRules.DateIsSet(meeting, body, by), MeetingReferences.None, cancellationToken);
    }

    /// <summary>Records that it was held: who attended, what was said and decided.</summary>
    [Function(nameof(HoldMeeting))]
    public async Task<IResult> HoldMeeting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/hold")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<HoldMeeting>(cancellationToken);
        var now = await materials.CompileAsync((await meetings.GetAsync(id, cancellationToken)).Value, cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MinutesRules.MeetingIsHeld(meeting, body, now, by), new MeetingReferences(null, body.Decisions), cancellationToken);
    }

    /// <summary>Completes or corrects the minutes.</summary>
    [Function(nameof(WriteMeetingMinutes))]
    public async Task<IResult> WriteMeetingMinutes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/minutes")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<WriteMinutes>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MinutesRules.MinutesAreWritten(meeting, body, by), new MeetingReferences(null, body.Decisions), cancellationToken);
    }

    /// <summary>Hands the minutes in for approval.</summary>
    [Function(nameof(SubmitMeetingMinutes))]
    public async Task<IResult> SubmitMeetingMinutes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/submit")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MinutesRules.MinutesAreSubmitted(meeting, remark?.Comment, by), MeetingReferences.None, cancellationToken);
    }

    /// <summary>Approves the minutes: they are recorded, and the decisions are tracked.</summary>
    [Function(nameof(ApproveMeetingMinutes))]
    public async Task<IResult> ApproveMeetingMinutes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/approve")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MinutesRules.MinutesAreApproved(meeting, remark?.Comment, by), MeetingReferences.None, cancellationToken);
    }

    /// <summary>Returns the minutes, with what is to be corrected.</summary>
    [Function(nameof(ReturnMeetingMinutes))]
    public async Task<IResult> ReturnMeetingMinutes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/return")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MinutesRules.MinutesAreReturned(meeting, remark?.Comment ?? remark?.Reason, by), MeetingReferences.None, cancellationToken);
    }

    /// <summary>Calls the meeting off, with a reason.</summary>
    [Function(nameof(CancelMeeting))]
    public async Task<IResult> CancelMeeting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await desk.DecideAsync(
            request, client, id, (meeting, by) => MeetingRules.MeetingIsCancelled(meeting, remark?.Reason ?? remark?.Comment, by), MeetingReferences.None, cancellationToken);
    }
}
