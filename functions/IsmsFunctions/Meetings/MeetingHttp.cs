using Isms.Meetings;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>Calls meetings and shows them. A management review is a meeting; <c>/reviews</c> are those of that kind.</summary>
public sealed class MeetingHttp(MeetingStarter starter, MeetingStore meetings, YearStore years, OrganizationStore organizations, TimeProvider clock)
{
    private const int DaysUntilDue = 30;

    /// <summary>Calls a committee meeting beside those that the plan calls by itself.</summary>
    [Function(nameof(CallCommittee))]
    public Task<IResult> CallCommittee(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/meetings")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => CallAsync(request, client, MeetingKind.Committee, "meetings", cancellationToken);

    /// <summary>Calls a management review beside the one that the plan calls by itself.</summary>
    [Function(nameof(CallReview))]
    public Task<IResult> CallReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reviews")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => CallAsync(request, client, MeetingKind.ManagementReview, "reviews", cancellationToken);

    /// <summary>Meetings by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>, of one kind with <c>?kind=</c>.</summary>
    [Function(nameof(ListMeetings))]
    public Task<IResult> ListMeetings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/meetings")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ListAsync(request, KindOf(request.Query["kind"].FirstOrDefault()), cancellationToken);
    }

    /// <summary>Management reviews by id, a page at a time; those of one year with <c>?fy=</c>.</summary>
    [Function(nameof(ListReviews))]
    public Task<IResult> ListReviews(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reviews")] HttpRequest request, CancellationToken cancellationToken) =>
        ListAsync(request, MeetingKind.ManagementReview, cancellationToken);

    /// <summary>One meeting: inputs or agenda, papers, minutes, decisions, log, and what is possible now.</summary>
    [Function(nameof(GetMeeting))]
    public async Task<IResult> GetMeeting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await meetings.GetAsync(id, cancellationToken);
        return Answers.Ok(request, stored, MeetingDetails.Details(stored.Value, await organizations.GetAsync(cancellationToken), clock.GetUtcNow()));
    }

    /// <summary>One management review, with its inputs topic by topic and the missing ones named.</summary>
    [Function(nameof(GetReview))]
    public async Task<IResult> GetReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reviews/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await meetings.GetAsync(id, MeetingKind.ManagementReview, cancellationToken);
        return Answers.Ok(request, stored, MeetingDetails.Details(stored.Value, await organizations.GetAsync(cancellationToken), clock.GetUtcNow()));
    }

    private async Task<IResult> CallAsync(HttpRequest request, DurableTaskClient client, MeetingKind kind, string route, CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<MeetingCall>(cancellationToken) ?? new MeetingCall();
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        if (body.Due < today)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.RuleBroken, "meeting-date-not-possible", "due", null, body.Due, today));
        }

        var year = FiscalYear.Of(today, organization.FiscalYearStartMonth).Id;
        var item = body.Item is { } id ? (await years.FindItemAsync(year, id, cancellationToken)).Value : null;
        var due = body.Due ?? (item?.DueOn > today ? item.DueOn : today.AddDays(DaysUntilDue));
        var stored = await starter.CallAsync(
            client, kind, year, item?.InstanceId, due, command.Actor.PersonId, command.IdempotencyKey, command.At, cancellationToken);
        return Answers.Accepted(request, $"/{route}/{stored.Id}", MeetingSummary.Of(stored.Value, organization, command.At));
    }

    private async Task<IResult> ListAsync(HttpRequest request, MeetingKind? kind, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var year = request.Query["fy"].FirstOrDefault();
        var page = PageRequest.Of(request, kind is { } k ? MeetingStore.PrefixOf(k, null) : "");
        var now = clock.GetUtcNow();
        var listed = meetings.ListAfterAsync(kind, year, page.After, cancellationToken).Select(m => MeetingSummary.Of(m.Value, organization, now));
        return Answers.Ok(await page.TakeAsync(listed, m => m.Id, cancellationToken));
    }

    private static MeetingKind? KindOf(string? text) => text switch
    {
        null or "" => null,
        "managementReview" => MeetingKind.ManagementReview,
        "committee" => MeetingKind.Committee,
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "meeting-kind-unknown", "kind", text, text)),
    };
}

/// <summary>Calls a meeting.</summary>
/// <param name="Item">The plan item of the present year that it does, such as <c>management-review</c>.</param>
/// <param name="Due">The day by which it is to be over; the item's due date, or in thirty days, when left out.</param>
public sealed record MeetingCall(string? Item = null, DateOnly? Due = null);
