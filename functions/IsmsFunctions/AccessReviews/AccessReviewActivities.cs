using Isms.AccessReviews;
using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.AccessReviews;

/// <summary>What a review's workflow does outside itself. Each activity can be repeated: letters go out once, rows are changed to what they are already.</summary>
public sealed class AccessReviewActivities(
    StateStore states,
    AccessReviewStore reviews,
    AccessReviewSheets sheets,
    SnapshotReader snapshots,
    INotifier notifier,
    OrganizationStore organizations,
    TimeProvider clock)
{
    /// <summary>Reads the review's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtAccessReview))]
    public async Task<AccessReviewView> LookAtAccessReview([ActivityTrigger] AccessReviewLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await reviews.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var review = stored.Value;
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var next = AccessReviewSchedule.NextMoment(review, office, new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        return new AccessReviewView(
            review.Id, review.Stage, review.Serial, review.StageSince.UtcDateTime, review.CompareAskedAt != review.CompareDoneAt, next?.UtcDateTime);
    }

    /// <summary>Draws the sheets up from the newest snapshot, and gives them out; without one, says so.</summary>
    [Function(nameof(GiveOutReviewSheets))]
    public async Task GiveOutReviewSheets([ActivityTrigger] AccessReviewStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var review = (await reviews.GetAsync(input.Id, cancellationToken)).Value;
        if (review.Stage == AccessReviewStage.Preparing)
        {
            await GiveOutAsync(review, cancellationToken);
        }
    }

    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteAccessReviewLetters))]
    public async Task WriteAccessReviewLetters([ActivityTrigger] AccessReviewStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var review = (await reviews.GetAsync(input.Id, cancellationToken)).Value;
        if (review.Serial != input.Serial)
        {
            return; // Somebody was faster than the mail, and what it would say is no longer so.
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (review.Stage == AccessReviewStage.Reviewing)
        {
            // Without the serial: who has been asked for a sheet is not asked again because another one was returned.
            await notifier.NotifyAsync(review.Id, 0, AccessReviewLetters.Ask(review, organization), cancellationToken);
        }

        await notifier.NotifyAsync(review.Id, review.Serial, AccessReviewLetters.OnEntering(review, organization), cancellationToken);
    }

    /// <summary>Looks for a snapshot, reminds and escalates what has come due, and holds the tasks against the newest snapshot.</summary>
    [Function(nameof(LookAfterAccessReview))]
    public async Task LookAfterAccessReview([ActivityTrigger] AccessReviewTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var review = (await reviews.GetAsync(input.Id, cancellationToken)).Value;
        if (review.Stage == AccessReviewStage.Preparing)
        {
            await GiveOutAsync(review, cancellationToken);
            return;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (review.Stage == AccessReviewStage.FollowingUp)
        {
            review = await CompareAsync(review, organization, cancellationToken);
        }

        var (after, until) = (new DateTimeOffset(input.After, TimeSpan.Zero), new DateTimeOffset(input.Until, TimeSpan.Zero));
        var moments = AccessReviewSchedule.DeadlineOf(review)?.Between(after, until, OfficeTime.Of(organization.TimeZone)) ?? [];
        foreach (var moment in moments)
        {
            await notifier.NotifyAsync(review.Id, review.Serial, AccessReviewLetters.At(moment, review, organization), cancellationToken);
        }
    }

    private async Task GiveOutAsync(AccessReview review, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var snapshot = AccessReviewSchedule.SnapshotToReview(await snapshots.CollectedAsync(cancellationToken), now);
        var read = snapshot is null ? null : await snapshots.ReadAsync(snapshot, cancellationToken);
        if (snapshot is null || read is not { Rights.Count: > 0 })
        {
            await notifier.NotifyAsync(review.Id, review.Serial, AccessReviewLetters.NoSnapshot(review, organization), cancellationToken);
            return;
        }

        var rows = SheetPlanning.Divide(read.Rights, read.Holders, organization, snapshot.From);
        var (id, folder) = await sheets.RecordAsync(review, snapshot.EvidenceId, snapshot.From, rows, cancellationToken);
        var reviewed = new ReviewedSnapshot(
            snapshot.EvidenceId, snapshot.From, snapshot.Gaps, AccessReviewSchedule.AgeInDays(snapshot.From, now), AccessReviewSchedule.IsStale(snapshot.From, now), id, folder);

        // What an attempt before a crash recorded counts, even if the snapshot was another one then.
        var recorded = await sheets.RowsAsync(review with { Snapshot = reviewed }, cancellationToken);
        await states.UpdateAsync<AccessReview>(
            AccessReviewStore.Kind, review.Id,
            r => AccessReviewRules.SheetsAreGivenOut(r, reviewed, SheetPlanning.SheetsOf(recorded, organization), now), cancellationToken: cancellationToken);
    }

    private async Task<AccessReview> CompareAsync(AccessReview review, Organization organization, CancellationToken cancellationToken)
    {
        var newest = await snapshots.CollectedAsync(cancellationToken) is [.., var last] ? last : null;
        if (newest is null || newest.EvidenceId == review.Compared?.Evidence || newest.From <= review.Closing!.At
            || await snapshots.ReadAsync(newest, cancellationToken) is not { } read)
        {
            return await ChangeAsync(review.Id, RevocationRules.ComparisonIsDone, cancellationToken);
        }

        var unreadable = await snapshots.UnreadableAsync(newest, cancellationToken);
        var keys = read.Rights.Select(r => r.Key).Concat(read.Holders.Accounts.Values.Where(a => a.IsGuest).Select(a => GuestAccounts.RightOf(a).Key))
            .ToHashSet(StringComparer.Ordinal);
        var compared = new ComparedSnapshot(newest.EvidenceId, newest.From);
        var after = await ChangeAsync(
            review.Id, r => RevocationRules.ComparisonIsDone(RevocationRules.IsHeldAgainst(r, compared, keys, unreadable, clock.GetUtcNow())), cancellationToken);
        if (after.Stage == AccessReviewStage.FollowingUp && after.Tasks.Any(t => t.IsOpen && t.SeenIn == compared.Evidence))
        {
            await notifier.NotifyAsync(after.Id, after.Serial, AccessReviewLetters.StillThere(after, organization), cancellationToken);
        }

        return after;
    }

    private async Task<AccessReview> ChangeAsync(string id, Func<AccessReview, AccessReview> change, CancellationToken cancellationToken) =>
        (await states.UpdateAsync(AccessReviewStore.Kind, id, change, cancellationToken: cancellationToken)).Value;
}
