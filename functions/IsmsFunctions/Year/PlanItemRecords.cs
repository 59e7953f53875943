using Isms.Evidence;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Year;

/// <summary>Writes what an auditor is shown of a settled plan item: who did what when, and on which evidence.</summary>
public sealed class PlanItemRecords(IEvidenceStore evidence, RequiredEvidence required, OrganizationStore organizations)
{
    /// <summary>The record's key of an item that is done.</summary>
    public const string Completion = "completion-record";

    /// <summary>The record's key of an item that was waived.</summary>
    public const string Waiver = "waiver-record";

    /// <summary>Records the completion of an approved item, or the waiver of a waived one.</summary>
    public async Task<EvidenceManifest> RecordAsync(PlanItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var record = item.State == PlanItemState.Waived ? Waiver : Completion;
        var id = EvidenceIds.OfStep(item.InstanceId, record);
        if (await evidence.FindAsync(id, cancellationToken) is { } recorded)
        {
            return recorded;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var supporting = await required.FindSupportingAsync(item, cancellationToken);
        var document = CompletionDocument.Of(item, record, supporting, organization);
        var decision = item.Log.LastOrDefault(e => e.Actor != YearPlanning.System) ?? item.Log[^1];
        var draft = new EvidenceDraft
        {
            Id = id,
            FiscalYear = item.FiscalYear,
            Type = item.Records[0].Type,
            Title = Texts.Get(record + ".title", item.Title),
            Clauses = item.Clauses,
            Controls = item.Controls,
            Period = new Period(item.Log[0].At, decision.At),
            Subject = item.InstanceId,
            Record = record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(item.InstanceId, record, decision.Actor) },
            CreatedBy = YearPlanning.System,
        };
        var data = new CompletionData(item, supporting);
        return await evidence.RecordAsync(draft, DocumentFiles.Of(record, document, data), cancellationToken);
    }

    private sealed record CompletionData(PlanItem Item, IReadOnlyList<FiledRecord> Supporting);
}
