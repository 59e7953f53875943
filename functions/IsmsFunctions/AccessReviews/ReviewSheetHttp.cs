using System.Text.Json;
using Isms.AccessReviews;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.AccessReviews;

/// <summary>Answers one row.</summary>
/// <param name="Decision">What is decided.</param>
/// <param name="Reason">Why; demanded where a conspicuous right is kept.</param>
/// <param name="ChangeTo">What the right is changed to; demanded for a change.</param>
public sealed record AnswerRow(ReviewDecision Decision, string? Reason = null, string? ChangeTo = null);

/// <summary>What reviewers do with their sheets.</summary>
public sealed class ReviewSheetHttp(WorkflowGate gate, AccessReviewStore reviews, AccessReviewSheets sheets, OrganizationStore organizations, TimeProvider clock)
{
    private const string Route = "api/access-reviews/{id}/sheets/{sheet}";

    /// <summary>Answers many rows at once: some by number, the rest alike.</summary>
    [Function(nameof(AnswerReviewSheet))]
    public async Task<IResult> AnswerReviewSheet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/answers")] HttpRequest request, string id, string sheet, CancellationToken cancellationToken) =>
        await AnswerAsync(request, id, sheet, await request.ReadBodyAsync<AnswerSheet>(cancellationToken), cancellationToken);

    /// <summary>Answers one row.</summary>
    [Function(nameof(AnswerReviewRow))]
    public async Task<IResult> AnswerReviewRow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/rows/{number}/answer")] HttpRequest request,
        string id,
        string sheet,
        string number,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<AnswerRow>(cancellationToken);
        return await AnswerAsync(request, id, sheet, new AnswerSheet([new AnswerRows([AccessReviewAccess.NumberOf(number)], body.Decision, body.Reason, body.ChangeTo)]), cancellationToken);
    }

    /// <summary>Signs a sheet off: all its rows are answered, and the reviewer stands for it.</summary>
    [Function(nameof(SignReviewSheet))]
    public async Task<IResult> SignReviewSheet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/sign-off")] HttpRequest request,
        string id,
        string sheet,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var acting = ActingRoles.Of(command.Actor, organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var rows = await sheets.RowsAsync((await reviews.GetAsync(id, cancellationToken)).Value, sheet, cancellationToken);
        var batches = await reviews.AnswersAsync(id, sheet, cancellationToken);

        // Only the last sheet moves the review on: for the others there is nothing that the workflow would do.
        var stored = await gate.ApplyAsync<AccessReview>(
            client, AccessReviewStore.Kind, id, command,
            review => AccessReviewRules.SheetIsSignedOff(review, sheet, rows, batches, acting, command.At, organization, today), cancellationToken,
            review => review.Stage != AccessReviewStage.Reviewing);
        var signed = stored.Value.FindSheet(sheet)!;
        return Answers.Ok(request, stored, ReviewSheetView.Of(signed, SheetAnswers.Standing(batches), organization));
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, string id, string sheetId, AnswerSheet body, CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var batchId = AccessReviewStore.BatchIdOf(command.IdempotencyKey ?? $"{command.Actor.PersonId} {command.At.UtcTicks} {JsonSerializer.Serialize(body, Json.Options)}");
        var organization = await organizations.GetAsync(cancellationToken);
        var acting = ActingRoles.Of(command.Actor, organization);
        var review = (await reviews.GetAsync(id, cancellationToken)).Value;
        if (AccessReviewRules.CommandIsPossible(review, AccessReviewRules.Answer) is { } impossible && review.FindSheet(sheetId)?.SignOff?.Counted.Contains(batchId) != true)
        {
            throw new RefusedException(impossible);
        }

        var sheet = AccessReviewRules.SheetOf(review, sheetId).Value;
        var batches = await reviews.AnswersAsync(id, sheetId, cancellationToken);
        if (batches.All(b => b.Id != batchId))
        {
            if (AccessReviewRules.SheetIsOpen(sheet) is { } signed)
            {
                throw new RefusedException(signed);
            }

            var rows = await sheets.RowsAsync(review, sheetId, cancellationToken);
            var entries = SheetAnswers.Check(body, sheet, rows, SheetAnswers.Standing(batches), acting, organization).Value;
            if (entries.Count > 0)
            {
                var batch = new AnswerBatch(
                    batchId, command.Actor.PersonId, command.At, SheetReviewers.InPlaceOf(sheet, command.Actor.PersonId, organization), entries);
                await reviews.AddAnswerAsync(id, sheetId, batch, cancellationToken);
                batches = [.. batches, batch];
                sheet = await StillCountsAsync(id, sheetId, batchId, cancellationToken);
            }
        }

        return Answers.Ok(ReviewSheetView.Of(sheet, SheetAnswers.Standing(batches), organization));
    }

    /// <summary>Whoever signs counts the answers that are there: one that was written at the same instant says so to its author.</summary>
    private async Task<ReviewSheet> StillCountsAsync(string id, string sheetId, string batch, CancellationToken cancellationToken)
    {
        var sheet = (await reviews.GetAsync(id, cancellationToken)).Value.FindSheet(sheetId)!;
        return sheet.SignOff is { } signed && !signed.Counted.Contains(batch)
            ? throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "access-review-signed-meanwhile", "sheet", sheetId))
            : sheet;
    }
}
