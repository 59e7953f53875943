using System.Globalization;
using Isms.Audits;
using Isms.Rules;
using Isms.Year;
using Isms.Text;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Audits;

/// <summary>Gives checklists out as workbooks, and takes the answers of those that come back: each row for itself, so that one slip holds nothing up.</summary>
public sealed class ChecklistReturns(AuditStore audits, OrganizationStore organizations, IEvidenceStore evidence)
{
    /// <summary>A checklist is a few hundred rows; whatever is far larger is another file.</summary>
    private static readonly TableLimits Limits = new() { Bytes = 10 * 1024 * 1024, Rows = 5_000, Columns = 60, UnpackedBytes = 64 * 1024 * 1024, Characters = 10_000_000 };

    /// <summary>The checklist as a workbook.</summary>
    /// <param name="auditId">The audit.</param>
    /// <param name="auditor">Only the departments that this auditor is assigned to; null for all.</param>
    /// <param name="department">Only this department; null for all.</param>
    /// <param name="culture">The language of questions, heads and choices.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RefusedException">There is no such audit, no checklist yet, or nothing to be asked.</exception>
    public async Task<byte[]> GiveOutAsync(string auditId, string? auditor, string? department, CultureInfo culture, CancellationToken cancellationToken)
    {
        var audit = (await audits.GetAsync(auditId, cancellationToken)).Value;
        var checklist = await audits.ChecklistAsync(auditId, cancellationToken);
        if (checklist.Questions.Count == 0)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "checklist-not-drawn-up", "id", auditId, auditId));
        }

        var questions = checklist.Questions
            .Where(q => (department is null || q.Department == department) && (auditor is null || audit.Plan.AuditorOf(q.Department, q.Clause, q.Control) == auditor)).ToList();
        if (questions.Count == 0)
        {
            throw new RefusedException(Refusal.Of(
                RefusalKind.InvalidInput, "checklist-filter-matches-nothing", department is null ? "auditor" : "department", department ?? auditor,
                string.Join(", ", audit.Plan.Auditors), string.Join(", ", audit.Plan.Departments)));
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var answers = await audits.AnswersAsync(auditId, cancellationToken);
        var newest = new Dictionary<string, Isms.Evidence.EvidenceManifest>(StringComparer.Ordinal);
        foreach (var id in questions.SelectMany(q => q.Evidence.Take(1)).Distinct(StringComparer.Ordinal))
        {
            if (await evidence.FindAsync(id, cancellationToken) is { } item)
            {
                newest.Add(id, item);
            }
        }

        return new ChecklistWorkbook(audit, organization, culture).Write(questions, answers, newest);
    }

    /// <summary>Takes the answers of a workbook.</summary>
    /// <param name="auditId">The audit.</param>
    /// <param name="file">The workbook.</param>
    /// <param name="preview">Whether it only says what it would do.</param>
    /// <param name="command">Who answers.</param>
    /// <param name="cancellationToken">Cancels between two answers; sending the file again takes the rest.</param>
    /// <exception cref="RefusedException">The person may not answer, or the file is no checklist of ours.</exception>
    public async Task<ChecklistTaken> TakeAsync(string auditId, Stream file, bool preview, CommandContext command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var audit = (await audits.GetAsync(auditId, cancellationToken)).Value;
        var by = command.Actor.PersonId;
        if ((AuditRules.CommandIsPossible(audit, AuditRules.Answer) ?? AuditRules.ActsAsAuditorOf(audit, by)) is { } refused)
        {
            throw new RefusedException(refused);
        }

        var organization = await organizations.GetAsync(cancellationToken);
        if (AuditTeam.AuditorMayStillAnswer(audit, by, organization, OfficeTime.Of(organization.TimeZone).DateAt(command.At)) is { } lapsed)
        {
            throw new RefusedException(lapsed);
        }

        var rows = await ChecklistWorkbook.ReadAsync(auditId, file, Limits, cancellationToken);
        var checklist = await audits.ChecklistAsync(auditId, cancellationToken);
        var answers = await audits.AnswersAsync(auditId, cancellationToken);
        var judge = new ChecklistReturn(audit, checklist, answers, by, organization);
        var judged = new List<JudgedRow>();
        foreach (var row in judge.Judge(rows))
        {
            var known = row.Outcome != RowOutcome.Taken ? null
                : await evidence.FirstUnknownAsync(row.Answer!.Evidence, $"rows[{row.Row}].evidence", cancellationToken);
            judged.Add(known is not null ? row.RefusedWith(known)
                : row.Outcome == RowOutcome.Taken && !preview ? await WriteAsync(audit, row, judge, command, cancellationToken)
                : row);
        }

        if (!preview && judged.Exists(r => r.Outcome == RowOutcome.Taken))
        {
            judged = await WithoutLateAsync(audit, judged, cancellationToken);
            answers = await audits.AnswersAsync(auditId, cancellationToken);
        }

        return new ChecklistTaken(judged, answers.Count, checklist.Questions.Count);
    }

    private async Task<JudgedRow> WriteAsync(Audit audit, JudgedRow row, ChecklistReturn judge, CommandContext command, CancellationToken cancellationToken)
    {
        if (await audits.AnswerAsync(audit.Id, row.Answer!, row.BasedOn, command.Actor.PersonId, command.At, cancellationToken) is not null)
        {
            return row;
        }

        var sheets = await audits.AnswersAsync(audit.Id, cancellationToken);
        return row.RefusedWith(judge.AnsweredMeanwhile(row, sheets[row.Question!].Latest));
    }

    /// <summary>What was written while somebody submitted is in the report if that version was submitted; if not, its author has to know.</summary>
    private async Task<List<JudgedRow>> WithoutLateAsync(Audit before, List<JudgedRow> judged, CancellationToken cancellationToken)
    {
        var now = (await audits.GetAsync(before.Id, cancellationToken)).Value;
        return now.Serial == before.Serial || now.Submission is null ? judged : [.. judged.Select(row =>
            row.Outcome == RowOutcome.Taken && row.BasedOn >= now.Submission.Answers.GetValueOrDefault(row.Question!)
                ? row.RefusedWith(Refusal.Of(RefusalKind.IllegalState, "audit-submitted-meanwhile", $"rows[{row.Row}]", row.Question))
                : row)];
    }
}

