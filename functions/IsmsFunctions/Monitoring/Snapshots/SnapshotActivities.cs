using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Monitoring.Snapshots;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>Asks for a snapshot.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="InstanceId">The run.</param>
/// <param name="At">The moment it is dated.</param>
/// <param name="Final">Whether it is recorded whatever is missing.</param>
/// <param name="Before">How the attempt before ended.</param>
public sealed record TakeSnapshotInput(string Collector, string InstanceId, DateTimeOffset At, bool Final, PullOutcome? Before);

/// <summary>Takes and records snapshots: pulls the raw rows, analyses them, compares them with the last ones, and draws the workbook.</summary>
public sealed class SnapshotActivities(
    CollectorRuns runs, EvidenceStore evidence, CollectionEngine engine, RowSections sections, OrganizationStore organizations, ICollectorAlarm alarm,
    IOptions<MonitoringOptions> options, GraphHttp graph, TimeProvider clock)
{
    private const int MostChangesInSummary = 500;

    /// <summary>Rows that came late for the snapshot before are asked for again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>Takes a snapshot. One activity, since a small tenant's takes a second; a service that puts it off is waited for outside.</summary>
    [Function(nameof(TakeSnapshot))]
    public async Task<PullOutcome> TakeSnapshot([ActivityTrigger] TakeSnapshotInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = await PrepareAsync(input, cancellationToken);
        var kinds = task.Source.KindsSince(task.From).Where(k => !k.IsGlobalCloudOnly || graph.IsGlobalCloud).ToList();
        var collection = engine.Open(task.Item, kinds);
        var outcome = await collection.PullAsync(input.Before, input.Final, cancellationToken);
        if (outcome.ResumeAt is not null)
        {
            return outcome;
        }

        var manifest = await RecordAsync(task, collection, cancellationToken);
        var collected = new CollectedWindow(
            task.At, task.At, manifest.Id, task.Item.Folder, 0, [.. manifest.Completeness.Gaps.Select(g => g.Reason).Distinct(StringComparer.Ordinal)], clock.GetUtcNow());
        await runs.UpdateAsync(
            input.Collector, s => CollectorRules.End(CollectorRules.Record(s, collected), input.InstanceId, clock.GetUtcNow(), null), cancellationToken);
        return PullOutcome.Done;
    }

    private async Task<SnapshotTask> PrepareAsync(TakeSnapshotInput input, CancellationToken cancellationToken)
    {
        var source = SnapshotSources.Of(input.Collector);
        var organization = await organizations.GetAsync(cancellationToken);
        var state = await runs.FindAsync(input.Collector, cancellationToken);
        var at = input.At.AddTicks(-(input.At.Ticks % TimeSpan.TicksPerSecond));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var year = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime), organization.FiscalYearStartMonth).Id;
        var previous = state.Collected.LastOrDefault(w => w.From < at);
        var from = at;
        if (source.LooksBack is { } most)
        {
            from = previous is not null && previous.From - Overlap > at - most ? previous.From - Overlap : at - most;
        }

        var isByPerson = state.FindRun(input.InstanceId) is { } run && run.StartedBy != CollectorRuns.Schedule;
        var item = await evidence.BeginAsync(EvidenceIds.OfWindow(input.Collector, at, at), year, EvidenceType.Operation, cancellationToken);
        return new SnapshotTask(source, at, from, item, year, organization, zone, previous, SnapshotWorkbook.IsDue(previous?.From, at, isByPerson, zone));
    }

    private async Task<EvidenceManifest> RecordAsync(SnapshotTask task, Collection collection, CancellationToken cancellationToken)
    {
        var gaps = GapsOf(task, collection);
        var context = new SnapshotContext(task.At, task.Organization.Policy, gaps.Select(g => g.What).ToHashSet(StringComparer.Ordinal));
        var analysis = task.Source.Analyse(context);
        var comparison = new SnapshotComparison(task.Source.Tracked);
        var tables = task.Source.Columns.ToDictionary(c => c.Key, c => new RowTable(c.Value, options.Value.WorkbookRows, task.Zone), StringComparer.Ordinal);
        var files = await collection.ReadAsync(
            (kind, line) =>
            {
                using var document = JsonDocument.Parse(line);
                analysis.Add(kind, document.RootElement);
                comparison.AddPresent(kind, document.RootElement);
                tables.GetValueOrDefault(kind)?.Add(document.RootElement);
            },
            cancellationToken);
        var difference = await CompareAsync(task, comparison, gaps, cancellationToken);
        var result = analysis.Conclude(difference);
        var report = new SnapshotReport(task.Source, task.Organization, task.Item.Id, task.At, task.Zone, result, difference, gaps, [.. collection.Facts.Select(f => f.Query)], tables);
        var manifest = await evidence.CompleteAsync(task.Item, DraftOf(task, report), files, [.. ContentsOf(task, report)], cancellationToken);
        await alarm.RaiseAsync([.. CollectorAlerts.OfFindings(task.Source.Collector.Name, result.Findings, manifest.Id)], cancellationToken);
        return manifest;
    }

    private static List<Gap> GapsOf(SnapshotTask task, Collection collection)
    {
        var asked = collection.Facts.Select(f => f.Kind).ToHashSet(StringComparer.Ordinal);
        var notOffered = task.Source.Kinds.Where(k => !asked.Contains(k.Name)).Select(k => new Gap(k.Name, GapReasons.NotOffered, "not in this cloud", null));
        return [.. collection.Facts.Select(f => f.GapOf(f.Kind, null)).OfType<Gap>(), .. notOffered];
    }

    private static IEnumerable<EvidenceContent> ContentsOf(SnapshotTask task, SnapshotReport report)
    {
        var summary = SnapshotSummary.Of(task.Source.Collector.Name, task.At, report.Result, report.Difference, MostChangesInSummary);
        yield return new("summary.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(summary, Json.Options));
        yield return new("exceptions.csv", "text/csv; charset=utf-8", Finding.ToCsv(report.Result.Findings));
        if (summary.Changes is null)
        {
            yield return new("diff.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(report.Difference, Json.Options));
        }

        if (task.HasWorkbook)
        {
            foreach (var workbook in SnapshotWorkbook.Of(report))
            {
                yield return workbook;
            }
        }
    }

    private static EvidenceDraft DraftOf(SnapshotTask task, SnapshotReport report) => new()
    {
        Id = task.Item.Id,
        FiscalYear = task.FiscalYear,
        Type = EvidenceType.Operation,
        Title = Texts.Get("collector.snapshot.item", task.Source.Collector.Title, SnapshotWorkbook.Local(task.At, task.Zone)),
        Clauses = task.Source.Clauses,
        Controls = task.Source.Controls,
        Period = new Period(task.From, task.At),
        Record = task.Source.Record,
        Source = new EvidenceSource { Graph = new GraphSource(task.Source.Collector.Name, report.Queries) },
        Completeness = report.Gaps.Count == 0 ? Completeness.Complete : Completeness.Partial(report.Gaps),
        CreatedBy = "system",
    };

    /// <summary>The rows of the last snapshot pass by; kinds that one of the two lacks some of would look added or removed as a whole.</summary>
    private async Task<SnapshotDifference> CompareAsync(SnapshotTask task, SnapshotComparison comparison, IReadOnlyList<Gap> gaps, CancellationToken cancellationToken)
    {
        if (task.Previous is not { } previous || task.Source.Tracked.Count == 0)
        {
            return SnapshotDifference.None;
        }

        await sections.ReadAllAsync(
            previous.Folder,
            (kind, line) =>
            {
                using var document = JsonDocument.Parse(line);
                comparison.AddPast(kind, document.RootElement);
            },
            cancellationToken);
        var incomplete = gaps.Where(g => !IsPoorer(task.Source, g)).Select(g => g.What).ToHashSet(StringComparer.Ordinal);
        if (previous.Gaps.Count > 0 && await evidence.FindAsync(previous.EvidenceId, cancellationToken) is { } before)
        {
            incomplete.UnionWith(before.Completeness.Gaps.Where(g => !IsPoorer(task.Source, g)).Select(g => g.What));
        }

        return comparison.Conclude(previous.EvidenceId, incomplete);
    }

    /// <summary>All rows are there, only without a member that is not compared.</summary>
    private static bool IsPoorer(SnapshotSource source, Gap gap) =>
        source.Kinds.Any(k => k.Name == gap.What && k.Richness is { } richness && gap.Detail.StartsWith(richness, StringComparison.Ordinal));

    private sealed record SnapshotTask(
        SnapshotSource Source, DateTimeOffset At, DateTimeOffset From, EvidenceRecording Item, string FiscalYear, Organization Organization, TimeZoneInfo Zone,
        CollectedWindow? Previous, bool HasWorkbook);
}
