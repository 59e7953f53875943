using System.Text;
using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Organizations;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>A window to be collected.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, UTC, exclusive.</param>
/// <param name="Item">The item it becomes, begun.</param>
/// <param name="FiscalYear">The item's fiscal year.</param>
/// <param name="Attempt">0, or how often it was collected with gaps before.</param>
/// <param name="Supersedes">The item with gaps that it replaces.</param>
/// <param name="Before">Folders of evidence whose rows the overlap will bring again.</param>
public sealed record WindowTask(
    DateTimeOffset From, DateTimeOffset To, EvidenceRecording Item, string FiscalYear, int Attempt, string? Supersedes, IReadOnlyList<string> Before);

/// <summary>Plans, pulls and records windows of a log; the same for every log.</summary>
public sealed class LogWindows(
    CollectorRuns runs, EvidenceStore evidence, EvidenceBlobs blobs, CollectionEngine engine, RowSections sections, OrganizationStore organizations,
    ICollectorAlarm alarm, IOptions<MonitoringOptions> options, TimeProvider clock)
{
    /// <summary>Decides which windows the run collects, and begins their items. Ends the run when there are none.</summary>
    public async Task<IReadOnlyList<WindowTask>> PlanAsync(LogSource log, string instanceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var name = log.Collector.Name;
        var organization = await organizations.GetAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var state = await runs.FindAsync(name, cancellationToken);
        var windows = SignInWindows.Of(state, instanceId, clock.GetUtcNow(), options.Value.SignInLag, options.Value.SignInRetention, zone);
        var tasks = new List<WindowTask>();
        foreach (var (period, attempt, supersedes) in windows)
        {
            var year = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(period.From, zone).DateTime), organization.FiscalYearStartMonth);
            var id = EvidenceIds.OfWindow(name, period.From, period.To, attempt);
            var item = await evidence.BeginAsync(id, year.Id, EvidenceType.Operation, cancellationToken);
            var before = CollectorRules.Touching(state, period.From - options.Value.SignInOverlap, period.From).Select(w => w.Folder)
                .Concat(tasks.Where(t => t.To > period.From - options.Value.SignInOverlap && t.From < period.From).Select(t => t.Item.Folder));
            tasks.Add(new WindowTask(period.From, period.To, item, year.Id, attempt, supersedes, [.. before]));
        }

        if (tasks.Count == 0)
        {
            await runs.UpdateAsync(name, s => CollectorRules.End(s, instanceId, clock.GetUtcNow(), null), cancellationToken);
        }

        return tasks;
    }

    /// <summary>Pulls all kinds of a window, from the overlap before it to its end; analyses them, records the item and moves the watermark.</summary>
    /// <param name="log">The log.</param>
    /// <param name="instanceId">The run.</param>
    /// <param name="window">The window.</param>
    /// <param name="last">Whether the run ends with it.</param>
    /// <param name="final">Whether it is recorded whatever is missing.</param>
    /// <param name="attemptBefore">How the attempt before ended.</param>
    /// <param name="cancellationToken">Cancels; files that stand remain.</param>
    public async Task<PullOutcome> CollectAsync(
        LogSource log, string instanceId, WindowTask window, bool last, bool final, PullOutcome? attemptBefore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(window);
        var from = window.From - options.Value.SignInOverlap;
        var known = await KnownRowsAsync(log, window.Before, from, cancellationToken);
        var collection = engine.Open(window.Item, log.KindsOf(from, window.To), kind => new Overlap(window.From, known[kind]) { TimeMember = Encoding.UTF8.GetBytes(log.TimeMember) });
        var outcome = await collection.PullAsync(attemptBefore, final, cancellationToken);
        if (outcome.ResumeAt is not null)
        {
            return outcome;
        }

        var item = await RecordAsync(log, window, collection, cancellationToken);
        await alarm.RaiseAsync(
            [.. CollectorAlerts.OfLog(log.Collector.Name, item.Period, window.Attempt, item.Completeness.Gaps)], cancellationToken);
        var collected = new CollectedWindow(
            window.From, window.To, item.Id, window.Item.Folder, window.Attempt, [.. item.Completeness.Gaps.Select(g => g.Reason).Distinct(StringComparer.Ordinal)],
            clock.GetUtcNow());
        await runs.UpdateAsync(
            log.Collector.Name,
            s => last
                ? CollectorRules.End(CollectorRules.Record(s, collected), instanceId, clock.GetUtcNow(), null)
                : CollectorRules.Record(s, collected),
            cancellationToken);
        return PullOutcome.Done;
    }

    private async Task<EvidenceManifest> RecordAsync(LogSource log, WindowTask window, Collection collection, CancellationToken cancellationToken)
    {
        var name = log.Collector.Name;
        var organization = await organizations.GetAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var period = new Period(window.From, window.To);
        var analysis = log.Analyse(new LogContext(period, organization.Policy, zone, await AdministratorsAsync(cancellationToken)));
        var files = await collection.ReadAsync((kind, row) => analysis.Add(kind, row.Span), cancellationToken);
        var retention = options.Value.SignInRetention;
        bool? isFinal = CollectorRules.GapsAreFinal(window.From, window.Attempt, clock.GetUtcNow(), retention) ? true : null;
        List<Gap> gaps = [.. collection.Facts.Select(f => f.GapOf($"{name}: {f.Kind}", period)).OfType<Gap>().Select(g => g with { IsFinal = isFinal })];
        if (window.From < window.Item.CreatedAt - retention)
        {
            gaps.Add(new Gap(name, GapReasons.NotOffered, "older than the service keeps its log", period) { IsFinal = true });
        }

        var findings = analysis.Findings();
        var draft = new EvidenceDraft
        {
            Id = window.Item.Id,
            FiscalYear = window.FiscalYear,
            Type = EvidenceType.Operation,
            Title = Texts.Get($"collector.{name}.item", Local(window.From, zone), Local(window.To, zone)),
            Clauses = ["9.1"],
            Controls = log.Controls,
            Period = period,
            Record = log.Record,
            Source = new EvidenceSource { Graph = new GraphSource(name, [.. collection.Facts.Select(f => f.Query)]) },
            Completeness = gaps.Count == 0 ? Completeness.Complete : Completeness.Partial(gaps),
            Supersedes = window.Supersedes,
            CreatedBy = "system",
        };
        EvidenceContent[] made =
        [
            new("summary.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(analysis.Summarise(findings), Json.Options)),
            new("exceptions.csv", "text/csv; charset=utf-8", Finding.ToCsv(findings)),
        ];
        return await evidence.CompleteAsync(window.Item, draft, files, made, cancellationToken);
    }

    /// <summary>The rows that earlier evidence holds of the time the overlap brings again, by kind.</summary>
    private async Task<IReadOnlyDictionary<string, HashSet<UInt128>>> KnownRowsAsync(
        LogSource log, IReadOnlyList<string> folders, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var known = log.KindsOf(from, from).ToDictionary(kind => kind.Name, _ => new HashSet<UInt128>(), StringComparer.Ordinal);
        var time = Encoding.UTF8.GetBytes(log.TimeMember);
        foreach (var folder in folders)
        {
            // A window that was not recorded after all has no rows here, and they are then new.
            await sections.ReadAllAsync(
                folder,
                (kind, row) =>
                {
                    if (!(RowFields.TimeOf(row.Span, time) < from))
                    {
                        known[kind].Add(RowFields.DigestOf(row.Span));
                    }
                },
                cancellationToken);
        }

        return known;
    }

    /// <summary>The administrators of the latest access rights sheet; null before the first.</summary>
    private async Task<IReadOnlySet<string>?> AdministratorsAsync(CancellationToken cancellationToken)
    {
        var rights = await runs.FindAsync(CollectorCatalogue.AccessRights.Name, cancellationToken);
        if (rights.Collected is not [.., var latest]
            || await blobs.OpenFileAsync(latest.Folder, AccessRightsActivities.SummaryFile, cancellationToken) is not { } file)
        {
            return null;
        }

        await using (file)
        {
            var summary = await JsonSerializer.DeserializeAsync<AccessRightsSummary>(file.Content, Json.Options, cancellationToken);
            return summary!.Administrators.ToHashSet(StringComparer.Ordinal);
        }
    }

    private static string Local(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
