using System.Text.Json.Serialization;
using Isms.Monitoring;

namespace Isms.AccessReviews;

/// <summary>Where a review of access rights stands (アクセス権の棚卸し; A.5.18).</summary>
public enum AccessReviewStage
{
    /// <summary>The sheets are being drawn up from a snapshot, or a snapshot is waited for (準備中).</summary>
    Preparing,

    /// <summary>Whoever answers for the rights says which are kept, revoked or changed (棚卸し中).</summary>
    Reviewing,

    /// <summary>Every sheet is signed off; the ISMS manager looks at them (確認待ち).</summary>
    Confirming,

    /// <summary>Revocations and changes are carried out, until a snapshot shows it (取消・変更の対応中).</summary>
    FollowingUp,

    /// <summary>What was revoked is gone (完了).</summary>
    Closed,

    /// <summary>It was called off (中止).</summary>
    Cancelled,
}

/// <summary>A review of access rights: its state row, and the record of every decision on it but the answers, which are rows of their own.</summary>
public sealed record AccessReview
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>access-review-FY2026-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year in which it was started.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>Where it stands.</summary>
    public AccessReviewStage Stage { get; init; }

    /// <summary>Counts the stages it entered.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>The day by which the present stage is to be over; null when nothing is due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The day by which every sheet is to be signed off.</summary>
    public required DateOnly SignOffDue { get; init; }

    /// <summary>The person id of who asked for it, or <c>system</c>.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>What is reviewed; null until there is a snapshot.</summary>
    public ReviewedSnapshot? Snapshot { get; init; }

    /// <summary>The sheets, one for each who answers for rights.</summary>
    public IReadOnlyList<ReviewSheet> Sheets { get; init; } = [];

    /// <summary>Who closed the review of the sheets; null before.</summary>
    public ReviewClosing? Closing { get; init; }

    /// <summary>What has to be carried out.</summary>
    public IReadOnlyList<RevocationTask> Tasks { get; init; } = [];

    /// <summary>The snapshot that tasks were held against last; null before the first.</summary>
    public ComparedSnapshot? Compared { get; init; }

    /// <summary>When somebody asked last for tasks to be held against the newest snapshot; null when nobody has.</summary>
    public DateTimeOffset? CompareAskedAt { get; init; }

    /// <summary>Until when such wishes have been dealt with.</summary>
    public DateTimeOffset? CompareDoneAt { get; init; }

    /// <summary>Every decision, oldest first.</summary>
    public IReadOnlyList<ReviewLogEntry> Log { get; init; } = [];

    /// <summary>Whether nothing can happen to it any more.</summary>
    [JsonIgnore]
    public bool HasEnded => Stage is AccessReviewStage.Closed or AccessReviewStage.Cancelled;

    /// <summary>Sheets that are not signed off.</summary>
    [JsonIgnore]
    public IEnumerable<ReviewSheet> OpenSheets => Sheets.Where(s => s.SignOff is null);

    /// <summary>The sheet of this id, or null.</summary>
    public ReviewSheet? FindSheet(string id) => Sheets.FirstOrDefault(s => s.Id == id);
}

/// <summary>The snapshot whose rights are reviewed.</summary>
/// <param name="Evidence">Its evidence.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Gaps">Reasons of what is missing in it; empty when it is complete.</param>
/// <param name="AgeInDays">How old it was when the sheets were drawn up.</param>
/// <param name="IsStale">Whether that is older than a week.</param>
/// <param name="Sheets">The evidence that holds the sheets as they were given out.</param>
/// <param name="Folder">Its folder.</param>
public sealed record ReviewedSnapshot(string Evidence, DateTimeOffset At, IReadOnlyList<string> Gaps, int AgeInDays, bool IsStale, string Sheets, string Folder);

/// <summary>A snapshot that tasks were held against.</summary>
/// <param name="Evidence">Its evidence.</param>
/// <param name="At">When it was taken.</param>
public sealed record ComparedSnapshot(string Evidence, DateTimeOffset At);

