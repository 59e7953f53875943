using Isms.Deadlines;
using Isms.Monitoring;
using Isms.Year;

namespace Isms.AccessReviews;

/// <summary>The dates of a review, and which snapshot it takes.</summary>
public static class AccessReviewSchedule
{
    private const int Week = 7;
    private const int DaysToSign = 21;
    private const int DaysToConfirm = 7;
    private const int DaysToRevoke = 14;
    private const int StaleAfterDays = 7;
    private const int PartialAfterDays = 30;

    /// <summary>Three weeks to answer the sheets, unless somebody sets another day.</summary>
    public static DateOnly SignOffDue(DateOnly today) => today.AddDays(DaysToSign);

    /// <summary>The ISMS manager has a week.</summary>
    public static DateOnly ConfirmDue(DateOnly today) => today.AddDays(DaysToConfirm);

    /// <summary>Revocations have two weeks.</summary>
    public static DateOnly RevocationDue(DateOnly today) => today.AddDays(DaysToRevoke);

    /// <summary>The deadline of the present stage; null when nothing is due.</summary>
    public static Deadline? DeadlineOf(AccessReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.Due is { } due
            ? new Deadline(due) { DaysBefore = review.Stage == AccessReviewStage.Reviewing ? [7, 2] : [2], ManagerAfter = Week, TopManagementAfter = 3 * Week }
            : null;
    }

    /// <summary>
    /// The next moment at which the review is looked after; null when it waits for nothing. A snapshot that there is none of yet is looked for the next morning and weekly
    /// from then on; tasks are held against the newest snapshot weekly.
    /// </summary>
    public static DateTimeOffset? NextMoment(AccessReview review, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(office);
        var since = office.DateAt(review.StageSince);
        return review.Stage switch
        {
            AccessReviewStage.Preparing => NextOf([since.AddDays(1), .. Weeks(since.AddDays(1), office.DateAt(after))], office, after),
            AccessReviewStage.FollowingUp => Earlier(DeadlineOf(review)?.NextAfter(after, office)?.At, NextOf([.. Weeks(since, office.DateAt(after))], office, after)),
            _ => DeadlineOf(review)?.NextAfter(after, office)?.At,
        };
    }

    /// <summary>
    /// The snapshot to review: the newest that is complete, unless that is older than a month and there is a newer one, which then says what is missing. Null where there is none.
    /// </summary>
    public static CollectedWindow? SnapshotToReview(IReadOnlyList<CollectedWindow> collected, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(collected);
        var complete = collected.LastOrDefault(w => w.Gaps.Count == 0);
        return complete is not null && AgeInDays(complete.From, now) <= PartialAfterDays ? complete : collected is [.., var newest] ? newest : null;
    }

    /// <summary>How old a snapshot is, in whole days.</summary>
    public static int AgeInDays(DateTimeOffset taken, DateTimeOffset now) => (int)(now - taken).TotalDays;

    /// <summary>Whether a snapshot is so old that the review says so.</summary>
    public static bool IsStale(DateTimeOffset taken, DateTimeOffset now) => AgeInDays(taken, now) > StaleAfterDays;

    private static IEnumerable<DateOnly> Weeks(DateOnly since, DateOnly until)
    {
        var begun = Math.Max(0, (until.DayNumber - since.DayNumber) / Week);
        return [since.AddDays(Math.Max(1, begun) * Week), since.AddDays((begun + 1) * Week), since.AddDays((begun + 2) * Week)];
    }

    private static DateTimeOffset NextOf(IReadOnlyList<DateOnly> days, OfficeTime office, DateTimeOffset after) =>
        days.Select(office.MorningOf).Where(m => m > after).Min();

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;
}
