using System.Globalization;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Packs;

/// <summary>Makes evidence of who read evidence (clause 7.5.3, control 5.33): an item for each day on which somebody did.</summary>
public sealed class ReadRecords(ReadLog log, IEvidenceStore evidence, OrganizationStore organizations)
{
    private const string Record = "evidence-reads";

    /// <summary>Runs with the regular check; when nobody read anything, it is one request.</summary>
    [Function(nameof(RecordEvidenceReads))]
    public async Task RecordEvidenceReads([TimerTrigger("%Schedules:EvidenceCheck%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var over = await log.ListOverAsync(cancellationToken).ToListAsync(cancellationToken);
        if (over.Count == 0 || await organizations.FindInForceAsync(cancellationToken) is not { } organization)
        {
            return;
        }

        foreach (var day in over.GroupBy(r => r.Id[..8], StringComparer.Ordinal))
        {
            await RecordAsync(organization, DateOnly.ParseExact(day.Key, "yyyyMMdd", CultureInfo.InvariantCulture), [.. day], cancellationToken);
            foreach (var read in day)
            {
                await log.ForgetAsync(read, cancellationToken);
            }
        }
    }

    private async Task RecordAsync(Organization organization, DateOnly day, IReadOnlyList<Stored<EvidenceRead>> reads, CancellationToken cancellationToken)
    {
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var id = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var ordered = reads.Select(r => r.Value).OrderBy(r => r.At).ThenBy(r => r.What, StringComparer.Ordinal).ToList();
        var document = new PrintedDocument
        {
            Title = Texts.Get("evidence-reads.title"),
            Organization = organization.Name,
            Number = $"{Record}-{id}",
            Version = "1",
            Date = day,
            IsTabular = true,
            Blocks =
            [
                new Paragraph(Texts.Get("evidence-reads.note")),
                new Table(
                    [new(Texts.Get("evidence-reads.at"), 20), new(Texts.Get("evidence-reads.who"), 20), new(Texts.Get("evidence-reads.what"), 50), new(Texts.Get("evidence-reads.how"), 10)],
                    [.. ordered.Select(r => (IReadOnlyList<LocalizedText>)
                        [
                            LocalizedText.Same(r.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)), LocalizedText.Same(r.PersonId),
                            LocalizedText.Same(r.What), Texts.Get("evidence-reads." + r.How),
                        ])]),
            ],
        };
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(Record, id),
            FiscalYear = FiscalYear.Of(day, organization.FiscalYearStartMonth).Id,
            Type = EvidenceType.Operation,
            Title = Texts.Get("evidence-reads.evidence", day),
            Clauses = ["7.5.3"],
            Controls = ["5.33", "8.15"],
            Period = new Period(start, start.AddDays(1)),
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(Record, id, "system") },
            CreatedBy = "system",
        };
        await evidence.RecordAsync(draft, DocumentFiles.Of(Record, document, ordered), cancellationToken);
    }
}
