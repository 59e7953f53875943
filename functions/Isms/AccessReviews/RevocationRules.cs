using System.Globalization;
using Isms.Rules;

namespace Isms.AccessReviews;

/// <summary>What becomes of the rights that a review found wrong: reported done, taken back, and believed when a snapshot shows them gone.</summary>
public static class RevocationRules
{
    /// <summary>The administrator reports that a task is done; the next snapshot has to show it.</summary>
    public static Outcome<AccessReview> TaskIsReported(AccessReview review, int number, string? note, string by, DateTimeOffset at) =>
        Change(review, number, AccessReviewRules.Report, note, "note", RevocationState.Reported, by, at);

    /// <summary>The ISMS manager takes a decision back: the right stays, and the record says why.</summary>
    public static Outcome<AccessReview> TaskIsWithdrawn(AccessReview review, int number, string? reason, string by, DateTimeOffset at)
    {
        var changed = Change(review, number, AccessReviewRules.Withdraw, reason, "reason", RevocationState.Withdrawn, by, at);
        return changed.Refusal is { } refusal ? refusal : EndsWhenSettled(changed.Value, by, at);
    }

    /// <summary>Somebody wants the tasks held against the newest snapshot now.</summary>
    public static Outcome<AccessReview> ComparisonIsAskedFor(AccessReview review, DateTimeOffset at) =>
        AccessReviewRules.CommandIsPossible(review, AccessReviewRules.Compare) is { } refusal ? refusal : review with { CompareAskedAt = at };

    /// <summary>A wish to compare has been dealt with.</summary>
    public static AccessReview ComparisonIsDone(AccessReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.CompareDoneAt == review.CompareAskedAt ? review : review with { CompareDoneAt = review.CompareAskedAt };
    }

    /// <summary>
    /// The tasks are held against a snapshot: what it no longer shows is done. A kind of right that it could not read says nothing about the tasks of that kind.
    /// </summary>
    /// <param name="review">The review.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="keys">The keys of the rights that it shows.</param>
    /// <param name="unreadable">Kinds of rights that it could not read completely.</param>
    /// <param name="at">Now.</param>
    public static AccessReview IsHeldAgainst(
        AccessReview review, ComparedSnapshot snapshot, IReadOnlySet<string> keys, IReadOnlySet<string> unreadable, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(unreadable);
        if (review.Stage != AccessReviewStage.FollowingUp || snapshot.At <= review.Closing!.At || review.Compared?.Evidence == snapshot.Evidence)
        {
            return review;
        }

        RevocationTask Look(RevocationTask task) => !task.IsOpen || unreadable.Contains(task.Right.Kind) ? task
            : !keys.Contains(task.Right.Key) ? task with { State = RevocationState.Done, SeenIn = snapshot.Evidence, At = at }
            // Reported before the snapshot was taken, and it is still there: then it was not done.
            : task.State == RevocationState.Reported && task.At < snapshot.At ? task with { State = RevocationState.Open, SeenIn = snapshot.Evidence }
            : task with { SeenIn = snapshot.Evidence };
        return EndsWhenSettled(review with { Compared = snapshot, Tasks = [.. review.Tasks.Select(Look)] }, AccessReviewRules.System, at);
    }

    private static AccessReview EndsWhenSettled(AccessReview review, string by, DateTimeOffset at) =>
        review.Tasks.Any(t => t.IsOpen) ? review : AccessReviewRules.Enter(review, AccessReviewStage.Closed, "settle", by, at, null);

    private static Outcome<AccessReview> Change(
        AccessReview review, int number, string command, string? text, string field, RevocationState state, string by, DateTimeOffset at)
    {
        if (AccessReviewRules.CommandIsPossible(review, command) is { } impossible)
        {
            return impossible;
        }

        if (review.Tasks.FirstOrDefault(t => t.Number == number) is not { } task)
        {
            return Refusal.Of(RefusalKind.NotFound, "unknown-access-review-task", "task", Text(number), number, review.Tasks.Count);
        }

        return ((task.IsOpen ? null : Refusal.Of(RefusalKind.IllegalState, "access-review-task-settled", "task", Text(number), number)) ?? AccessReviewRules.IsSaid(text, field)) is { } refusal
            ? refusal
            : review with
            {
                Tasks = [.. review.Tasks.Select(t => t.Number == number ? t with { State = state, Note = text!.Trim(), By = by, At = at } : t)],
                Log = [.. review.Log, new ReviewLogEntry(command, by, at, review.Stage, text!.Trim(), null, "task-" + Text(number))],
            };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
