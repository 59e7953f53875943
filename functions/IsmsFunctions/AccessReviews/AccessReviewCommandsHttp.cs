using Isms.AccessReviews;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.AccessReviews;

/// <summary>Gives a sheet to somebody else.</summary>
/// <param name="To">The person id.</param>
/// <param name="Reason">Why.</param>
public sealed record ReassignSheet(string? To = null, string? Reason = null);

/// <summary>What a task came to.</summary>
/// <param name="Note">What was done.</param>
public sealed record TaskNote(string? Note = null);

/// <summary>What the ISMS manager, the secretariat and the administrators do with a review.</summary>
public sealed class AccessReviewCommandsHttp(
    WorkflowGate gate, AccessReviewStore reviews, AccessReviewSheets sheets, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Gives an open sheet to somebody else.</summary>
    [Function(nameof(ReassignReviewSheet))]
    public async Task<IResult> ReassignReviewSheet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/sheets/{sheet}/reassign")] HttpRequest request,
        string id,
        string sheet,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<ReassignSheet>(cancellationToken) ?? new ReassignSheet();
        return await ApplyAsync(
            request, id, client, AccessReviewRules.Reassign,
            (review, on) => AccessReviewRules.SheetIsReassigned(review, sheet, body.To, body.Reason, on.By.PersonId, on.At, on.Organization), cancellationToken);
    }

    /// <summary>Returns a signed sheet, with what is to be looked at again.</summary>
    [Function(nameof(ReturnReviewSheet))]
    public async Task<IResult> ReturnReviewSheet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/sheets/{sheet}/return")] HttpRequest request,
        string id,
        string sheet,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await ApplyAsync(
            request, id, client, AccessReviewRules.Return,
            (review, on) => AccessReviewRules.SheetIsReturned(review, sheet, body?.Comment ?? body?.Reason, on.By.PersonId, on.At, on.Today), cancellationToken);
    }

    /// <summary>Closes the review of the sheets: what was revoked or changed goes to the administrators.</summary>
    [Function(nameof(CloseAccessReview))]
    public async Task<IResult> CloseAccessReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/close")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        var present = await reviews.GetAsync(id, cancellationToken);
        IReadOnlyList<(Assignment, StandingAnswer)> decided = [];
        if (present.Value.Stage == AccessReviewStage.Confirming)
        {
            var answers = await reviews.CountedAsync(present.Value, cancellationToken);
            var rows = await sheets.RowsAsync(present.Value, cancellationToken);
            decided = [.. rows.Select(r => (Row: r, Answer: answers[r.Sheet][r.Number])).Where(r => r.Answer.Decision != ReviewDecision.Keep)];
        }

        // The tasks are made from these sign-offs: if a sheet has come back since, the command is refused rather than closed over it.
        return await ApplyAsync(
            request, id, client, AccessReviewRules.Close,
            (review, on) => AccessReviewRules.IsClosed(review, decided, body?.Comment, on.By.PersonId, on.At, on.Today), cancellationToken, present.HttpETag);
    }

    /// <summary>Calls a review off.</summary>
    [Function(nameof(CancelAccessReview))]
    public async Task<IResult> CancelAccessReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        return await ApplyAsync(
            request, id, client, AccessReviewRules.Cancel, (review, on) => AccessReviewRules.IsCancelled(review, body?.Reason ?? body?.Comment, on.By.PersonId, on.At),
            cancellationToken);
    }

    /// <summary>Reports that a right was taken away or changed.</summary>
    [Function(nameof(ReportReviewTask))]
    public async Task<IResult> ReportReviewTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/tasks/{number}/report")] HttpRequest request,
        string id,
        string number,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<TaskNote>(cancellationToken);
        return await ApplyAsync(
            request, id, client, AccessReviewRules.Report, (review, on) => RevocationRules.TaskIsReported(review, AccessReviewAccess.NumberOf(number), body?.Note, on.By.PersonId, on.At),
            cancellationToken, concerns: _ => false);
    }

    /// <summary>Takes a decision back, with the reason; nobody does so for a right of their own.</summary>
    [Function(nameof(WithdrawReviewTask))]
    public async Task<IResult> WithdrawReviewTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/tasks/{number}/withdraw")] HttpRequest request,
        string id,
        string number,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        var rows = await sheets.RowsAsync((await reviews.GetAsync(id, cancellationToken)).Value, cancellationToken);
        return await ApplyAsync(
            request, id, client, AccessReviewRules.Withdraw,
            (review, on) =>
            {
                var task = review.Tasks.FirstOrDefault(t => t.Number == AccessReviewAccess.NumberOf(number));
                return task is not null && rows.FirstOrDefault(r => r.Sheet == task.Sheet && r.Number == task.Row) is { } row && SheetReviewers.IsOwn(row, on.By.PersonId)
                    ? Refusal.Of(RefusalKind.RuleBroken, "access-review-own-decision", "task", null, number)
                    : RevocationRules.TaskIsWithdrawn(review, AccessReviewAccess.NumberOf(number), body?.Reason ?? body?.Comment, on.By.PersonId, on.At);
            },
            cancellationToken, concerns: review => review.HasEnded);
    }

    /// <summary>Holds the open tasks against the newest snapshot now, rather than at the next weekly look.</summary>
    [Function(nameof(CompareAccessReview))]
    public Task<IResult> CompareAccessReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews/{id}/compare")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        ApplyAsync(request, id, client, AccessReviewRules.Compare, (review, on) => RevocationRules.ComparisonIsAskedFor(review, on.At), cancellationToken);

    private async Task<IResult> ApplyAsync(
        HttpRequest request,
        string id,
        DurableTaskClient client,
        string name,
        Func<AccessReview, Occasion, Outcome<AccessReview>> decide,
        CancellationToken cancellationToken,
        string? ifMatch = null,
        Func<AccessReview, bool>? concerns = null)
    {
        var given = request.Command(clock);
        var command = given with { IfMatch = given.IfMatch ?? ifMatch };
        var organization = await organizations.GetAsync(cancellationToken);
        var acting = ActingRoles.Of(command.Actor, organization);
        var on = new Occasion(acting, command.At, OfficeTime.Of(organization.TimeZone).DateAt(command.At), organization);
        if (name != AccessReviewRules.Compare && AccessReviewAccess.IsTheirPart(name, acting) is { } notTheirs)
        {
            throw new RefusedException(notTheirs);
        }

        var stored = await gate.ApplyAsync<AccessReview>(client, AccessReviewStore.Kind, id, command, review => decide(review, on), cancellationToken, concerns);
        return Answers.Ok(request, stored, AccessReviewSummary.Of(stored.Value, organization, command.At));
    }

    /// <summary>Who gives a command, and when.</summary>
    private sealed record Occasion(Acting By, DateTimeOffset At, DateOnly Today, Organization Organization);
}
