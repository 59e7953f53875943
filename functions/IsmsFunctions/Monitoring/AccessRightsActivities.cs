using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Snapshots;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>Asks for a snapshot of access rights.</summary>
/// <param name="InstanceId">The run.</param>
/// <param name="At">The moment it is dated.</param>
/// <param name="Final">Whether it is recorded whatever is missing.</param>
/// <param name="Before">How the attempt before ended.</param>
public sealed record TakeAccessRightsInput(string InstanceId, DateTimeOffset At, bool Final, PullOutcome? Before);

/// <summary>Takes and records snapshots of who may do what.</summary>
public sealed class AccessRightsActivities(
    CollectorRuns runs, EvidenceStore evidence, EvidenceBlobs blobs, CollectionEngine engine, OrganizationStore organizations,
    ICollectorAlarm alarm, IOptions<MonitoringOptions> options, TimeProvider clock)
{
    /// <summary>The file with the counts, the changes and the object ids of administrators.</summary>
    public const string SummaryFile = "summary.json";

    /// <summary>The file with the changes where they are many: a line for each, so that it is written – and read – without all of them in memory.</summary>
    public static readonly string ChangesFile = RowSections.PathOf("diff");

    // Up to here the summary itself tells what changed; a reorganisation of a large tenant goes to a file of its own.
    private const int MostChangesInSummary = 500;
    private static readonly string Name = CollectorCatalogue.AccessRights.Name;
    private static readonly string RightsFile = RowSections.PathOf("rights");

    /// <summary>
    /// Pulls the raw rows, draws the access rights sheet, compares it with the last one, and records the item. One activity, since a small tenant's snapshot
    /// takes a second; a service that puts it off is waited for outside.
    /// </summary>
    [Function(nameof(TakeAccessRights))]
    public async Task<PullOutcome> TakeAccessRights([ActivityTrigger] TakeAccessRightsInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var at = input.At.AddTicks(-(input.At.Ticks % TimeSpan.TicksPerSecond));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var year = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime), organization.FiscalYearStartMonth).Id;
        var item = await evidence.BeginAsync(EvidenceIds.OfWindow(Name, at, at), year, EvidenceType.Operation, cancellationToken);
        var collection = engine.Open(item, AccessRightsSources.All);
        var outcome = await collection.PullAsync(input.Before, input.Final, cancellationToken);
        if (outcome.ResumeAt is not null)
        {
            return outcome;
        }

        var manifest = await RecordAsync(new Snapshot(at, item, year, organization, zone), input.InstanceId, collection, cancellationToken);
        var collected = new CollectedWindow(
            at, at, item.Id, item.Folder, 0, [.. manifest.Completeness.Gaps.Select(g => g.Reason).Distinct(StringComparer.Ordinal)]);
        await runs.UpdateAsync(
            Name, s => CollectorRules.End(CollectorRules.Record(s, collected), input.InstanceId, clock.GetUtcNow(), null), cancellationToken);
        return PullOutcome.Done;
    }

    private async Task<EvidenceManifest> RecordAsync(Snapshot task, string instanceId, Collection collection, CancellationToken cancellationToken)
    {
        var withGaps = collection.Facts.Where(f => f.HasGap).Select(f => f.Kind).ToHashSet(StringComparer.Ordinal);
        var snapshot = new AccessRightsSnapshot
        {
            KnowsOwners = !withGaps.Contains(AccessRightsKinds.ServicePrincipalOwners) && !withGaps.Contains(AccessRightsKinds.ServicePrincipals),
            KnowsSignInActivity = !withGaps.Contains(AccessRightsKinds.Users),
        };
        var files = (await collection.ReadAsync(snapshot.Add, cancellationToken)).ToList();
        var gaps = collection.Facts.Select(f => f.GapOf(f.Kind, null)).OfType<Gap>().ToArray();
        var analysis = new AccessRightsAnalysis(snapshot, task.Organization.Policy, task.At);
        var findings = analysis.Findings();
        var difference = await CompareAsync(task.At, analysis.Rights(), gaps.Length > 0, cancellationToken);
        files.Add(await WriteLinesAsync(task.Item, RightsFile, analysis.Rights(), cancellationToken));
        var isDue = await IsWorkbookDueAsync(task, instanceId, cancellationToken);
        var isSmall = difference.Gained.Count + difference.Lost.Count <= MostChangesInSummary;
        var summary = analysis.Summary(difference, findings) with { Changes = isSmall ? difference : null };
        List<EvidenceContent> made =
        [
            new(SummaryFile, "application/json", JsonSerializer.SerializeToUtf8Bytes(summary, Json.Options)),
            new("exceptions.csv", "text/csv; charset=utf-8", Finding.ToCsv(findings)),
        ];
        if (!isSmall)
        {
            var changes = difference.Gained.Select(r => new Change("gained", r)).Concat(difference.Lost.Select(r => new Change("lost", r)));
            files.Add(await WriteLinesAsync(task.Item, ChangesFile, changes, cancellationToken));
        }

        if (isDue)
        {
            made.AddRange(AccessRightsWorkbook.Of(new AccessRightsReport(
                task.Organization, task.Item.Id, task.At, task.Zone, summary, analysis.Rights(), difference, findings, gaps, options.Value.WorkbookRows)));
        }

        var manifest = await evidence.CompleteAsync(task.Item, DraftOf(task, collection, gaps), files, made, cancellationToken);
        await alarm.RaiseAsync([.. CollectorAlerts.OfRights(Name, difference, manifest.Id)], cancellationToken);
        return manifest;
    }

    private async Task<bool> IsWorkbookDueAsync(Snapshot task, string instanceId, CancellationToken cancellationToken)
    {
        var state = await runs.FindAsync(Name, cancellationToken);
        var isByPerson = state.FindRun(instanceId) is { } run && run.StartedBy != CollectorRuns.Schedule;
        return SnapshotWorkbook.IsDue(state.Collected.LastOrDefault(w => w.From < task.At)?.From, task.At, isByPerson, task.Zone);
    }

    private static EvidenceDraft DraftOf(Snapshot task, Collection collection, Gap[] gaps)
    {
        var local = TimeZoneInfo.ConvertTime(task.At, task.Zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return new EvidenceDraft
        {
            Id = task.Item.Id,
            FiscalYear = task.FiscalYear,
            Type = EvidenceType.Operation,
            Title = Texts.Get($"collector.{Name}.item", local),
            Clauses = ["8.1", "9.1"],
            Controls = ["5.15", "5.18", "8.2"],
            Period = new Period(task.At, task.At),
            Record = "access-rights-sheet",
            Source = new EvidenceSource { Graph = new GraphSource(Name, [.. collection.Facts.Select(f => f.Query)]) },
            Completeness = gaps.Length == 0 ? Completeness.Complete : Completeness.Partial(gaps),
            CreatedBy = "system",
        };
    }

    /// <summary>A kind of right that one of the two snapshots could not read is left out: it would look lost or gained as a whole.</summary>
    private async Task<RightsDifference> CompareAsync(DateTimeOffset at, IReadOnlyList<Right> rights, bool hasGaps, CancellationToken cancellationToken)
    {
        var state = await runs.FindAsync(Name, cancellationToken);
        if (state.Collected.LastOrDefault(w => w.From < at) is not { } previous
            || await blobs.OpenFileAsync(previous.Folder, RightsFile, cancellationToken) is not { } file)
        {
            return RightsDifference.Between(null, [], rights);
        }

        var comparison = new RightsComparison(rights, isPartial: hasGaps || previous.Gaps.Count > 0);
        await using (file)
        {
            await RowLines.ReadAsync(file.Content, line => comparison.Add(JsonSerializer.Deserialize<Right>(line.Span, Json.Options)!), cancellationToken);
        }

        return comparison.End(previous.EvidenceId);
    }

    private async Task<EvidenceFile> WriteLinesAsync<T>(EvidenceRecording item, string path, IEnumerable<T> lines, CancellationToken cancellationToken)
    {
        await using var writer = evidence.CreateFile(item, path, RowSections.MediaType);
        foreach (var line in lines)
        {
            await writer.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, Json.Options), cancellationToken);
            await writer.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }

        return (await writer.CommitAsync(new Dictionary<string, string>(), cancellationToken)).File;
    }

    private sealed record Change(string What, Right Right);

    private sealed record Snapshot(DateTimeOffset At, EvidenceRecording Item, string FiscalYear, Organization Organization, TimeZoneInfo Zone);
}
