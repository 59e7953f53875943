using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Monitoring.Snapshots;
using Isms.Objectives;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Objectives.Sources;

/// <summary>Counts what the collectors recorded: whether it is complete, and what exceeded the organisation's policy when it was looked at last.</summary>
public sealed class MonitoringMeasures(IEvidenceStore evidence, OrganizationStore organizations) : IMeasureSource
{
    private const string Complete = "collectors-complete";
    private const string MfaCoverage = "mfa-coverage";
    private const string AllExceptions = "access-rights-exceptions";
    private const string AccessRights = "access-rights-sheet";
    private const int PageSize = 200;

    private const string Privileged = "privileged-accounts";
    private const string StaleAccounts = "stale-accounts";

    private static readonly string[] Collected = [AccessRights, "sign-in-log"];

    /// <summary>The measures that are a figure of a collector's newest snapshot: the record and the figure.</summary>
    private static readonly Dictionary<string, (string Record, string Figure)> Figures = new(StringComparer.Ordinal)
    {
        [MfaCoverage] = ("authentication-settings", "mfa-capable"),
        [StaleAccounts] = ("account-list", "stale-accounts"),
        ["device-compliance"] = ("device-list", "devices-compliant"),
        ["secure-score"] = ("secure-score", "secure-score"),
    };

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["stale-administrators"] = "stale-administrator",
        ["guests-due-for-review"] = "guest-due-for-review",
    };

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } =
    [
        MeasuresOf.Share(Complete, "9.1", "8.15", "8.16"),
        MeasuresOf.Share(MfaCoverage, "9.1", "8.5"),
        MeasuresOf.Count(AllExceptions, "9.1", "5.15", "5.18", "8.2"),
        MeasuresOf.Count("stale-administrators", "9.1", "5.18", "8.2"),
        MeasuresOf.Count("guests-due-for-review", "9.1", "5.18"),
        MeasuresOf.Count(Privileged, "9.1", "8.2"),
        MeasuresOf.Count(StaleAccounts, "9.1", "5.16"),
        MeasuresOf.Share("device-compliance", "9.1", "8.1"),
        MeasuresOf.Share("secure-score", "9.1", "5.36"),
    ];

    /// <inheritdoc/>
    public async Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        return measure switch
        {
            Complete => await CompletenessAsync(period, cancellationToken),
            _ when Figures.TryGetValue(measure, out var figure) => await FigureAsync(measure, figure.Record, figure.Figure, period, cancellationToken),
            _ => await ExceptionsAsync(measure, period, cancellationToken),
        };
    }

    private async Task<MeasuredValue> CompletenessAsync(MeasurePeriod period, CancellationToken cancellationToken)
    {
        var items = new List<EvidenceManifest>();
        foreach (var record in Collected)
        {
            items.AddRange(await ListAsync(record, period, cancellationToken));
        }

        items = [.. items.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id, StringComparer.Ordinal)];
        var incomplete = items.Where(i => i.Completeness.Gaps.Count > 0).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);

        // Those with gaps last, since of a long series only the newest are named: they are what somebody has to look at.
        return MeasuredValue.Share(
            items.Count - incomplete.Count, items.Count, Texts.Get("measure.collectors.nothing"), items.Select(i => i.Id).OrderBy(incomplete.Contains));
    }

    /// <summary>A figure of the newest snapshot of the period; what that could not read is not measured.</summary>
    private async Task<MeasuredValue> FigureAsync(string measure, string record, string figure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        var nothing = Texts.Get(measure == MfaCoverage ? "measure.mfa-coverage.nothing" : "measure.snapshot.nothing");
        var newest = (await ListAsync(record, period, cancellationToken)).MaxBy(i => (i.Period.To, i.CreatedAt));
        await using var stream = newest is null ? null : await evidence.OpenAsync(newest, "summary.json", cancellationToken);
        var summary = stream is null ? null : await JsonSerializer.DeserializeAsync<SnapshotSummary>(stream, Json.Options, cancellationToken);
        if (newest is null || summary?.Figures.GetValueOrDefault(figure) is not { Value: { } value } found)
        {
            return MeasuredValue.Nothing(nothing, newest is null ? null : [newest.Id]);
        }

        return measure == StaleAccounts || found.Of is not { } whole
            ? MeasuredValue.Count((int)value, [newest.Id])
            : MeasuredValue.Share((int)Math.Round(value), (int)Math.Round(whole), nothing, [newest.Id]);
    }

    private async Task<MeasuredValue> ExceptionsAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        var newest = (await ListAsync(AccessRights, period, cancellationToken)).MaxBy(i => (i.Period.To, i.CreatedAt));
        await using var stream = newest is null ? null : await evidence.OpenAsync(newest, "summary.json", cancellationToken);
        var summary = stream is null ? null : await JsonSerializer.DeserializeAsync<AccessRightsSummary>(stream, Json.Options, cancellationToken);
        if (newest is null || summary?.Exceptions is not { } found)
        {
            return MeasuredValue.Nothing(Texts.Get("measure.access-rights.nothing"));
        }

        if (measure == Privileged)
        {
            return MeasuredValue.Count(summary.Administrators.Count, [newest.Id]);
        }

        return MeasuredValue.Count(measure == AllExceptions ? found.Values.Sum() : found.GetValueOrDefault(Exceptions[measure]), [newest.Id]);
    }

    /// <summary>What was recorded of the period, without what a later item corrects.</summary>
    private async Task<IReadOnlyList<EvidenceManifest>> ListAsync(string record, MeasurePeriod period, CancellationToken cancellationToken)
    {
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var (from, to) = (office.StartOf(period.From), office.StartOf(period.Until.AddDays(1)));
        var query = new EvidenceQuery(Record: record, From: from, To: to);
        var items = new List<EvidenceManifest>();
        string? token = null;
        do
        {
            var page = await evidence.ListAsync(query, PageSize, token, cancellationToken);
            items.AddRange(page.Items);
            token = page.ContinuationToken;
        }
        while (token is not null);
        var superseded = items.Select(i => i.Supersedes).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. items.Where(i => !superseded.Contains(i.Id) && i.Period.From < to && i.Source.Graph is not null)];
    }
}
