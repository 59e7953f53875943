using System.Security.Cryptography;
using System.Text.Json;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Risks;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Records assessments as evidence.</summary>
public sealed class RiskEvidence(IEvidenceStore evidence)
{
    /// <summary>The record that the plan item of the assessment demands.</summary>
    public const string Sheet = "risk-assessment-sheet";

    /// <summary>The record that the plan item of the treatment demands.</summary>
    public const string Acceptance = "residual-risk-acceptance";

    /// <summary>The records there are, and the plan item that usually demands each.</summary>
    public static IReadOnlyDictionary<string, string> Items { get; } = new Dictionary<string, string> { [Sheet] = "risk-assessment", [Acceptance] = "risk-treatment" };

    /// <summary>Records an assessment. The same state recorded again by the same person on the same day is one item.</summary>
    /// <exception cref="RefusedException">There are no risks, or some are neither treated nor accepted where that is what is recorded.</exception>
    public async Task<EvidenceManifest> RecordAsync(
        RiskAssessment assessment, string record, PlanItem item, Organization organization, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        ArgumentNullException.ThrowIfNull(item);
        if ((assessment.AnAssessmentNeedsRisks() ?? (record == Acceptance ? assessment.EveryResidualRiskIsTreatedOrAccepted() : null)) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(assessment, Json.Options)))[..12];
        var step = $"{record}-{assessment.On:yyyyMMdd}-{by}-{digest}";
        var documents = new RiskDocuments(assessment, organization, by);
        var number = $"{item.InstanceId}-{record}";
        PrintedDocument document = record == Acceptance ? documents.Acceptances(number) : documents.Sheet(number);
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(item.InstanceId, step),
            FiscalYear = item.FiscalYear,
            Type = EvidenceType.Risk,
            Title = new LocalizedText($"{document.Title.Ja} {assessment.On:yyyy-MM-dd}", $"{document.Title.En} {assessment.On:yyyy-MM-dd}"),
            Clauses = item.Clauses,
            Controls = item.Controls,
            Period = new Period(at, at),
            Subject = item.InstanceId,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(item.InstanceId, step, by) },
            CreatedBy = by,
        };
        return await evidence.RecordAsync(draft, DocumentFiles.Of(record, document, assessment), cancellationToken);
    }
}
