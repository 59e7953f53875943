using System.Globalization;
using System.Text.Json;
using Isms.Documents;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Retention;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Retention;

/// <summary>What a disposal removed, as its evidence has it.</summary>
public sealed record DisposalData(
    string Id, string Reason, string ProposedBy, DateTimeOffset ProposedAt, string ApprovedBy, DateTimeOffset ApprovedAt, IReadOnlyList<DisposedItem> Items);

/// <summary>An item that was disposed of.</summary>
/// <param name="Id">The item.</param>
/// <param name="KeptUntil">When its retention ended.</param>
/// <param name="Files">Its files, with the hashes of what is gone.</param>
public sealed record DisposedItem(string Id, DateTimeOffset KeptUntil, IReadOnlyList<EvidenceFile> Files);

/// <summary>What carrying out a disposal does.</summary>
public sealed partial class DisposalActivities(
    RetentionStore store, EvidenceStore evidence, EvidenceBlobs blobs, OrganizationStore organizations, TimeProvider clock, ILogger<DisposalActivities> logger)
{
    /// <summary>The name of a disposal's record.</summary>
    public const string Record = "disposal-record";

    /// <summary>The file of it that names the items.</summary>
    public const string DataFile = Record + ".json";

    /// <summary>Puts the disposal on record. What came under a legal hold since it was approved is left out.</summary>
    [Function(nameof(RecordDisposal))]
    public async Task RecordDisposal([ActivityTrigger] string id, CancellationToken cancellationToken)
    {
        var disposal = (await store.FindAsync(id, cancellationToken)).Value;
        if (disposal.State != DisposalState.Approved || disposal.Record is not null)
        {
            return;
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var state = await store.StateAsync(organization, cancellationToken);
        var items = new List<DisposedItem>();
        foreach (var name in disposal.Items)
        {
            if (await evidence.FindAsync(name, cancellationToken) is { } item && state.MayNotGo(item, clock.GetUtcNow()) is null)
            {
                items.Add(new DisposedItem(item.Id, state.KeptUntil(item), item.Files));
            }
        }

        var data = new DisposalData(
            id, disposal.Reason, disposal.ProposedBy, disposal.ProposedAt, disposal.DecidedBy!, disposal.DecidedAt!.Value, items);
        var day = OfficeTime.Of(organization.TimeZone).DateAt(disposal.DecidedAt!.Value);
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(id, "record"),
            FiscalYear = FiscalYear.Of(day, organization.FiscalYearStartMonth).Id,
            Type = EvidenceType.Operation,
            Title = Texts.Get("disposal.evidence", id),
            Clauses = ["7.5.3"],
            Controls = ["5.33", "8.10"],
            Period = new Period(disposal.ProposedAt, disposal.DecidedAt.Value),
            Subject = id,
            Record = Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(id, "record", disposal.DecidedBy!) },
            CreatedBy = disposal.DecidedBy!,
        };
        var recorded = await evidence.RecordAsync(draft, DocumentFiles.Of(Record, Document(data, organization, day), data), cancellationToken);
        await store.UpdateAsync(id, d => d with { Record = recorded.Id }, cancellationToken);
    }

    /// <summary>
    /// Removes the files of what is on record as disposed of. Manifests stay, as do the ledger's entries. Storage may refuse the removal for years; what has come under a
    /// legal hold since then keeps its files, and may be proposed again when the hold is lifted.
    /// </summary>
    [Function(nameof(RemoveDisposedFiles))]
    public async Task RemoveDisposedFiles([ActivityTrigger] string id, CancellationToken cancellationToken)
    {
        var disposal = (await store.FindAsync(id, cancellationToken)).Value;
        if (disposal.State == DisposalState.Approved && disposal.Record is { } record)
        {
            var items = (await ReadAsync(record, cancellationToken)).Items;
            var holds = await store.HoldsAsync(cancellationToken).ToListAsync(cancellationToken);
            var removed = 0;
            foreach (var item in items)
            {
                var manifest = await evidence.FindAsync(item.Id, cancellationToken) ?? throw new InvalidDataException($"'{item.Id}' is on record as disposed of, but not there.");
                if (holds.Exists(h => h.Covers(manifest)))
                {
                    continue;
                }

                removed++;
                await store.BuryAsync(item.Id, new Tombstone(id, record, clock.GetUtcNow()), cancellationToken);
                foreach (var file in manifest.Files)
                {
                    await blobs.DisposeOfAsync(EvidencePaths.FolderOf(manifest), file.Path, cancellationToken);
                }
            }

            Disposed(logger, id, removed);
        }

        var stored = await store.UpdateAsync(
            id, d => d.State == DisposalState.Approved ? d with { State = DisposalState.Done, DoneAt = clock.GetUtcNow() } : d, cancellationToken);
        await store.AcknowledgeAsync(stored, cancellationToken);
    }

    private async Task<DisposalData> ReadAsync(string record, CancellationToken cancellationToken)
    {
        var manifest = await evidence.FindAsync(record, cancellationToken) ?? throw new InvalidDataException($"The record '{record}' is not there.");
        await using var stream = await evidence.OpenAsync(manifest, DataFile, cancellationToken) ?? throw new InvalidDataException($"The record '{record}' has no data.");
        return (await JsonSerializer.DeserializeAsync<DisposalData>(stream, Json.Options, cancellationToken))!;
    }

    private static PrintedDocument Document(DisposalData data, Organization organization, DateOnly day)
    {
        string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new PrintedDocument
        {
            Title = Texts.Get("disposal.title"),
            Organization = organization.Name,
            Number = data.Id,
            Version = "1",
            Date = day,
            Blocks =
            [
                new Paragraph(Texts.Get("disposal.note")),
                new Facts(
                [
                    new(Texts.Get("disposal.reason"), LocalizedText.Same(data.Reason)),
                    new(Texts.Get("disposal.proposed"), LocalizedText.Same($"{data.ProposedBy} {Text(data.ProposedAt)}")),
                    new(Texts.Get("disposal.approved"), LocalizedText.Same($"{data.ApprovedBy} {Text(data.ApprovedAt)}")),
                ]),
                new Table(
                    [new(Texts.Get("disposal.item"), 60), new(Texts.Get("disposal.kept-until"), 25), new(Texts.Get("disposal.files"), 15)],
                    [.. data.Items.Select(i => (IReadOnlyList<LocalizedText>)
                        [
                            LocalizedText.Same(i.Id), LocalizedText.Same(Text(i.KeptUntil)), LocalizedText.Same(i.Files.Count.ToString(CultureInfo.InvariantCulture)),
                        ])]),
            ],
        };
    }

    [LoggerMessage(EventId = 1801, EventName = "EvidenceDisposed", Level = LogLevel.Warning, Message = "The files of {Count} items were removed by the approved {Disposal}")]
    private static partial void Disposed(ILogger logger, string disposal, int count);
}
