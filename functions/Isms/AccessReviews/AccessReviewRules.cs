using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.AccessReviews;

/// <summary>
/// What may happen to a review of access rights, and what comes of it. Each method returns the review after the decision, or the refusal; what a workflow does by
/// itself returns the same review when there is nothing to do.
/// </summary>
public static class AccessReviewRules
{
    /// <summary>Answers rows of a sheet.</summary>
    public const string Answer = "answer";

    /// <summary>Signs a sheet off.</summary>
    public const string SignOff = "sign-off";

    /// <summary>Gives a sheet to somebody else.</summary>
    public const string Reassign = "reassign";

    /// <summary>Returns a sheet to who signed it.</summary>
    public const string Return = "return";

    /// <summary>Closes the review of the sheets.</summary>
    public const string Close = "close";

    /// <summary>Calls the review off.</summary>
    public const string Cancel = "cancel";

    /// <summary>Reports that a task is done.</summary>
    public const string Report = "report";

    /// <summary>Takes a decision back.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>Holds the tasks against the newest snapshot.</summary>
    public const string Compare = "compare";

    /// <summary>Who acts when nobody does.</summary>
    internal const string System = "system";

    private static readonly Dictionary<AccessReviewStage, string[]> PossibleCommands = new()
    {
        [AccessReviewStage.Preparing] = [Cancel],
        [AccessReviewStage.Reviewing] = [Answer, SignOff, Reassign, Cancel],
        [AccessReviewStage.Confirming] = [Return, Close, Cancel],
        [AccessReviewStage.FollowingUp] = [Report, Withdraw, Compare],
        [AccessReviewStage.Closed] = [],
        [AccessReviewStage.Cancelled] = [],
    };

    /// <summary>All commands that people give.</summary>
    public static IReadOnlyList<string> Commands { get; } = [Answer, SignOff, Reassign, Return, Close, Cancel, Report, Withdraw, Compare];

    /// <summary>The commands that a stage permits.</summary>
    public static IReadOnlyList<string> PossibleIn(AccessReviewStage stage) => PossibleCommands[stage];

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(AccessReviewStage stage) => Texts.Get("access-review.stage." + stage);

    /// <summary>A new review.</summary>
    public static AccessReview IsStarted(string id, string fiscalYear, DateOnly signOffDue, string by, DateTimeOffset at) => new()
    {
        Id = id,
        FiscalYear = fiscalYear,
        StageSince = at,
        SignOffDue = signOffDue,
        RequestedBy = by,
        RequestedAt = at,
        Log = [new ReviewLogEntry("start", by, at, AccessReviewStage.Preparing)],
    };

    /// <summary>A command is refused where the stage does not permit it, and the refusal lists what is possible; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(AccessReview review, string command)
    {
        ArgumentNullException.ThrowIfNull(review);
        if (PossibleIn(review.Stage).Contains(command))
        {
            return null;
        }

        var refusal = Refusal.Of(
            RefusalKind.IllegalState, "access-review-command-not-possible", null, review.Stage.ToString(), review.Id, NameOf(review.Stage),
            Texts.Get("access-review.command." + command));
        return refusal with { Possible = PossibleIn(review.Stage) };
    }