/// <summary>Whose sheet it is.</summary>
public enum SheetKind
{
    /// <summary>The rights of a department's people: its lead's.</summary>
    Department,

    /// <summary>The permissions of applications: their owner's.</summary>
    Applications,

    /// <summary>The rights of guests and of accounts without a department: the secretariat's.</summary>
    People,

    /// <summary>What groups and applications without an owner may do: the system administrator's.</summary>
    Technical,

    /// <summary>The rights of those who have a sheet themselves: the ISMS manager's.</summary>
    Reviewers,

    /// <summary>The rights of the ISMS managers, where they are nobody else's: top management's.</summary>
    Managers,
}

/// <summary>A sheet of a review: rights that one person answers for.</summary>
/// <param name="Id">Its id within the review: the department's id, or the kind.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Rows">How many rights it lists.</param>
/// <param name="Flagged">How many of them are conspicuous.</param>
public sealed record ReviewSheet(string Id, SheetKind Kind, int Rows, int Flagged)
{
    /// <summary>The department, where it is one's.</summary>
    public string? Department { get; init; }

    /// <summary>The person it belongs to by name: the owner of applications, or who was named later.</summary>
    public string? Person { get; init; }

    /// <summary>Counts how often it was given to somebody to answer, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>What the ISMS manager said when returning it last.</summary>
    public string? Returned { get; init; }

    /// <summary>Its sign-off; null while it is open.</summary>
    public SheetSignOff? SignOff { get; init; }
}

/// <summary>Somebody answers for a sheet with their name.</summary>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
/// <param name="OnBehalfOf">In whose place.</param>
/// <param name="Keep">Rights that are kept.</param>
/// <param name="Revoke">Rights that are revoked.</param>
/// <param name="Change">Rights that are changed.</param>
/// <param name="Counted">Ids of the answers that count: what is written at the same instant is not among them.</param>
public sealed record SheetSignOff(string By, DateTimeOffset At, string? OnBehalfOf, int Keep, int Revoke, int Change, IReadOnlyList<string> Counted);

/// <summary>The review of the sheets is closed.</summary>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
/// <param name="Comment">A remark.</param>
public sealed record ReviewClosing(string By, DateTimeOffset At, string? Comment = null);

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">A remark.</param>
/// <param name="OnBehalfOf">In whose place.</param>
/// <param name="Subject">The sheet or task it concerns.</param>
public sealed record ReviewLogEntry(
    string What, string By, DateTimeOffset At, AccessReviewStage Stage, string? Comment = null, string? OnBehalfOf = null, string? Subject = null);

/// <summary>Where the carrying out of a decision stands.</summary>
public enum RevocationState
{
    /// <summary>The right is to be taken away or changed.</summary>
    Open,

    /// <summary>The administrator says that it is done; a snapshot has yet to show it.</summary>
    Reported,

    /// <summary>A snapshot shows that the right is gone.</summary>
    Done,

    /// <summary>The ISMS manager took the decision back.</summary>
    Withdrawn,
}

/// <summary>A revocation or change that the system administrator carries out.</summary>
public sealed record RevocationTask
{
    /// <summary>Its number within the review, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The sheet it was decided on.</summary>
    public required string Sheet { get; init; }

    /// <summary>The row of the sheet.</summary>
    public required int Row { get; init; }

    /// <summary>The right.</summary>
    public required Right Right { get; init; }

    /// <summary>Revoke or change.</summary>
    public required ReviewDecision Decision { get; init; }

    /// <summary>What it is changed to.</summary>
    public string? ChangeTo { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The person id of who decided.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>The day by which it is done.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Where it stands.</summary>
    public RevocationState State { get; init; }

    /// <summary>What the administrator reported, or why it was withdrawn.</summary>
    public string? Note { get; init; }

    /// <summary>The person id of who reported or withdrew it.</summary>
    public string? By { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The snapshot that shows it gone; while it is not, the last one that still shows it.</summary>
    public string? SeenIn { get; init; }

    /// <summary>Whether it still has to be watched.</summary>
    [JsonIgnore]
    public bool IsOpen => State is RevocationState.Open or RevocationState.Reported;
}