/// <summary>What became of a checklist that came back.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Answered">How many questions of the audit have an answer now.</param>
/// <param name="Of">How many there are.</param>
public sealed record ChecklistTaken(IReadOnlyList<JudgedRow> Rows, int Answered, int Of);

/// <summary>What became of a checklist, as its sender sees it.</summary>
/// <param name="Audit">The audit.</param>
/// <param name="Preview">Whether nothing was changed, but would be.</param>
/// <param name="Taken">How many answers were taken.</param>
/// <param name="Unchanged">How many rows said what was known.</param>
/// <param name="Open">How many rows answer nothing.</param>
/// <param name="Refused">How many rows were not taken.</param>
/// <param name="Answered">How many questions of the audit have an answer now.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Rows">Row by row; those that answer nothing are left out.</param>
public sealed record ChecklistTakenView(
    string Audit, bool Preview, int Taken, int Unchanged, int Open, int Refused, int Answered, int Of, IReadOnlyList<ChecklistRowView> Rows)
{
    /// <summary>The view in a language.</summary>
    public static ChecklistTakenView View(string audit, bool preview, ChecklistTaken taken, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(taken);
        int Count(RowOutcome outcome) => taken.Rows.Count(r => r.Outcome == outcome);
        return new ChecklistTakenView(
            audit, preview, Count(RowOutcome.Taken), Count(RowOutcome.Unchanged), Count(RowOutcome.Open), Count(RowOutcome.Refused), taken.Answered, taken.Of,
            [.. taken.Rows.Where(r => r.Outcome != RowOutcome.Open).Select(r => new ChecklistRowView(
                r.Row, r.Question, r.Outcome, Texts.Get("audit-file.outcome." + r.Outcome).In(culture), r.Refusal?.Code, r.Refusal?.Title.In(culture),
                r.Refusal?.Remedy.In(culture), r.Refusal?.Missing is { Count: > 0 } missing ? missing : null))]);
    }
}

/// <summary>A row of a checklist that came back.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Question">The question.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="OutcomeName">The same in words.</param>
/// <param name="Code">For a refusal: its stable code.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Missing">What is missing.</param>
public sealed record ChecklistRowView(
    int Row, string? Question, RowOutcome Outcome, string OutcomeName, string? Code, string? Title, string? Detail, IReadOnlyList<string>? Missing);
