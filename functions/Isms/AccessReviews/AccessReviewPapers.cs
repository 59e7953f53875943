using System.Globalization;
using Isms.Documents;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.AccessReviews;

/// <summary>A row with the answer that stands for it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Answer">The answer; null while there is none.</param>
public sealed record AnsweredRow(Assignment Row, StandingAnswer? Answer);

/// <summary>The papers of a review of access rights: a sheet, the record of the review, and the record of its follow-up (A.5.15, A.5.18, A.8.2).</summary>
public sealed class AccessReviewPapers(AccessReview review, Organization organization)
{
    /// <summary>The key of the record of the review.</summary>
    public const string Record = "access-review-record";

    /// <summary>The key of the record of the follow-up.</summary>
    public const string FollowUpRecord = "access-review-follow-up";

    private readonly OfficeTime office = OfficeTime.Of(organization.TimeZone);

    /// <summary>One sheet, with the answers given so far (アクセス権棚卸表).</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="today">The date it is printed on, while nobody has signed it.</param>
    public PrintedDocument Sheet(ReviewSheet sheet, IReadOnlyList<AnsweredRow> rows, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        List<Block> blocks =
        [
            new Heading(T("outline")),
            new Facts(
            [
                .. SnapshotFacts(),
                new Fact(T("sheet"), SheetReviewers.NameOf(sheet, organization)),
                new Fact(T("reviewer"), SheetReviewers.NamesOf(sheet, organization)),
                new Fact(T("rows"), Texts.Get("access-review-paper.rows.value", sheet.Rows, sheet.Flagged)),
                new Fact(T("due"), Texts.Get("document.day", review.SignOffDue)),
            ]),
            new Heading(T("assignments")),
            RowsOf(rows),
        ];
        var signed = sheet.SignOff;
        return Paper(
            "sheet", $"{review.Id}-{sheet.Id}", signed is null ? today : office.DateAt(signed.At),
            [new Approval(T("signed"), signed is null ? null : Name(signed.By), signed is null ? null : office.DateAt(signed.At))], blocks);
    }

    /// <summary>The record of the whole review (アクセス権棚卸し記録).</summary>
    /// <param name="rows">The rows of all sheets, with the answers that count.</param>
    public PrintedDocument Review(IReadOnlyList<AnsweredRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var closing = review.Closing!;
        var blocks = new List<Block>
        {
            new Heading(T("outline")),
            new Facts(
            [
                .. SnapshotFacts(),
                new Fact(T("period"), Texts.Get("access-review-paper.period.value", office.DateAt(review.RequestedAt), office.DateAt(closing.At))),
                new Fact(T("rows"), Texts.Get("access-review-paper.rows.value", rows.Count, rows.Count(r => r.Row.Flags.Count > 0))),
                new Fact(T("decisions"), Texts.Get("access-review-paper.decisions.value", Count(rows, ReviewDecision.Keep), Count(rows, ReviewDecision.Revoke), Count(rows, ReviewDecision.Change))),
                new Fact(T("remark"), closing.Comment is { Length: > 0 } remark ? LocalizedText.Same(remark) : Texts.Get("document.none")),
            ]),
            new Heading(T("sheets")),
            SheetsTable(),
        };
        var decided = rows.Where(r => r.Answer is { Decision: not ReviewDecision.Keep }).ToList();
        blocks.Add(new Heading(T("decided")));
        blocks.Add(decided.Count == 0 ? new Paragraph(T("decided.none")) : RowsOf(decided));
        var kept = rows.Where(r => r.Row.Flags.Count > 0 && r.Answer is { Decision: ReviewDecision.Keep }).ToList();
        blocks.Add(new Heading(T("kept")));
        blocks.Add(kept.Count == 0 ? new Paragraph(T("kept.none")) : RowsOf(kept));
        foreach (var sheet in review.Sheets)
        {
            blocks.Add(new Heading(SheetReviewers.NameOf(sheet, organization)));
            blocks.Add(RowsOf([.. rows.Where(r => r.Row.Sheet == sheet.Id)]));
        }

        blocks.Add(new Heading(T("log")));
        blocks.Add(LogTable());
        return Paper("record", review.Id, office.DateAt(closing.At), [new Approval(Texts.Get("document.approved"), Name(closing.By), office.DateAt(closing.At))], blocks);
    }

