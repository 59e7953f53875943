using System.Globalization;
using Isms.AccessReviews;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.AccessReviews;

/// <summary>Starts a review.</summary>
/// <param name="SignOffDue">The day by which every sheet is to be signed off; three weeks from now, when left out.</param>
public sealed record StartReview(DateOnly? SignOffDue = null);

/// <summary>Starts reviews of access rights, and shows them and their sheets.</summary>
public sealed class AccessReviewHttp(
    AccessReviewStarter starter, AccessReviewStore reviews, AccessReviewSheets sheets, SnapshotReader snapshots, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Starts a review of the newest snapshot of access rights.</summary>
    [Function(nameof(StartAccessReview))]
    public async Task<IResult> StartAccessReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/access-reviews")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<StartReview>(cancellationToken) ?? new StartReview();
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        if (body.SignOffDue < today)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "access-review-due-too-early", "signOffDue", null, body.SignOffDue));
        }

        var running = await reviews.ListAfterAsync(null, null, cancellationToken)
            .FirstOrDefaultAsync(r => r.Value.Stage < AccessReviewStage.FollowingUp && (command.IdempotencyKey is not { } key || !r.AppliedKeys.Contains(key)), cancellationToken);
        if (running is not null)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "access-review-under-way", null, running.Id, running.Id));
        }

        if (AccessReviewSchedule.SnapshotToReview(await snapshots.CollectedAsync(cancellationToken), command.At) is null)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "access-review-without-snapshot"));
        }

        var year = FiscalYear.Of(today, organization.FiscalYearStartMonth).Id;
        var stored = await starter.StartAsync(
            client, year, body.SignOffDue ?? AccessReviewSchedule.SignOffDue(today), command.Actor.PersonId, command.IdempotencyKey, command.At, cancellationToken);
        return Answers.Accepted(request, $"/access-reviews/{stored.Id}", AccessReviewSummary.Of(stored.Value, organization, command.At));
    }

    /// <summary>Reviews by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>.</summary>
    [Function(nameof(ListAccessReviews))]
    public async Task<IResult> ListAccessReviews(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/access-reviews")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var year = request.Query["fy"].FirstOrDefault();
        var page = PageRequest.Of(request, AccessReviewStore.PrefixOf(year));
        var now = clock.GetUtcNow();
        var listed = reviews.ListAfterAsync(year, page.After, cancellationToken).Select(r => AccessReviewSummary.Of(r.Value, organization, now));
        return Answers.Ok(await page.TakeAsync(listed, r => r.Id, cancellationToken));
    }

    /// <summary>One review: snapshot, sheets and how far they are, tasks, log, and what is possible now.</summary>
    [Function(nameof(GetAccessReview))]
    public async Task<IResult> GetAccessReview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/access-reviews/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await reviews.GetAsync(id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var answers = await reviews.CountedAsync(stored.Value, cancellationToken);
        var actor = Actor.Of(request);
        return Answers.Ok(request, stored, AccessReviewDetails.Details(
            stored.Value, answers, sheet => AccessReviewAccess.MaySee(sheet, actor, organization), organization, clock.GetUtcNow()));
    }

    /// <summary>The rows of a sheet, a page at a time; <c>?answer=open|keep|revoke|change</c> and <c>?flagged=true</c> choose some of them.</summary>
    [Function(nameof(ListReviewSheetRows))]
    public async Task<IResult> ListReviewSheetRows(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/access-reviews/{id}/sheets/{sheet}")] HttpRequest request,
        string id,
        string sheet,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = request.Query["answer"].FirstOrDefault();
        if (answer is not (null or "" or "open" or "keep" or "revoke" or "change"))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "access-review-filter-unknown", "answer", answer, answer));
        }

        var (_, rows) = await OpenAsync(request, id, sheet, cancellationToken);
        var page = PageRequest.Of(request, "row-");
        var chosen = rows.Select(r => AssignmentView.Of(r.Row, r.Answer))
            .Where(r => string.IsNullOrEmpty(answer) || (r.Answer is null ? answer == "open" : answer.Equals(r.Answer.Decision.ToString(), StringComparison.OrdinalIgnoreCase)))
            .Where(r => request.Query["flagged"] != "true" || r.Flags.Count > 0)
            .Where(r => page.After is null || string.CompareOrdinal(KeyOf(r), page.After) > 0);
        return Answers.Ok(await page.TakeAsync(chosen.ToAsyncEnumerable(), KeyOf, cancellationToken));
    }

    /// <summary>A sheet as a workbook, with the answers given so far, in the language of <c>Accept-Language</c>.</summary>
    [Function(nameof(GiveOutReviewSheet))]
    public async Task<IResult> GiveOutReviewSheet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/access-reviews/{id}/sheets/{sheet}/sheet.xlsx")] HttpRequest request,
        string id,
        string sheet,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (review, rows) = await OpenAsync(request, id, sheet, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var paper = new AccessReviewPapers(review, organization).Sheet(review.FindSheet(sheet)!, rows, today);
        return Results.File(WorkbookDocument.Render(paper, Problem.CultureOf(request)), WorkbookDocument.MediaType, $"{id}-{sheet}.xlsx");
    }

    private async Task<(AccessReview Review, IReadOnlyList<AnsweredRow> Rows)> OpenAsync(HttpRequest request, string id, string sheetId, CancellationToken cancellationToken)
    {
        var review = (await reviews.GetAsync(id, cancellationToken)).Value;
        var sheet = AccessReviewRules.SheetOf(review, sheetId).Value;
        AccessReviewAccess.MustSee(sheet, Actor.Of(request), await organizations.GetAsync(cancellationToken));
        var counted = sheet.SignOff?.Counted.ToHashSet(StringComparer.Ordinal);
        var batches = await reviews.AnswersAsync(id, sheetId, cancellationToken);
        var standing = SheetAnswers.Standing(batches.Where(b => counted?.Contains(b.Id) != false));
        var rows = await sheets.RowsAsync(review, sheetId, cancellationToken);
        return (review, [.. rows.Select(r => new AnsweredRow(r, standing.GetValueOrDefault(r.Number)))]);
    }

    private static string KeyOf(AssignmentView row) => string.Create(CultureInfo.InvariantCulture, $"row-{row.Number:000000}");
}
