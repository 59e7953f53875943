using System.Globalization;
using Isms.Evidence;
using Isms.SpotChecks;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.AccessReviews;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.SpotChecks;

/// <summary>Makes spot-checks from the evidence there is, and puts closed ones on record.</summary>
public sealed partial class SpotCheckMaking(
    StateStore states,
    Sequences sequences,
    SpotCheckStore checks,
    ICollectedSummaries summaries,
    SnapshotReader snapshots,
    YearStore years,
    IEvidenceStore evidence,
    INotifier notifier,
    OrganizationStore organizations,
    TimeProvider clock,
    ILogger<SpotCheckMaking> logger)
{
    private const string Duty = "spot-check";

    /// <summary>Makes a spot-check, and tells the secretariat. The same key makes one, however often it is asked for.</summary>
    public async Task<Stored<SpotCheck>> MakeAsync(string by, string? key, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        var year = FiscalYear.Of(today, organization.FiscalYearStartMonth).Id;
        var number = await sequences.TakeAsync($"{Duty}-{year}", key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"{Duty}-{year}-{number:00}");
        if (await states.FindAsync<SpotCheck>(SpotCheckStore.Kind, id, cancellationToken) is { } made)
        {
            return made;
        }

        var earlier = await checks.ListAfterAsync(null, null, cancellationToken).Select(c => c.Value).ToListAsync(cancellationToken);
        if (earlier.LastOrDefault(c => c.Closing is not null) is { } closed
            && await evidence.FindAsync(EvidenceIds.OfStep(closed.Id, SpotPapers.Record), cancellationToken) is null)
        {
            await RecordAsync(closed, cancellationToken); // A crash came between its closing and its record.
        }

        var found = new Dictionary<string, IReadOnlyList<CollectorSummary>>();
        foreach (var collector in SpotCatalogue.Collectors)
        {
            found[collector] = await summaries.FindAsync(collector, cancellationToken);
        }

        var period = today.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var check = new SpotCheck
        {
            Id = id,
            FiscalYear = year,
            Period = period,
            At = now,
            By = by,
            Points = SpotRules.Compare(found, earlier, today),
            Sample = await ChooseAsync(id, period, cancellationToken),
        };
        var stored = await states.TryCreateAsync(SpotCheckStore.Kind, id, check, key, cancellationToken: cancellationToken) ?? await checks.GetAsync(id, cancellationToken);
        Made(logger, id, stored.Value.Points.Count(p => p.Result == SpotResult.Exception));
        await notifier.NotifyAsync(id, 1, SpotLetters.Made(stored.Value, SpotRules.Overdue(stored.Value, earlier, today), organization), cancellationToken);
        return stored;
    }

    /// <summary>Puts a closed spot-check on record: under the plan's item that is open, where there is one, so that it is done by it. It can be repeated.</summary>
    public async Task RecordAsync(SpotCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        var organization = await organizations.GetAsync(cancellationToken);
        var closing = check.Closing!;
        var today = OfficeTime.Of(organization.TimeZone).DateAt(closing.At);
        var document = SpotPapers.Write(check, organization);
        var item = await years.ItemsAfterAsync(check.FiscalYear, null, cancellationToken)
            .FirstOrDefaultAsync(i => i.Value.Duty == Duty && i.Value.OpensOn <= today && i.Value.State is PlanItemState.Open or PlanItemState.Returned, cancellationToken);
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(check.Id, SpotPapers.Record),
            FiscalYear = check.FiscalYear,
            Type = EvidenceType.Operation,
            Title = new LocalizedText($"{document.Title.Ja} {check.Period}", $"{document.Title.En} {check.Period}"),
            Clauses = ["9.1"],
            Controls = [.. SpotCatalogue.All.Select(t => t.Control).Append("5.36").Distinct().Order(StringComparer.Ordinal)],
            Period = new Period(check.At, closing.At),
            Subject = item?.Id ?? check.Id,
            Record = SpotPapers.Record,
            Source = new EvidenceSource { Workflow = new WorkflowSource(check.Id, SpotPapers.Record, closing.By) },
            Completeness = Completeness.Complete,
            CreatedBy = closing.By,
        };
        await evidence.RecordAsync(draft, DocumentFiles.Of(SpotPapers.Record, document, check), cancellationToken);
    }

    private async Task<SpotSample?> ChooseAsync(string id, string period, CancellationToken cancellationToken)
    {
        return await snapshots.CollectedAsync(cancellationToken) is [.., var newest] && await snapshots.ReadAsync(newest, cancellationToken) is { } read
            ? SpotRules.Choose(id, period, newest.EvidenceId, read.Holders, read.Rights)
            : null;
    }

    [LoggerMessage(EventId = 2301, EventName = "SpotCheckMade", Level = LogLevel.Information, Message = "{Check} was made: {Points} points differ from the documents")]
    private static partial void Made(ILogger logger, string check, int points);
}
