using System.Globalization;
using System.Text.Json;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Reports;
using Isms.Year;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Year;

namespace IsmsFunctions.Reports;

/// <summary>Compiles the monthly report and records it as evidence of the month's plan item.</summary>
public sealed class ManagementReports(
    IEvidenceStore evidence, Ledger ledger, YearStore years, AuditStore audits, ActionStore actions, CollectorRuns collectors, IEnumerable<IReportSource> sources)
{
    /// <summary>The record's key, and the duty of the plan that demands it.</summary>
    public const string Record = "management-report";

    private const int MostOverdue = 5;

    /// <summary>The recorded report of the item, which is compiled and recorded when there is none yet; and its evidence id.</summary>
    /// <remarks>Always read back from the evidence, so that a mail sent after a crash says what the record says.</remarks>
    public async Task<(ManagementReport Report, string Evidence)> GetAsync(
        ManagementYear year, PlanItem item, DateOnly month, DateTimeOffset now, Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        var id = EvidenceIds.OfStep(item.InstanceId, Record);
        var manifest = await evidence.FindAsync(id, cancellationToken)
            ?? await RecordAsync(id, await CompileAsync(year, month, now, organization, cancellationToken), item, organization, cancellationToken);
        await using var content = await evidence.OpenAsync(manifest, Record + ".json", cancellationToken)
            ?? throw new InvalidDataException($"The evidence '{id}' lacks its data.");
        return ((await JsonSerializer.DeserializeAsync<ManagementReport>(content, Json.Options, cancellationToken))!, id);
    }

    private async Task<EvidenceManifest> RecordAsync(
        string id, ManagementReport report, PlanItem item, Organization organization, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of(organization.TimeZone);
        var draft = new EvidenceDraft
        {
            Id = id,
            FiscalYear = item.FiscalYear,
            Type = EvidenceType.ManagementReview,
            Title = ManagementReportText.Title(report),
            Clauses = item.Clauses,
            Controls = item.Controls,
            Period = new Period(office.StartOf(report.Month.AddMonths(-1)), office.MorningOf(report.AsOf)),
            Subject = item.InstanceId,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(item.InstanceId, Record, YearPlanning.System) },
            CreatedBy = YearPlanning.System,
        };
        var number = string.Create(CultureInfo.InvariantCulture, $"{Record}-{report.Month:yyyy-MM}");
        return await evidence.RecordAsync(draft, DocumentFiles.Of(Record, ManagementReportText.Page(report, number, organization), report), cancellationToken);
    }

    private async Task<ManagementReport> CompileAsync(
        ManagementYear year, DateOnly month, DateTimeOffset now, Organization organization, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of(organization.TimeZone);
        var today = office.DateAt(now);
        var items = (await years.ItemsAsync(year.FiscalYear, cancellationToken)).Select(i => i.Value).ToList();
        var findings = (await audits.ListAsync(year.FiscalYear, cancellationToken)).SelectMany(a => a.Value.Findings).ToList();
        var all = await actions.ListAfterAsync(null, null, cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);
        var open = all.Where(a => a.Stage != ActionStage.Closed).ToList();
        var head = await ledger.HeadAsync(cancellationToken);
        return new ManagementReport
        {
            FiscalYear = year.FiscalYear,
            Month = month,
            AsOf = today,
            Progress = YearProgress.Of(items, office, today),
            Overdue = [.. items.Where(i => i.IsOverdue(today)).OrderBy(i => i.DueOn).ThenBy(i => i.Id, StringComparer.Ordinal).Take(MostOverdue)
                .Select(i => new OverdueItem(i.Title, i.DueOn, [.. i.ResponsiblePeople(organization).Select(p => p.Id)]))],
            Findings = new FindingFigures(
                findings.Count(f => f.Grade == AnswerResult.MajorNonconformity), findings.Count(f => f.Grade == AnswerResult.MinorNonconformity),
                findings.Count(f => f.Grade == AnswerResult.Observation)),
            Actions = new CorrectiveActionFigures(
                open.Count, open.Count(a => ActionSchedule.DeadlineOf(a)?.IsOverdue(today) == true), all.Count(a => a.Stage == ActionStage.Closed && a.FiscalYear == year.FiscalYear)),
            Collectors = await CollectedAsync(office.StartOf(month.AddMonths(-1)), office.StartOf(month), cancellationToken),
            Indicators = await FiguresAsync(ReportPart.Indicators, year.FiscalYear, month, cancellationToken),
            Incidents = await FiguresAsync(ReportPart.Incidents, year.FiscalYear, month, cancellationToken),
            Ledger = new LedgerFigures(head.Size, head.Root),
        };
    }

    private async Task<IReadOnlyList<CollectorFigures>> CollectedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var figures = new List<CollectorFigures>();
        foreach (var collector in CollectorCatalogue.All)
        {
            var state = await collectors.FindAsync(collector.Name, cancellationToken);
            var collected = state.Collected.Where(w => w.To > from && w.From < to).ToList();
            figures.Add(new CollectorFigures(collector.Title, collected.Count, collected.Count(w => w.Gaps.Count > 0)));
        }

        return figures;
    }

    private async Task<IReadOnlyList<ReportFigure>> FiguresAsync(ReportPart part, string fiscalYear, DateOnly month, CancellationToken cancellationToken)
    {
        var figures = new List<ReportFigure>();
        foreach (var source in sources.Where(s => s.Part == part))
        {
            figures.AddRange(await source.FiguresAsync(fiscalYear, month, cancellationToken));
        }

        return figures;
    }
}
