using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Monitoring.Snapshots;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Snapshots;
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
/// <param name="Before">Folders of evidence whose rows the pull will bring again.</param>
/// <param name="Supplements">Where windows are read once more for rows that came late: their items.</param>
public sealed record WindowTask(
    DateTimeOffset From, DateTimeOffset To, EvidenceRecording Item, string FiscalYear, int Attempt, string? Supersedes, IReadOnlyList<string> Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Supplements = null)
{
    /// <summary>Whether it is a second look at windows that are held.</summary>
    [JsonIgnore]
    public bool IsResweep => Supplements is not null;

    /// <summary>Whether its item has a workbook; runs that began before there were any do not say it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasWorkbook { get; init; }
}

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
        var (windows, neighbours) = await PlanAsync(log, state, instanceId, zone, cancellationToken);
        var isByPerson = state.FindRun(instanceId) is { } run && run.StartedBy != CollectorRuns.Schedule;
        var tasks = new List<WindowTask>();
        foreach (var window in windows)
        {
            var (from, to) = (window.Period.From, window.Period.To);
            var year = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime), organization.FiscalYearStartMonth);
            var id = EvidenceIds.OfWindow(window.Supplements is null ? name : name + "-late", from, to, window.Attempt);
            var item = await evidence.BeginAsync(id, year.Id, EvidenceType.Operation, cancellationToken);
            // Rows of this time may stand in the evidence before it and, having come late, behind it.
            var overlap = options.Value.SignInOverlap;
            var before = window.Earlier
                .Concat(neighbours.Where(n => n.To > from - overlap && n.From < to + overlap && (n.To <= from || n.From >= to)).Select(n => n.Folder))
                .Concat(tasks.Where(t => t.To > from - overlap && t.From < from).Select(t => t.Item.Folder));
            tasks.Add(new WindowTask(from, to, item, year.Id, window.Attempt, window.Supersedes, [.. before.Distinct(StringComparer.Ordinal)], window.Supplements)
            {
                HasWorkbook = window.Supplements is null && SnapshotWorkbook.IsDue(LastBefore(from, state, tasks), from, isByPerson, zone),
            });
        }

        if (tasks.Count == 0)
        {
            await runs.UpdateAsync(name, s => CollectorRules.End(s, instanceId, clock.GetUtcNow(), null), cancellationToken);
        }

        return tasks;
    }

    private static DateTimeOffset? LastBefore(DateTimeOffset from, CollectorState state, List<WindowTask> planned) =>
        state.Collected.Select(w => w.From).Concat(planned.Where(t => !t.IsResweep).Select(t => t.From)).Where(f => f < from).Cast<DateTimeOffset?>().Max();

    /// <summary>What the run is to collect, and which evidence stands around it.</summary>
    private async Task<(IReadOnlyList<PlannedWindow> Windows, IEnumerable<(DateTimeOffset From, DateTimeOffset To, string Folder)> Neighbours)> PlanAsync(
        LogSource log, CollectorState state, string instanceId, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (state.FindRun(instanceId) is not { From: { } from, To: { } to })
        {
            return (SignInWindows.Of(state, instanceId, clock.GetUtcNow(), options.Value.LogTimes, zone), state.Collected.Select(w => (w.From, w.To, w.Folder)));
        }

        // Somebody asks for a time: what is held of it stands in the evidence, however long ago it was recorded.
        var overlap = options.Value.SignInOverlap;
        var held = await LogArchive.HeldAsync(evidence, log.Record, from - overlap, to + overlap, cancellationToken);
        var complete = held.Where(h => h.IsComplete && h.Period.From < to && h.Period.To > from).Select(h => h.EvidenceId).ToArray();
        await runs.UpdateAsync(log.Collector.Name, s => CollectorRules.NoteHeld(s, instanceId, complete), cancellationToken);
        return (SignInWindows.Asked(new Period(from, to), held, zone), held.Select(h => (h.Period.From, h.Period.To, h.Folder)));
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
        var from = window.IsResweep ? window.From : window.From - options.Value.SignInOverlap;
        var known = await KnownRowsAsync(log, window.Before, from, window.To, cancellationToken);
        var start = window.IsResweep ? window.To : window.From;
        var time = Encoding.UTF8.GetBytes(log.TimeMember);
        var collection = engine.Open(window.Item, log.KindsOf(from, window.To), kind => new Overlap(start, known[kind], time));
        var outcome = await collection.PullAsync(attemptBefore, final, cancellationToken);
        if (outcome.ResumeAt is not null)
        {
            return outcome;
        }

        var item = await RecordAsync(log, window, collection, known, cancellationToken);
        await alarm.RaiseAsync(
            [.. CollectorAlerts.OfLog(log.Collector.Name, item.Period, window.Attempt, item.Completeness.Gaps)], cancellationToken);
        var noted = Noted(window, item);
        await runs.UpdateAsync(
            log.Collector.Name, s => last ? CollectorRules.End(noted(s), instanceId, clock.GetUtcNow(), null) : noted(s), cancellationToken);
        return PullOutcome.Done;
    }

    private Func<CollectorState, CollectorState> Noted(WindowTask window, EvidenceManifest item)
    {
        var (now, folder) = (clock.GetUtcNow(), window.Item.Folder);
        IReadOnlyList<string> gaps = [.. item.Completeness.Gaps.Select(g => g.Reason).Distinct(StringComparer.Ordinal)];
        return window.Supplements is { } supplemented
            ? s => CollectorRules.Sweep(s, supplemented, new Resweep(item.Id, folder, window.Attempt, gaps, now))
            : s => CollectorRules.Record(s, new CollectedWindow(window.From, window.To, item.Id, folder, window.Attempt, gaps, now)
            {
                Rows = item.Source.Graph!.Requests.Sum(r => r.Rows),
            });
    }

    private async Task<EvidenceManifest> RecordAsync(
        LogSource log, WindowTask window, Collection collection, IReadOnlyDictionary<string, KnownRows> known, CancellationToken cancellationToken)
    {
        var name = log.Collector.Name;
        var organization = await organizations.GetAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var period = new Period(window.From, window.To);
        var analysis = log.Analyse(new LogContext(period, organization.Policy, zone, await AdministratorsAsync(cancellationToken)));
        var tables = window.HasWorkbook
            ? collection.Facts.ToDictionary(
                f => f.Kind, f => new RowTable([.. log.ColumnsOf(f.Kind).Select(c => c.Member)], options.Value.WorkbookRows, zone), StringComparer.Ordinal)
            : [];
        var files = await collection.ReadAsync((kind, row) => AddNew(analysis, tables, kind, row, known[kind]), cancellationToken);
        var retention = options.Value.SignInRetention;
        bool? isFinal = CollectorRules.GapsAreFinal(window.From, window.Attempt, clock.GetUtcNow(), retention) ? true : null;
        List<Gap> gaps = [.. collection.Facts.SelectMany(f => f.GapsOf($"{name}: {f.Kind}", period)).Select(g => g with { IsFinal = isFinal })];
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
            Title = window.IsResweep
                ? Texts.Get("collector.late-rows.item", log.Collector.Title, Local(window.From, zone), Local(window.To, zone))
                : Texts.Get($"collector.{name}.item", Local(window.From, zone), Local(window.To, zone)),
            Clauses = ["9.1"],
            Controls = log.Controls,
            Period = period,
            Record = window.IsResweep ? LogArchive.LateRecordOf(log.Record) : log.Record,
            Source = new EvidenceSource { Graph = new GraphSource(name, [.. collection.Facts.Select(f => f.Query)]) },
            Completeness = gaps.Count == 0 ? Completeness.Complete : Completeness.Partial(gaps),
            Supersedes = window.Supersedes,
            Supplements = window.Supplements,
            CreatedBy = "system",
        };
        EvidenceContent[] made =
        [
            new("summary.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(analysis.Summarise(findings), Json.Options)),
            new("exceptions.csv", "text/csv; charset=utf-8", Finding.ToCsv(findings)),
            .. window.HasWorkbook
                ? LogWorkbook.Of(new LogReport(
                    log, organization, draft.Id, period, zone, analysis.Breakdowns(), findings, gaps, draft.Source.Graph!.Requests, tables, options.Value.WorkbookRows))
                : [],
        ];
        return await evidence.CompleteAsync(window.Item, draft, files, made, cancellationToken);
    }

    /// <summary>A later version of a row that other evidence has counted stands among the raw rows, and is not counted again.</summary>
    private static void AddNew(ILogAnalysis analysis, Dictionary<string, RowTable> tables, string kind, ReadOnlyMemory<byte> row, KnownRows known)
    {
        if (known.IsEmpty || !known.HoldId(RowFields.IdentityOf(row.Span)))
        {
            analysis.Add(kind, row.Span);
            tables.GetValueOrDefault(kind)?.Add(row);
        }
    }

    /// <summary>The rows that other evidence holds of the time that is pulled, by kind.</summary>
    private async Task<IReadOnlyDictionary<string, KnownRows>> KnownRowsAsync(
        LogSource log, IReadOnlyList<string> folders, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var known = log.KindsOf(from, from).ToDictionary(kind => kind.Name, _ => new KnownRows(), StringComparer.Ordinal);
        var time = Encoding.UTF8.GetBytes(log.TimeMember);
        foreach (var folder in folders)
        {
            // A window that was not recorded after all has no rows here, and they are then new.
            await sections.ReadAllAsync(
                folder,
                (kind, row) =>
                {
                    var moment = RowFields.TimeOf(row.Span, time);
                    if (!(moment < from) && !(moment >= to))
                    {
                        known[kind].Add(row.Span);
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
