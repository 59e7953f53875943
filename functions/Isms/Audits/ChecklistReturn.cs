using System.Globalization;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;

namespace Isms.Audits;

/// <summary>What becomes of a row of a checklist that came back.</summary>
public enum RowOutcome
{
    /// <summary>Nothing is answered there (未回答).</summary>
    Open,

    /// <summary>It says what is known already (変更なし).</summary>
    Unchanged,

    /// <summary>Its answer is taken (取込).</summary>
    Taken,

    /// <summary>Its answer is not taken, for a reason that its author can do something about (取込不可).</summary>
    Refused,
}

/// <summary>A row that has been judged.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Question">The question; null when the row does not say.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Answer">The answer to be taken.</param>
/// <param name="BasedOn">The version of the answer that it was made from.</param>
/// <param name="Refusal">Why it is refused.</param>
public sealed record JudgedRow(int Row, string? Question, RowOutcome Outcome, AnswerDraft? Answer = null, int BasedOn = 0, Refusal? Refusal = null)
{
    /// <summary>The row, refused.</summary>
    public JudgedRow RefusedWith(Refusal refusal) => this with { Outcome = RowOutcome.Refused, Refusal = refusal };
}

/// <summary>
/// Judges the rows of a checklist that an auditor worked on away from the system. A row counts only where its author changed it: what others have answered since is
/// neither overwritten nor reported as a conflict, unless both changed the same question.
/// </summary>
public sealed class ChecklistReturn(
    Audit audit, Checklist checklist, IReadOnlyDictionary<string, AnswerSheet> answers, string by, Organization organization)
{
    /// <summary>Judges rows, in their order.</summary>
    public IReadOnlyList<JudgedRow> Judge(IReadOnlyList<ReturnedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. rows.Where(r => r.Cells.Values.Any(c => !string.IsNullOrWhiteSpace(c))).Select(row =>
        {
            var judged = Judge(row);
            return judged.Question is { } question && !seen.Add(question)
                ? judged.RefusedWith(Refusal.Of(RefusalKind.InvalidInput, "checklist-row-twice", Path(row), question, question))
                : judged;
        })];
    }

    /// <summary>The refusal of a row whose question somebody else has answered since.</summary>
    public Refusal AnsweredMeanwhile(JudgedRow row, GivenAnswer latest)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(latest);
        return Refusal.Of(
            RefusalKind.Stale, "checklist-row-stale", Path(row.Row), row.Question, row.Question, new AuditNames(organization).Person(latest.By),
            OfficeTime.Of(organization.TimeZone).DateAt(latest.At), ChecklistFile.CellOf(ChecklistColumn.Result, latest.Answer));
    }

    private JudgedRow Judge(ReturnedRow row)
    {
        var key = Cell(row, ChecklistColumn.Key).Trim();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return IsAnswered(row)
                ? new JudgedRow(row.Number, null, RowOutcome.Refused, Refusal: Refusal.Of(RefusalKind.InvalidInput, "checklist-row-without-key", Path(row)))
                : new JudgedRow(row.Number, null, RowOutcome.Open);
        }

        var (auditId, id) = (key[..slash], key[(slash + 1)..]);
        var judged = new JudgedRow(row.Number, id, RowOutcome.Open);
        return auditId != audit.Id ? judged.RefusedWith(Refusal.Of(RefusalKind.InvalidInput, "checklist-row-of-another-audit", Path(row), key, auditId, audit.Id))
            : checklist.Find(id) is null ? judged.RefusedWith(Refusal.Of(RefusalKind.InvalidInput, "unknown-question", Path(row), id, id, audit.Id))
            : !int.TryParse(Cell(row, ChecklistColumn.Version), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                || version > (answers.GetValueOrDefault(id)?.Latest.Version ?? 0)
                ? judged.RefusedWith(Refusal.Of(RefusalKind.InvalidInput, "checklist-row-without-version", Path(row), id, id))
                : Judge(judged with { BasedOn = version }, row, answers.GetValueOrDefault(id));
    }

    private JudgedRow Judge(JudgedRow judged, ReturnedRow row, AnswerSheet? sheet)
    {
        var before = sheet?.Find(judged.BasedOn)?.Answer;
        if (!IsAnswered(row))
        {
            return before is null ? judged : judged.RefusedWith(Refusal.Of(RefusalKind.RuleBroken, "checklist-answer-emptied", Path(row), judged.Question, judged.Question));
        }

        if (Read(judged.Question!, row, before, out var refusal) is not { } answer)
        {
            return judged.RefusedWith(refusal!);
        }

        if ((sheet is not null && Cleaned(sheet.Latest.Answer).SaysTheSameAs(answer)) || (before is not null && Cleaned(before).SaysTheSameAs(answer)))
        {
            return judged with { Outcome = RowOutcome.Unchanged };
        }

        return sheet is not null && sheet.Latest.Version != judged.BasedOn ? judged.RefusedWith(AnsweredMeanwhile(judged, sheet.Latest))
            : AnswerRules.FirstBrokenRule(audit, checklist, answer, by, organization, Path(row)) is { } broken ? judged.RefusedWith(broken)
            : judged with { Outcome = RowOutcome.Taken, Answer = answer };
    }

    /// <summary>The answer of a row; a column that the file does not have says what was said before.</summary>
    private static AnswerDraft? Read(string question, ReturnedRow row, AnswerDraft? before, out Refusal? refusal)
    {
        string? Text(ChecklistColumn column, string? otherwise) => row.Cells.TryGetValue(column, out var cell) ? ChecklistFile.TextOf(cell) : otherwise;
        var (result, urgency) = (Cell(row, ChecklistColumn.Result), Cell(row, ChecklistColumn.Urgency));
        if (string.IsNullOrWhiteSpace(result) || ChecklistFile.ResultOf(result) is not { } said)
        {
            var choices = Isms.Text.Texts.Join(ChecklistFile.ChoicesOf(ChecklistColumn.Result));
            refusal = Refusal.Of(
                RefusalKind.InvalidInput, string.IsNullOrWhiteSpace(result) ? "checklist-result-missing" : "checklist-result-unknown", Path(row), result, question, result, choices);
            return null;
        }

        if (!string.IsNullOrWhiteSpace(urgency) && ChecklistFile.UrgencyOf(urgency) is null)
        {
            var choices = Isms.Text.Texts.Join(ChecklistFile.ChoicesOf(ChecklistColumn.Urgency));
            refusal = Refusal.Of(RefusalKind.InvalidInput, "checklist-urgency-unknown", Path(row), urgency, question, urgency, choices);
            return null;
        }

        refusal = null;
        return Cleaned(new AnswerDraft(
            question, said, Text(ChecklistColumn.Note, before?.Note), Text(ChecklistColumn.Interviewee, before?.Interviewee),
            row.Cells.TryGetValue(ChecklistColumn.Evidence, out var ids) ? ChecklistFile.IdsOf(ids) : before?.Evidence,
            Text(ChecklistColumn.Requirement, before?.Requirement), Text(ChecklistColumn.Fact, before?.Fact),
            row.Cells.ContainsKey(ChecklistColumn.Urgency) ? ChecklistFile.UrgencyOf(urgency) : before?.Urgency,
            row.Cells.TryGetValue(ChecklistColumn.GoodPoint, out var mark) ? ChecklistFile.IsMarked(mark) : before?.GoodPoint ?? false));
    }

    /// <summary>An answer as it would come back from a file, so that what only a spreadsheet changed is no change.</summary>
    private static AnswerDraft Cleaned(AnswerDraft answer) => answer with
    {
        Note = ChecklistFile.TextOf(answer.Note),
        Interviewee = ChecklistFile.TextOf(answer.Interviewee),
        Requirement = ChecklistFile.TextOf(answer.Requirement),
        Fact = ChecklistFile.TextOf(answer.Fact),
        Evidence = answer.Evidence is { Count: > 0 } ids ? ids : null,
    };

    private static bool IsAnswered(ReturnedRow row) => ChecklistFile.Answers.Any(c => !string.IsNullOrWhiteSpace(Cell(row, c)));

    private static string Cell(ReturnedRow row, ChecklistColumn column) => row.Cells.GetValueOrDefault(column) ?? "";

    private static string Path(ReturnedRow row) => Path(row.Number);

    private static string Path(int row) => string.Create(CultureInfo.InvariantCulture, $"rows[{row}]");
}
