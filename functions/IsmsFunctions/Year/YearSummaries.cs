using System.Globalization;
using System.Text;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Year;

/// <summary>Writes a year's summary: its figures, and every item with how it ended.</summary>
public sealed class YearSummaries(IEvidenceStore evidence, YearStore years, OrganizationStore organizations)
{
    /// <summary>The record's key.</summary>
    public const string Record = "year-summary";

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
        var progress = YearProgress.Of(items, office, fiscalYear.End.AddDays(1));
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
        var document = Document(year, fiscalYear, items, progress, organization);
        var data = new SummaryData(year.FiscalYear, fiscalYear.Start, fiscalYear.End, progress, items);
        var csv = new EvidenceContent($"{Record}.csv", "text/csv; charset=utf-8", Csv(items, office));
        return await evidence.RecordAsync(draft, [csv, .. DocumentFiles.Of(Record, document, data)], cancellationToken);
    }

    private static PrintedDocument Document(
        ManagementYear year, FiscalYear fiscalYear, List<PlanItem> items, YearProgress progress, Organization organization) => new()
        {
            Title = Texts.Get("year-summary.title", PlanItemTexts.NameOfYear(year.FiscalYear)),
            Organization = organization.Name,
            Number = $"{year.InstanceId}-summary",
            Version = "1",
            Date = fiscalYear.End,
            Blocks =
            [
                new Facts(
                [
                    new(Texts.Get("year-summary.period"), Texts.Get("completion.window-value", fiscalYear.Start, fiscalYear.End)),
                    Figure("total", progress.Total),
                    Figure("done", progress.Done),
                    Figure("on-time", progress.OnTime),
                    Figure("on-time-percent", progress.OnTimePercent),
                    Figure("escalated", progress.Escalated),
                    Figure("waived", progress.Waived),
                    Figure("carried-over", progress.CarriedOver),
                ]),
                new Heading(Texts.Get("year-summary.unsettled")),
                ItemTable([.. items.Where(i => i.State is PlanItemState.CarriedOver or PlanItemState.Waived)]),
                new Heading(Texts.Get("year-summary.items")),
                ItemTable(items),
            ],
        };

    private static Fact Figure(string name, object? value) =>
        new(Texts.Get("year-summary." + name), LocalizedText.Same(Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "–"));

    private static Table ItemTable(IReadOnlyList<PlanItem> items) => new(
        [new(Texts.Get("completion.item")), new(Texts.Get("completion.requirements"), 22), new(Texts.Get("year-summary.due"), 18), new(Texts.Get("completion.state"), 16)],
        [.. items.Select(i => (IReadOnlyList<LocalizedText>)[i.Title, PlanItemTexts.Requirements(i), Texts.Get("completion.day", i.DueOn), PlanItemTexts.NameOf(i.State)])]);

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

    private sealed record SummaryData(string FiscalYear, DateOnly Start, DateOnly End, YearProgress Progress, IReadOnlyList<PlanItem> Items);
}