    /// <summary>What became of the revocations and changes (取消・変更の対応記録).</summary>
    public PrintedDocument FollowUp()
    {
        List<Block> blocks =
        [
            new Heading(T("outline")),
            new Facts(
            [
                .. SnapshotFacts(),
                new Fact(T("tasks"), Texts.Get("access-review-paper.tasks.value", review.Tasks.Count, Tasks(RevocationState.Done), Tasks(RevocationState.Withdrawn))),
                new Fact(T("compared"), review.Compared is { } c ? Texts.Get("access-review-paper.snapshot.value", c.Evidence, office.DateAt(c.At)) : Texts.Get("document.none")),
            ]),
            new Heading(T("tasks")),
            new Table(
                [
                    new Column(T("no"), 5), new Column(T("holder"), 17), new Column(T("right"), 18), new Column(T("decision"), 8), new Column(T("reason"), 18),
                    new Column(T("due"), 10), new Column(T("state"), 8), new Column(T("note"), 16),
                ],
                [.. review.Tasks.Select(TaskRow)]),
            new Heading(T("log")),
            LogTable(),
        ];
        var approval = new Approval(Texts.Get("document.approved"), Name(review.Closing!.By), office.DateAt(review.Closing.At));
        return Paper("follow-up", $"{review.Id}-follow-up", office.DateAt(review.StageSince), [approval], blocks);
    }

    private IEnumerable<Fact> SnapshotFacts()
    {
        var snapshot = review.Snapshot!;
        yield return new Fact(T("snapshot"), Texts.Get("access-review-paper.snapshot.value", snapshot.Evidence, office.DateAt(snapshot.At)));
        yield return new Fact(T("completeness"), snapshot.Gaps.Count == 0
            ? Texts.Get(snapshot.IsStale ? "access-review-paper.stale" : "access-review-paper.complete", snapshot.AgeInDays)
            : Texts.Get("access-review-paper.partial", Texts.Join(snapshot.Gaps.Select(ReasonOf)), snapshot.AgeInDays));
    }

    private Table SheetsTable() => new(
        [
            new Column(T("sheet"), 25), new Column(T("rows.head"), 9), new Column(D(ReviewDecision.Keep), 9), new Column(D(ReviewDecision.Revoke), 9), new Column(D(ReviewDecision.Change), 9),
            new Column(T("signed"), 22), new Column(T("signed-on"), 17),
        ],
        [.. review.Sheets.Select(IReadOnlyList<LocalizedText> (s) =>
        [
            SheetReviewers.NameOf(s, organization), Number(s.Rows), Number(s.SignOff?.Keep ?? 0), Number(s.SignOff?.Revoke ?? 0), Number(s.SignOff?.Change ?? 0),
            s.SignOff is { } signed ? By(signed.By, signed.OnBehalfOf) : Texts.Get("document.none"),
            s.SignOff is { } on ? Texts.Get("document.day", office.DateAt(on.At)) : Texts.Get("document.none"),
        ])]);

    private Table RowsOf(IReadOnlyList<AnsweredRow> rows) => new(
        [
            new Column(T("no"), 4), new Column(T("holder"), 17), new Column(T("kind"), 10), new Column(T("right"), 17), new Column(T("scope"), 11), new Column(T("flags"), 11),
            new Column(T("decision"), 7), new Column(T("reason"), 14), new Column(T("answered"), 9),
        ],
        [.. rows.Select(RowOf)]);

    private IReadOnlyList<LocalizedText> RowOf(AnsweredRow answered)
    {
        var (row, answer) = (answered.Row, answered.Answer);
        return
        [
            Number(row.Number), Holder(row.Right, row.Account), KindOf(row.Right), WhatOf(row.Right), ScopeOf(row.Right),
            Texts.Join(row.Flags.Select(f => Texts.Get("access-review.flag." + f))),
            answer is null ? LocalizedText.Same("") : D(answer.Decision), Why(answer?.ChangeTo, answer?.Reason),
            answer is null ? LocalizedText.Same("") : By(answer.By, answer.OnBehalfOf),
        ];
    }

