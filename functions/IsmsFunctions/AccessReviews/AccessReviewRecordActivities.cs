using Isms.AccessReviews;
using Isms.Documents;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.AccessReviews;

/// <summary>Puts a review on record: what was decided about each right, and later what became of the revocations.</summary>
public sealed partial class AccessReviewRecordActivities(
    AccessReviewStore reviews, AccessReviewSheets sheets, IEvidenceStore evidence, OrganizationStore organizations, ILogger<AccessReviewRecordActivities> logger)
{
    /// <summary>Records the review of the sheets once it is closed, and the follow-up once all of it is settled.</summary>
    [Function(nameof(RecordAccessReview))]
    public async Task RecordAccessReview([ActivityTrigger] AccessReviewStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var review = (await reviews.GetAsync(input.Id, cancellationToken)).Value;
        if (review.Closing is not { } closing)
        {
            return; // Called off.
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var papers = new AccessReviewPapers(review, organization);
        if (await evidence.FindAsync(EvidenceIds.OfStep(review.Id, AccessReviewPapers.Record), cancellationToken) is null)
        {
            var counted = await reviews.CountedAsync(review, cancellationToken);
            var rows = (await sheets.RowsAsync(review, cancellationToken)).Select(r => new AnsweredRow(r, counted[r.Sheet].GetValueOrDefault(r.Number))).ToList();

            // It speaks of the time when it was begun: one that is closed late is not the review of the next quarter as well.
            var period = new Period(review.RequestedAt, review.RequestedAt);
            await RecordAsync(review, AccessReviewPapers.Record, period, papers.Review(rows), new { Review = review, Rows = rows }, closing.By, cancellationToken);
            Recorded(logger, review.Id, rows.Count);
        }

        if (review.Stage == AccessReviewStage.Closed && review.Tasks.Count > 0)
        {
            await RecordAsync(
                review, AccessReviewPapers.FollowUpRecord, new Period(closing.At, review.StageSince), papers.FollowUp(),
                new { review.Id, review.Snapshot, review.Closing, review.Compared, review.Tasks }, "system", cancellationToken);
        }
    }

    private Task<EvidenceManifest> RecordAsync(
        AccessReview review, string record, Period period, PrintedDocument document, object data, string by, CancellationToken cancellationToken)
    {
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(review.Id, record),
            FiscalYear = review.FiscalYear,
            Type = EvidenceType.Operation,
            Title = new LocalizedText($"{document.Title.Ja} {review.Id}", $"{document.Title.En}: {review.Id}"),
            Clauses = ["8.1", "9.1"],
            Controls = ["5.15", "5.18", "8.2"],
            Period = period,
            Subject = review.Id,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(review.Id, record, by) },
            CreatedBy = by,
        };
        return evidence.RecordAsync(draft, DocumentFiles.Of(record, document, data), cancellationToken);
    }

    [LoggerMessage(EventId = 2201, EventName = "AccessReviewRecorded", Level = LogLevel.Information, Message = "{Review} is on record: {Rights} rights were decided on")]
    private static partial void Recorded(ILogger logger, string review, int rights);
}
