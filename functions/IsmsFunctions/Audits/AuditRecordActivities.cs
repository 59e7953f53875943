using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Audits;

/// <summary>Puts an audit's documents on record (clause 9.2.2: documented information as evidence of the programme and the results).</summary>
public sealed class AuditRecordActivities(AuditStore audits, AuditProgrammes programmes, IEvidenceStore evidence, OrganizationStore organizations)
{
    /// <summary>Records the approved plan, and the audit programme as it stands with it; a plan that was changed since supersedes the one before.</summary>
    [Function(nameof(RecordAuditPlan))]
    public async Task RecordAuditPlan([ActivityTrigger] AuditStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (audit, organization) = await ReadAsync(input.Id, cancellationToken);
        var data = new { audit.Id, audit.FiscalYear, audit.Plan, audit.RequestedBy, audit.RequestedAt, Approval = audit.PlanApproval };
        var programme = await programmes.ReadAsync(cancellationToken);
        var annex = DocumentFiles.Annex("audit-programme", AuditProgrammePaper.Of(programme, organization, audit.Id + "-programme"));
        await RecordAsync(
            audit, organization, "audit-plan", AuditRules.IssueOfPlan(audit), AuditPapers.Plan(audit, organization), data, audit.PlanApproval!.By, cancellationToken, annex);
    }

    /// <summary>Records the checklist with the answers that were submitted.</summary>
    [Function(nameof(RecordAuditChecklist))]
    public async Task RecordAuditChecklist([ActivityTrigger] AuditStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (audit, organization) = await ReadAsync(input.Id, cancellationToken);
        var checklist = await audits.ChecklistAsync(audit.Id, cancellationToken);
        var answers = await audits.SubmittedAnswersAsync(audit, cancellationToken);
        var submission = audit.Submission!;
        var data = new
        {
            audit.Id,
            submission.Round,
            SubmittedBy = submission.By,
            SubmittedAt = submission.At,
            Questions = checklist.Questions.Select(q => new { Question = q, Answer = answers.GetValueOrDefault(q.Id) }).ToList(),
        };
        var document = AuditPapers.Checklist(audit, checklist, answers, organization);
        await RecordAsync(audit, organization, "audit-checklist", submission.Round, document, data, submission.By, cancellationToken);
    }

    /// <summary>Records the approved report.</summary>
    [Function(nameof(RecordAuditReport))]
    public async Task RecordAuditReport([ActivityTrigger] AuditStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (audit, organization) = await ReadAsync(input.Id, cancellationToken);
        var checklist = await audits.ChecklistAsync(audit.Id, cancellationToken);
        var answers = await audits.SubmittedAnswersAsync(audit, cancellationToken);
        var others = (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value);
        var document = AuditReport.Write(audit, checklist, answers, organization, AuditReport.PreviousOf(audit, others));
        var data = new { audit.Id, audit.FiscalYear, audit.Plan, audit.Counts, audit.Findings, audit.Submission!.Round, Approval = audit.ReportApproval };
        await RecordAsync(audit, organization, "audit-report", 1, document, data, audit.ReportApproval!.By, cancellationToken);
    }

    private async Task<(Audit Audit, Organization Organization)> ReadAsync(string id, CancellationToken cancellationToken) =>
        ((await audits.GetAsync(id, cancellationToken)).Value, await organizations.GetAsync(cancellationToken));

    private Task<EvidenceManifest> RecordAsync(
        Audit audit, Organization organization, string record, int round, PrintedDocument document, object data, string actor, CancellationToken cancellationToken,
        IReadOnlyList<EvidenceContent>? annex = null)
    {
        var office = OfficeTime.Of(organization.TimeZone);
        string Step(int number) => number == 1 ? record : string.Create(CultureInfo.InvariantCulture, $"{record}-{number}");
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(audit.Id, Step(round)),
            FiscalYear = audit.FiscalYear,
            Type = EvidenceType.Audit,
            Title = new LocalizedText($"{document.Title.Ja} {audit.Id}", $"{document.Title.En} {audit.Id}"),
            Clauses = ["9.2"],
            Controls = ["5.35"],
            Period = new Period(office.StartOf(audit.Plan.From), office.StartOf(audit.Plan.To.AddDays(1))),
            Subject = audit.Id,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(audit.Id, Step(round), actor) },
            Supersedes = round > 1 ? EvidenceIds.OfStep(audit.Id, Step(round - 1)) : null,
            CreatedBy = actor,
        };
        return evidence.RecordAsync(draft, [.. DocumentFiles.Of(record, document, data), .. annex ?? []], cancellationToken);
    }
}
