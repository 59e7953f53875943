using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.AccessReviews;

/// <summary>Whom a review of access rights writes to, and what.</summary>
public static class AccessReviewLetters
{
    /// <summary>Asks the reviewers of every open sheet. The key names sheet and round: nobody is asked twice, and who gets a sheet later is asked then.</summary>
    public static IReadOnlyList<Letter> Ask(AccessReview review, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(organization);
        return [.. review.OpenSheets.SelectMany(sheet => OfSheet(
            FormattableString.Invariant($"ask-{sheet.Id}-{sheet.Round}"), sheet.Round == 1 ? "ask" : "ask-again", review, sheet, organization, Delivery.Direct))];
    }

    /// <summary>What is written as the review enters its present stage, besides asking the reviewers.</summary>
    public static IReadOnlyList<Letter> OnEntering(AccessReview review, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.Stage switch
        {
            AccessReviewStage.Reviewing when review.Sheets.All(s => s.Round == 1) => Write(
                "opened", review.Snapshot!.IsStale || review.Snapshot.Gaps.Count > 0 ? "opened-limited" : "opened", review, organization, [Role.Secretariat], Delivery.Digest),
            AccessReviewStage.Confirming => Write("confirm", "confirm", review, organization, [Role.IsmsManager], Delivery.Direct),
            AccessReviewStage.FollowingUp => Write("revoke", "revoke", review, organization, [Role.SystemAdministrator], Delivery.Direct),
            AccessReviewStage.Closed => Write("closed", "closed", review, organization, [Role.IsmsManager, Role.Secretariat], Delivery.Digest),
            AccessReviewStage.Cancelled => Write("cancelled", "cancelled", review, organization, [Role.IsmsManager, Role.Secretariat], Delivery.Digest),
            _ => [],
        };
    }

    /// <summary>Tells that there is no snapshot to review.</summary>
    public static IReadOnlyList<Letter> NoSnapshot(AccessReview review, Organization organization) =>
        Write("no-snapshot", "no-snapshot", review, organization, [Role.SystemAdministrator, Role.Secretariat], Delivery.Digest);

    /// <summary>Tells the administrators what a snapshot shows of the revocations that they have reported.</summary>
    public static IReadOnlyList<Letter> StillThere(AccessReview review, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(review);
        return Write("still-there-" + review.Compared!.Evidence, "still-there", review, organization, [Role.SystemAdministrator], Delivery.Digest);
    }

    /// <summary>What is written at a moment around the present stage's due date.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, AccessReview review, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(organization);
        var text = moment.Kind switch
        {
            DeadlineKind.Upcoming => "upcoming",
            DeadlineKind.Overdue => "overdue",
            _ => "escalated",
        };
        return (moment.Kind, review.Stage) switch
        {
            (DeadlineKind.EscalatedToManager, _) => Write(moment.Key, text, review, organization, [Role.IsmsManager], moment.Delivery),
            (DeadlineKind.EscalatedToTopManagement, _) => Write(moment.Key, text, review, organization, [Role.TopManagement], moment.Delivery),
            (_, AccessReviewStage.Reviewing) => [.. review.OpenSheets.SelectMany(s => OfSheet($"{moment.Key}-{s.Id}", text, review, s, organization, moment.Delivery))],
            (_, AccessReviewStage.Confirming) => Write(moment.Key, text + "-confirm", review, organization, [Role.IsmsManager], moment.Delivery),
            _ => Write(moment.Key, text + "-revoke", review, organization, [Role.SystemAdministrator], moment.Delivery),
        };
    }

    private static IEnumerable<Letter> OfSheet(string key, string text, AccessReview review, ReviewSheet sheet, Organization organization, Delivery delivery)
    {
        object?[] arguments = [SheetReviewers.NameOf(sheet, organization), review.Due ?? review.SignOffDue, sheet.Rows, sheet.Flagged, sheet.Returned ?? ""];
        var facts = Texts.Get("access-review-letter.sheet-facts", review.Id, arguments[0], sheet.Id, sheet.Rows, sheet.Flagged, arguments[1]);
        return Letter.ToEach(
            key, Texts.Get($"access-review-letter.{text}.subject", arguments), Texts.Get($"access-review-letter.{text}.body", arguments), facts,
            SheetReviewers.Of(sheet, organization), organization).Select(l => l with { Delivery = delivery });
    }

    private static IReadOnlyList<Letter> Write(
        string key, string text, AccessReview review, Organization organization, IEnumerable<Role> roles, Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var open = review.Tasks.Count(t => t.IsOpen);
        object due = review.Due is { } day ? day : "–";
        object?[] arguments =
        [
            review.Id, due, review.Sheets.Count, review.OpenSheets.Count(), review.Tasks.Count, open, review.Log[^1].Comment ?? "",
            Texts.Join(review.OpenSheets.Select(s => SheetReviewers.NameOf(s, organization))), review.Snapshot?.AgeInDays ?? 0,
            review.Snapshot is { } s ? string.Join(", ", s.Gaps) : "",
        ];
        var facts = Texts.Get(
            "access-review-letter.facts", review.Id, AccessReviewRules.NameOf(review.Stage), due, review.Sheets.Count - review.OpenSheets.Count(), review.Sheets.Count,
            review.Tasks.Count - open, review.Tasks.Count);
        return [.. Letter.ToEach(
            key, Texts.Get($"access-review-letter.{text}.subject", arguments), Texts.Get($"access-review-letter.{text}.body", arguments), facts,
            roles.SelectMany(organization.InRole).Select(p => p.Id), organization).Select(l => l with { Delivery = delivery })];
    }
}
