using System.Globalization;
using System.Text;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Year;

/// <summary>Writes a year's summary: one page of what a manager has to know, and an annex of every item with how it ended.</summary>
public sealed class YearSummaries(
    IEvidenceStore evidence,
    YearStore years,
    AuditStore audits,
    ActionStore actions,
    IEnumerable<IYearFigures> others,
    OrganizationStore organizations)
{
    /// <summary>The record's key.</summary>
    public const string Record = "year-summary";

    private const string Annex = "year-items";

    /// <summary>Records the summary as evidence.</summary>
    public async Task<EvidenceManifest> RecordAsync(ManagementYear year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        var id = EvidenceIds.OfStep(year.InstanceId, Record);
        if (await evidence.FindAsync(id, cancellationToken) is { } recorded)
        {
            return recorded;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var fiscalYear = year.ToFiscalYear();
        var items = (await years.ItemsAsync(year.FiscalYear, cancellationToken)).Select(i => i.Value).ToList();
        var summary = await SumUpAsync(year, items, office, cancellationToken);
        var draft = new EvidenceDraft
        {
            Id = id,
            FiscalYear = year.FiscalYear,
            Type = EvidenceType.Operation,
            Title = Texts.Get("year-summary.title", PlanItemTexts.NameOfYear(year.FiscalYear)),
            Clauses = ["9.1"],
            Period = new Period(office.StartOf(fiscalYear.Start), YearRules.ClosesAt(fiscalYear, office)),
            Subject = year.InstanceId,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(year.InstanceId, Record, YearPlanning.System) },
            CreatedBy = YearPlanning.System,
        };
        var data = new SummaryData(year.FiscalYear, fiscalYear.Start, fiscalYear.End, summary, items);
        var csv = new EvidenceContent($"{Record}.csv", "text/csv; charset=utf-8", Csv(items, office));
        var page = DocumentFiles.Of(Record, YearSummaryDocument.Page(year, summary, organization), data);
        var annex = DocumentFiles.Annex(Annex, YearSummaryDocument.Annex(year, items, organization));
        return await evidence.RecordAsync(draft, [csv, .. page, .. annex], cancellationToken);
    }

    private async Task<YearSummary> SumUpAsync(ManagementYear year, List<PlanItem> items, OfficeTime office, CancellationToken cancellationToken)
    {
        var before = (await years.ItemsAsync(year.ToFiscalYear().Previous.Id, cancellationToken)).Select(i => i.Value).ToList();
        var held = (await audits.ListAsync(year.FiscalYear, cancellationToken)).Select(a => a.Value).Where(a => a.Stage != AuditStage.Cancelled).ToList();
        var added = new List<YearFigures>();
        foreach (var other in others)
        {
            added.Add(await other.OfYearAsync(year.FiscalYear, cancellationToken));
        }

        var findings = held.SelectMany(a => a.Findings).Select(f => f.Grade).Concat(added.SelectMany(a => a.Findings)).ToList();
        var raised = await actions.ListAfterAsync(year.FiscalYear, null, cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);
        return YearSummary.Of(
            year,
            items,
            before,
            new AuditFigures(
                held.Count + added.Sum(a => a.AuditsHeld),
                findings.Count(g => g == AnswerResult.MajorNonconformity),
                findings.Count(g => g == AnswerResult.MinorNonconformity),
                findings.Count(g => g == AnswerResult.Observation)),
            new ActionFigures(
                raised.Count,
                raised.Count(a => a.Stage == ActionStage.Closed),
                raised.Count(a => a.Stage != ActionStage.Closed),
                raised.Count(a => a.Reopenings > 0)),
            office,
            added.Select(a => a.Objectives).FirstOrDefault(o => o is not null));
    }

    /// <summary>With a byte order mark, so that Excel reads the Japanese.</summary>
    private static byte[] Csv(List<PlanItem> items, OfficeTime office)
    {
        var csv = new StringBuilder("\uFEFFid,title_ja,title_en,department,clauses,controls,opens_on,due_on,state,submitted_on,on_time,escalated,carried_from\r\n");
        foreach (var item in items)
        {
            string?[] cells =
            [
                item.Id,
                item.Title.Ja,
                item.Title.En,
                item.Department,
                string.Join(' ', item.Clauses),
                string.Join(' ', item.Controls),
                Day(item.OpensOn),
                Day(item.DueOn),
                item.State.ToString(),
                item.LastSubmission is { } submission ? Day(office.DateAt(submission.At)) : null,
                YearProgress.WasOnTime(item, office) ? "yes" : "no",
                YearProgress.WasEscalated(item) ? "yes" : "no",
                item.CarriedFrom?.Item,
            ];
            csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>RFC 4180; a leading sign that a spreadsheet would take for a formula is disarmed.</summary>
    private static string Cell(string? text)
    {
        text = text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text ?? "";
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private sealed record SummaryData(string FiscalYear, DateOnly Start, DateOnly End, YearSummary Summary, IReadOnlyList<PlanItem> Items);
}
