using System.Globalization;
using Isms.Certification;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Certification;

/// <summary>Puts on record what the certification body found and how it was answered.</summary>
public sealed class CertificationRecordActivities(CertificationStore audits, IEvidenceStore evidence, OrganizationStore organizations)
{
    /// <summary>Records the result of the audit.</summary>
    [Function(nameof(RecordCertificationReport))]
    public async Task RecordCertificationReport([ActivityTrigger] CertificationStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (audit, organization) = await ReadAsync(input.Id, cancellationToken);
        var data = new { audit.Id, audit.Kind, audit.Title, audit.Body, audit.From, audit.To, audit.RespondBy, audit.Outcome };
        await RecordAsync(audit, organization, CertificationPlanning.Report, 1, CertificationPapers.Report(audit, organization), data, audit.Outcome!.By, cancellationToken);
    }

    /// <summary>Records the newest corrective action plan that was sent to the body.</summary>
    [Function(nameof(RecordCertificationPlan))]
    public async Task RecordCertificationPlan([ActivityTrigger] CertificationStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (audit, organization) = await ReadAsync(input.Id, cancellationToken);
        var response = audit.Responses[^1];
        var data = new { audit.Id, audit.Title, audit.Body, audit.RespondBy, Response = response };
        await RecordAsync(
            audit, organization, CertificationPlanning.CorrectivePlan, response.Round, CertificationPapers.Plan(audit, organization), data, response.By, cancellationToken);
    }

    private async Task<(CertificationAudit Audit, Organization Organization)> ReadAsync(string id, CancellationToken cancellationToken) =>
        ((await audits.GetAsync(id, cancellationToken)).Value, await organizations.GetAsync(cancellationToken));

    private Task<EvidenceManifest> RecordAsync(
        CertificationAudit audit, Organization organization, string record, int round, PrintedDocument document, object data, string actor, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of(organization.TimeZone);
        string Step(int number) => number == 1 ? record : string.Create(CultureInfo.InvariantCulture, $"{record}-{number}");
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(audit.Id, Step(round)),
            FiscalYear = audit.FiscalYear,
            Type = EvidenceType.Certification,
            Title = new LocalizedText($"{document.Title.Ja} {audit.Title.Ja}", $"{document.Title.En} {audit.Title.En}"),
            Clauses = record == CertificationPlanning.CorrectivePlan ? ["10.2"] : ["9.2", "10.2"],
            Period = new Period(office.StartOf(audit.From), office.StartOf(audit.To.AddDays(1))),
            Subject = audit.PlanItem ?? audit.Id,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(audit.Id, Step(round), actor) },
            Supersedes = round > 1 ? EvidenceIds.OfStep(audit.Id, Step(round - 1)) : null,
            CreatedBy = actor,
        };
        return evidence.RecordAsync(draft, DocumentFiles.Of(record, document, data), cancellationToken);
    }
}