    /// <summary>The sheet that a command is about.</summary>
    public static Outcome<ReviewSheet> SheetOf(AccessReview review, string sheet)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.FindSheet(sheet) is { } found
            ? found
            : Refusal.Of(RefusalKind.NotFound, "unknown-access-review-sheet", "sheet", sheet, sheet, string.Join(", ", review.Sheets.Select(s => s.Id)));
    }

    /// <summary>A sheet that is signed off takes no answers any more.</summary>
    public static Refusal? SheetIsOpen(ReviewSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return sheet.SignOff is null ? null : Refusal.Of(RefusalKind.IllegalState, "access-review-sheet-signed", "sheet", sheet.Id, sheet.Id);
    }

    /// <summary>The sheets are drawn up and given out.</summary>
    public static AccessReview SheetsAreGivenOut(AccessReview review, ReviewedSnapshot snapshot, IReadOnlyList<ReviewSheet> sheets, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.Stage == AccessReviewStage.Preparing
            ? Enter(review, AccessReviewStage.Reviewing, "give-out", System, at, review.SignOffDue) with { Snapshot = snapshot, Sheets = sheets }
            : review;
    }

    /// <summary>A sheet is signed off; with the last of them, the ISMS manager's turn comes.</summary>
    /// <param name="review">The review.</param>
    /// <param name="sheetId">The sheet.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="batches">All answers to it.</param>
    /// <param name="by">Who signs.</param>
    /// <param name="at">When.</param>
    /// <param name="organization">Who answers which sheet.</param>
    /// <param name="today">The local date.</param>
    public static Outcome<AccessReview> SheetIsSignedOff(
        AccessReview review, string sheetId, IReadOnlyList<Assignment> rows, IReadOnlyList<AnswerBatch> batches, Acting by, DateTimeOffset at, Organization organization, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(by);
        var standing = SheetAnswers.Standing(batches);
        if (CommandIsPossible(review, SignOff) is { } impossible)
        {
            return impossible;
        }

        var found = SheetOf(review, sheetId);
        if (found.Refusal is { } unknown)
        {
            return unknown;
        }

        var sheet = found.Value;
        if ((SheetIsOpen(sheet) ?? SheetReviewers.AnswersTheSheet(sheet, by, organization) ?? SheetAnswers.EveryRowIsAnswered(rows, standing)) is { } refusal)
        {
            return refusal;
        }

        int Count(ReviewDecision decision) => rows.Count(r => standing[r.Number].Decision == decision);
        var behalf = SheetReviewers.InPlaceOf(sheet, by.PersonId, organization);
        var signOff = new SheetSignOff(
            by.PersonId, at, behalf, Count(ReviewDecision.Keep), Count(ReviewDecision.Revoke), Count(ReviewDecision.Change),
            [.. batches.Select(b => b.Id).Order(StringComparer.Ordinal)]);
        var signed = With(review, sheetId, s => s with { SignOff = signOff });
        return signed.OpenSheets.Any()
            ? signed with { Log = [.. signed.Log, new ReviewLogEntry(SignOff, by.PersonId, at, signed.Stage, null, behalf, sheetId)] }
            : Enter(signed, AccessReviewStage.Confirming, SignOff, by.PersonId, at, AccessReviewSchedule.ConfirmDue(today), null, behalf, sheetId);
    }

    /// <summary>A sheet is given to somebody else, with the reason: its reviewer is away or has left.</summary>
    public static Outcome<AccessReview> SheetIsReassigned(
        AccessReview review, string sheetId, string? to, string? reason, string by, DateTimeOffset at, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        if (CommandIsPossible(review, Reassign) is { } impossible)
        {
            return impossible;
        }

        var found = SheetOf(review, sheetId);
        return (found.Refusal ?? SheetIsOpen(found.Value) ?? IsSaid(reason, "reason")
            ?? (to is null || organization.FindPerson(to) is null
                ? Refusal.Of(RefusalKind.InvalidInput, "unknown-person", "to", to, to, string.Join(", ", organization.People.Select(p => p.Id)))
                : null)) is { } refusal
            ? refusal
            : Enter(
                With(review, sheetId, s => s with { Person = to, Round = s.Round + 1, Returned = reason }), AccessReviewStage.Reviewing, Reassign, by, at, review.SignOffDue,
                reason, null, sheetId);
    }

    /// <summary>A sheet goes back to who signed it, with what is to be looked at again.</summary>
    public static Outcome<AccessReview> SheetIsReturned(
        AccessReview review, string sheetId, string? comment, string by, DateTimeOffset at, DateOnly today)
    {
        if (CommandIsPossible(review, Return) is { } impossible)
        {
            return impossible;
        }

        var found = SheetOf(review, sheetId);
        if ((found.Refusal ?? IsSaid(comment, "comment")) is { } refusal)
        {
            return refusal;
        }

        var due = AccessReviewSchedule.ConfirmDue(today);
        var open = With(review, sheetId, s => s with { SignOff = null, Round = s.Round + 1, Returned = comment });
        return Enter(open, AccessReviewStage.Reviewing, Return, by, at, due > review.SignOffDue ? due : review.SignOffDue, comment, null, sheetId);
    }

    /// <summary>The review of the sheets is closed: what was revoked or changed becomes tasks, and without any it is over.</summary>
    /// <param name="review">The review.</param>
    /// <param name="decided">The rows that are revoked or changed, with their answers.</param>
    /// <param name="comment">A remark.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="at">When.</param>
    /// <param name="today">The local date.</param>
    public static Outcome<AccessReview> IsClosed(
        AccessReview review, IReadOnlyList<(Assignment Row, StandingAnswer Answer)> decided, string? comment, string by, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(decided);
        if (CommandIsPossible(review, Close) is { } refusal)
        {
            return refusal;
        }

        var due = AccessReviewSchedule.RevocationDue(today);
        var tasks = decided.Select((d, index) => new RevocationTask
        {
            Number = index + 1,
            Sheet = d.Row.Sheet,
            Row = d.Row.Number,
            Right = d.Row.Right,
            Decision = d.Answer.Decision,
            ChangeTo = d.Answer.ChangeTo,
            Reason = d.Answer.Reason,
            DecidedBy = d.Answer.By,
            Due = due,
        }).ToList();
        var stage = tasks.Count > 0 ? AccessReviewStage.FollowingUp : AccessReviewStage.Closed;
        return Enter(review, stage, Close, by, at, tasks.Count > 0 ? due : null, comment) with { Closing = new ReviewClosing(by, at, comment), Tasks = tasks };
    }

    /// <summary>It is called off.</summary>
    public static Outcome<AccessReview> IsCancelled(AccessReview review, string? reason, string by, DateTimeOffset at) =>
        (CommandIsPossible(review, Cancel) ?? IsSaid(reason, "reason")) is { } refusal
            ? refusal
            : Enter(review, AccessReviewStage.Cancelled, Cancel, by, at, null, reason);

    /// <summary>A reason or remark has to be given.</summary>
    internal static Refusal? IsSaid(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Of(RefusalKind.RuleBroken, "access-review-text-missing", field, null, field) with { Missing = [field] } : null;

    private static AccessReview With(AccessReview review, string sheet, Func<ReviewSheet, ReviewSheet> change) =>
        review with { Sheets = [.. review.Sheets.Select(s => s.Id == sheet ? change(s) : s)] };

    /// <summary>Enters a stage, also the one it is in.</summary>
    internal static AccessReview Enter(
        AccessReview review, AccessReviewStage stage, string what, string by, DateTimeOffset at, DateOnly? due, string? comment = null, string? onBehalfOf = null, string? subject = null) =>
        review with
        {
            Stage = stage,
            Serial = review.Serial + 1,
            StageSince = at,
            Due = due,
            Log = [.. review.Log, new ReviewLogEntry(what, by, at, stage, comment, onBehalfOf, subject)],
        };
}
