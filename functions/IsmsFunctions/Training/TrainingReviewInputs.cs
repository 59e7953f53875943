using System.Globalization;
using Isms.ManagementReviews;
using Isms.Reports;
using Isms.Text;
using Isms.Training;
using IsmsFunctions.ManagementReviews;

namespace IsmsFunctions.Training;

/// <summary>What top management hears about training: how many campaigns there were, whom they reached, and what was left open.</summary>
public sealed class TrainingReviewInputs(TrainingStore trainings) : IReviewInputSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReviewInput>> InputsAsync(ReviewPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var campaigns = await trainings.ListAfterAsync(null, null, cancellationToken)
            .Select(t => t.Value)
            .Where(c => c.Stage is (TrainingStage.Running or TrainingStage.Closed) && c.From <= period.Until && c.Due >= period.From)
            .ToListAsync(cancellationToken);
        var closed = campaigns.Where(c => c.Outcome is not null).ToList();
        var input = new ReviewInput { Topic = ReviewTopic.Training, Title = Texts.Get("training.review.title") };
        if (campaigns.Count == 0)
        {
            return [input with { Gap = Texts.Get("training.review.none") }];
        }

        var obliged = closed.Sum(c => c.Outcome!.Obliged);
        var done = closed.Sum(c => c.Outcome!.Done);
        return
        [
            input with
            {
                Sentences =
                [
                    Texts.Get("training.review.summary", closed.Count, obliged, done, campaigns.Count - closed.Count),
                    .. closed.Where(c => c.End?.Reason is not null).Select(c => Texts.Get("training.review.reason", c.Title, c.Outcome!.Missing, c.End!.Reason)),
                ],
                Figures = [.. closed.Where(c => c.Outcome!.Coverage is not null).Select(c => new ReportFigure(
                    c.Title, LocalizedText.Same(string.Create(CultureInfo.InvariantCulture, $"{c.Outcome!.Coverage:0.#} % ({c.Outcome.Done}/{c.Outcome.Obliged})"))))],
                Evidence = [.. closed.Select(c => TrainingRecordActivities.EvidenceIdOf(c.Id, TrainingPapers.AttendanceRecord))],
            },
        ];
    }
}
