using Isms.AccessReviews;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.AccessReviews;

/// <summary>A review as lists show it.</summary>
public record AccessReviewSummary(
    string Id,
    string FiscalYear,
    AccessReviewStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly? Due,
    bool Overdue,
    DateOnly SignOffDue,
    ReviewedSnapshotView? Snapshot,
    int Sheets,
    int OpenSheets,
    int Rights,
    int Tasks,
    int OpenTasks,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of a review at a moment.</summary>
    public static AccessReviewSummary Of(AccessReview review, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        return new AccessReviewSummary(
            review.Id, review.FiscalYear, review.Stage, AccessReviewRules.NameOf(review.Stage), review.StageSince, review.Due, review.Due < today, review.SignOffDue,
            review.Snapshot is { } s ? new ReviewedSnapshotView(s.Evidence, s.At, s.Gaps.Count == 0, s.Gaps, s.IsStale, s.AgeInDays, s.Sheets) : null,
            review.Sheets.Count, review.OpenSheets.Count(), review.Sheets.Sum(x => x.Rows), review.Tasks.Count, review.Tasks.Count(t => t.IsOpen), review.RequestedBy,
            review.RequestedAt, AccessReviewRules.PossibleIn(review.Stage));
    }
}

/// <summary>The snapshot that is reviewed: which, how old, and whether anything is missing in it.</summary>
public sealed record ReviewedSnapshotView(
    string Evidence, DateTimeOffset At, bool Complete, IReadOnlyList<string> Gaps, bool Stale, int AgeInDays, string Sheets);

/// <summary>Everything about a review but the rows of its sheets.</summary>
public sealed record AccessReviewDetails : AccessReviewSummary
{
    private AccessReviewDetails(AccessReviewSummary summary)
        : base(summary)
    {
    }

    public required IReadOnlyList<ReviewSheetView> SheetList { get; init; }

    public required IReadOnlyList<RevocationTask> TaskList { get; init; }

    public ReviewClosing? Closing { get; init; }

    public ComparedSnapshot? Compared { get; init; }

    public required IReadOnlyList<ReviewLogEntry> Log { get; init; }

    /// <summary>The details of a review at a moment; of sheets and tasks only those that the caller may see.</summary>
    public static AccessReviewDetails Details(
        AccessReview review, IReadOnlyDictionary<string, IReadOnlyDictionary<int, StandingAnswer>> answers, Func<ReviewSheet, bool> maySee, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(answers);
        var seen = review.Sheets.Where(maySee).ToList();
        return new AccessReviewDetails(Of(review, organization, now))
        {
            SheetList = [.. seen.Select(s => ReviewSheetView.Of(s, answers[s.Id], organization))],
            TaskList = [.. review.Tasks.Where(t => seen.Any(s => s.Id == t.Sheet))],
            Closing = review.Closing,
            Compared = review.Compared,
            Log = review.Log,
        };
    }
}

/// <summary>A sheet, and how far it is answered.</summary>
public sealed record ReviewSheetView(
    string Id, SheetKind Kind, LocalizedText Name, string? Department, IReadOnlyList<string> Reviewers, int Rows, int Flagged, int Open, int Keep, int Revoke, int Change, int Round,
    string? Returned, SignOffView? SignOff)
{
    /// <summary>The view of a sheet with the answers that stand.</summary>
    public static ReviewSheetView Of(ReviewSheet sheet, IReadOnlyDictionary<int, StandingAnswer> answers, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(answers);
        int Count(ReviewDecision decision) => answers.Values.Count(a => a.Decision == decision);
        return new ReviewSheetView(
            sheet.Id, sheet.Kind, SheetReviewers.NameOf(sheet, organization), sheet.Department, SheetReviewers.Of(sheet, organization), sheet.Rows, sheet.Flagged,
            sheet.Rows - answers.Count, Count(ReviewDecision.Keep), Count(ReviewDecision.Revoke), Count(ReviewDecision.Change), sheet.Round, sheet.Returned,
            sheet.SignOff is { } s ? new SignOffView(s.By, s.At, s.OnBehalfOf) : null);
    }
}

/// <summary>Who signed a sheet off, and when.</summary>
public sealed record SignOffView(string By, DateTimeOffset At, string? OnBehalfOf);

/// <summary>A row of a sheet with the answer that stands.</summary>
public sealed record AssignmentView(
    int Number, Right Right, LocalizedText Kind, string? Account, string? Person, string? Department, DateTimeOffset? LastSignIn, IReadOnlyList<FlagView> Flags, StandingAnswer? Answer)
{
    /// <summary>The view of a row.</summary>
    public static AssignmentView Of(Assignment row, StandingAnswer? answer)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new AssignmentView(
            row.Number, row.Right, Texts.Get("access-review.kind." + row.Right.Kind), row.Account, row.Person, row.Department, row.LastSignIn,
            [.. row.Flags.Select(f => new FlagView(f, Texts.Get("access-review.flag." + f)))], answer);
    }
}

/// <summary>What is conspicuous about a row.</summary>
public sealed record FlagView(string Code, LocalizedText Name);