    private IReadOnlyList<LocalizedText> TaskRow(RevocationTask task) =>
    [
        Number(task.Number), Holder(task.Right, null),
        new($"{KindOf(task.Right).Ja}: {WhatOf(task.Right).Ja}", $"{KindOf(task.Right).En}: {WhatOf(task.Right).En}"), D(task.Decision), Why(task.ChangeTo, task.Reason),
        Texts.Get("document.day", task.Due), Texts.Get("access-review.task-state." + task.State),
        task.State == RevocationState.Done
            ? Texts.Get("access-review-paper.gone", task.At is { } at ? office.DateAt(at) : office.DateAt(review.StageSince))
            : LocalizedText.Same(task.Note ?? ""),
    ];

    private Table LogTable() => new(
        [new Column(T("log.at"), 14), new Column(T("log.what"), 20), new Column(T("log.by"), 20), new Column(T("log.subject"), 18), new Column(T("log.comment"), 28)],
        [.. review.Log.Select(IReadOnlyList<LocalizedText> (e) =>
        [
            Texts.Get("document.day", office.DateAt(e.At)), Texts.Get("access-review.act." + e.What), By(e.By, e.OnBehalfOf),
            e.Subject is { } subject ? review.FindSheet(subject) is { } sheet ? SheetReviewers.NameOf(sheet, organization) : LocalizedText.Same(subject) : LocalizedText.Same(""),
            LocalizedText.Same(e.Comment ?? ""),
        ])]);

    private PrintedDocument Paper(string kind, string number, DateOnly date, IReadOnlyList<Approval> approvals, IReadOnlyList<Block> blocks) => new()
    {
        Title = T(kind + ".title"),
        Organization = organization.Name,
        Number = number,
        Version = "1",
        Date = date,
        IsLandscape = true,
        IsTabular = true,
        Approvals = approvals,
        Blocks = blocks,
    };

    private int Tasks(RevocationState state) => review.Tasks.Count(t => t.State == state);

    private static int Count(IReadOnlyList<AnsweredRow> rows, ReviewDecision decision) => rows.Count(r => r.Answer?.Decision == decision);

    private LocalizedText Name(string id) => id == "system" ? Texts.Get("audit-paper.system") : organization.FindPerson(id)?.Name ?? LocalizedText.Same(id);

    private LocalizedText By(string id, string? behalf) => behalf is null ? Name(id) : Texts.Get("access-review-paper.on-behalf", Name(id), Name(behalf));

    private static LocalizedText Holder(Right right, string? account) =>
        LocalizedText.Same(account is { Length: > 0 } && account != right.HolderName ? $"{right.HolderName}\n{account}" : right.HolderName.Length > 0 ? right.HolderName : right.HolderId);

    private static LocalizedText KindOf(Right right) => Texts.Get("access-review.kind." + right.Kind);

    /// <summary>An application without roles of its own is assigned as such; the sheet calls that its default access.</summary>
    private static LocalizedText WhatOf(Right right) => right.What == "(default access)" ? Texts.Get("access-review-paper.use") : LocalizedText.Same(right.What);

    private static LocalizedText ScopeOf(Right right)
    {
        var scope = right.Scope is "/" or "" ? Texts.Get("access-review-paper.whole") : LocalizedText.Same(right.Scope);
        return right.Via is { } via ? Texts.Get("access-review-paper.via", scope, via) : scope;
    }

    private static LocalizedText Why(string? changeTo, string? reason) =>
        changeTo is null ? LocalizedText.Same(reason ?? "")
        : reason is null ? Texts.Get("access-review-paper.change-to", changeTo)
        : Texts.Get("access-review-paper.change-because", changeTo, reason);

    private static LocalizedText D(ReviewDecision decision) => Texts.Get("access-review.decision." + decision);

    private static LocalizedText ReasonOf(string gap) =>
        Texts.Keys.Contains("access-review.gap." + gap) ? Texts.Get("access-review.gap." + gap) : LocalizedText.Same(gap);

    private static LocalizedText Number(int number) => LocalizedText.Same(number.ToString(CultureInfo.InvariantCulture));

    private static LocalizedText T(string key) => Texts.Get("access-review-paper." + key);
}
