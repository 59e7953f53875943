using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
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

/// <summary>Asks for the windows of a run.</summary>
public sealed record PlanWindows(string InstanceId);

/// <summary>Asks for a kind of sign-in of a window.</summary>
public sealed record PullSignInsInput(WindowTask Window, string Kind, bool Final);

/// <summary>Asks for a window's item.</summary>
public sealed record RecordSignInsInput(string InstanceId, WindowTask Window, bool Last);

/// <summary>Plans, pulls and records windows of sign-ins.</summary>
public sealed class SignInsActivities(
    CollectorRuns runs, EvidenceStore evidence, EvidenceBlobs blobs, EvidencePull pull, GraphRequests requests, OrganizationStore organizations,
    IOptions<MonitoringOptions> options, TimeProvider clock)
{
    private static readonly string Name = CollectorCatalogue.SignIns.Name;

    /// <summary>Decides which windows the run collects, and begins their items. Ends the run when there are none.</summary>
    [Function(nameof(PlanSignInWindows))]
    public async Task<IReadOnlyList<WindowTask>> PlanSignInWindows([ActivityTrigger] PlanWindows input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var state = await runs.FindAsync(Name, cancellationToken);
        var windows = SignInWindows.Of(state, input.InstanceId, clock.GetUtcNow(), options.Value.SignInLag, options.Value.SignInRetention, zone);
        var tasks = new List<WindowTask>();
        foreach (var (period, attempt, supersedes) in windows)
        {
            var year = FiscalYear.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(period.From, zone).DateTime), organization.FiscalYearStartMonth);
            var id = EvidenceIds.OfWindow(Name, period.From, period.To, attempt);
            var item = await evidence.BeginAsync(id, year.Id, EvidenceType.Operation, cancellationToken);
            var before = CollectorRules.Touching(state, period.From - options.Value.SignInOverlap, period.From).Select(w => w.Folder)
                .Concat(tasks.Where(t => t.To > period.From - options.Value.SignInOverlap && t.From < period.From).Select(t => t.Item.Folder));
            tasks.Add(new WindowTask(period.From, period.To, item, year.Id, attempt, supersedes, [.. before]));
        }

        if (tasks.Count == 0)
        {
            await runs.UpdateAsync(Name, s => CollectorRules.End(s, input.InstanceId, clock.GetUtcNow(), null), cancellationToken);
        }

        return tasks;
    }

    /// <summary>Pulls a kind of sign-in into the window's item, from the overlap before it to its end.</summary>
    [Function(nameof(PullSignIns))]
    public async Task<PullOutcome> PullSignIns([ActivityTrigger] PullSignInsInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (window, file) = (input.Window, SignInKinds.FileOf(input.Kind));
        var from = window.From - options.Value.SignInOverlap;
        var known = await KnownRowsAsync(window.Before, file, from, cancellationToken);
        var query = SignInKinds.Query(input.Kind, from, window.To);
        var pulled = await pull.PullAsync(
            window.Item, file, query, input.Final, requests.NewPatience(), new Overlap(window.From, known), cancellationToken: cancellationToken);
        return new PullOutcome(pulled.ResumeAt);
    }

    /// <summary>Analyses the window's rows, completes its item and moves the watermark.</summary>
    [Function(nameof(RecordSignIns))]
    public async Task RecordSignIns([ActivityTrigger] RecordSignInsInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var window = input.Window;
        var organization = await organizations.GetAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var period = new Period(window.From, window.To);
        var analysis = new SignInAnalysis(period, organization.Policy, zone, await AdministratorsAsync(cancellationToken));
        var files = new List<EvidenceFile>();
        var facts = new List<PullFacts>();
        foreach (var kind in SignInKinds.All)
        {
            var file = await AnalyseAsync(analysis, window, kind, cancellationToken);
            files.Add(file.File);
            facts.Add(PullFacts.Read(file, "sign-ins: " + kind, period));
        }

        List<Gap> gaps = [.. facts.Select(f => f.Gap).OfType<Gap>()];
        if (window.From < window.Item.CreatedAt - options.Value.SignInRetention)
        {
            gaps.Add(new Gap("sign-ins", GapReasons.NotOffered, "older than the service keeps its log", period));
        }

        var findings = analysis.Findings();
        var draft = new EvidenceDraft
        {
            Id = window.Item.Id,
            FiscalYear = window.FiscalYear,
            Type = EvidenceType.Operation,
            Title = Texts.Get($"collector.{Name}.item", Local(window.From, zone), Local(window.To, zone)),
            Clauses = ["9.1"],
            Controls = ["8.15", "8.16"],
            Period = period,
            Record = "sign-in-log",
            Source = new EvidenceSource { Graph = new GraphSource(Name, [.. facts.Select(f => f.Query)]) },
            Completeness = gaps.Count == 0 ? Completeness.Complete : Completeness.Partial(gaps),
            Supersedes = window.Supersedes,
            CreatedBy = "system",
        };
        EvidenceContent[] made =
        [
            new("summary.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(analysis.Summary(findings), Json.Options)),
            new("exceptions.csv", "text/csv; charset=utf-8", Finding.ToCsv(findings)),
        ];
        var item = await evidence.CompleteAsync(window.Item, draft, files, made, cancellationToken);
        var collected = new CollectedWindow(
            window.From, window.To, item.Id, window.Item.Folder, window.Attempt, [.. item.Completeness.Gaps.Select(g => g.Reason).Distinct(StringComparer.Ordinal)]);
        await runs.UpdateAsync(
            Name,
            s => input.Last
                ? CollectorRules.End(CollectorRules.Record(s, collected), input.InstanceId, clock.GetUtcNow(), null)
                : CollectorRules.Record(s, collected),
            cancellationToken);
    }

    private async Task<StoredFile> AnalyseAsync(SignInAnalysis analysis, WindowTask window, string kind, CancellationToken cancellationToken)
    {
        var path = EvidencePull.PathOf(SignInKinds.FileOf(kind));
        await using var file = await blobs.OpenFileAsync(window.Item.Folder, path, cancellationToken) ?? throw new FileNotFoundException(path);
        await RowLines.ReadAsync(file.Content, row => analysis.Add(kind, row.Span), cancellationToken);
        return file.Stored;
    }

    /// <summary>The rows that earlier evidence holds of the time the overlap brings again.</summary>
    private async Task<IReadOnlySet<UInt128>> KnownRowsAsync(
        IReadOnlyList<string> folders, string file, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var known = new HashSet<UInt128>();
        foreach (var folder in folders)
        {
            await using var earlier = await blobs.OpenFileAsync(folder, EvidencePull.PathOf(file), cancellationToken);
            if (earlier is null)
            {
                continue; // Not recorded after all: its rows are then new here.
            }

            await RowLines.ReadAsync(
                earlier.Content,
                row =>
                {
                    if (!(RowFields.TimeOf(row.Span, "createdDateTime"u8) < from))
                    {
                        known.Add(RowFields.DigestOf(row.Span));
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
            || await blobs.OpenFileAsync(latest.Folder, AccessRightsActivities.AdministratorsFile, cancellationToken) is not { } file)
        {
            return null;
        }

        await using (file)
        {
            return (await JsonSerializer.DeserializeAsync<string[]>(file.Content, Json.Options, cancellationToken))!.ToHashSet(StringComparer.Ordinal);
        }
    }

    private static string Local(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
