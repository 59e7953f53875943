using System.Diagnostics.Metrics;
using Isms.Evidence;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Hosting.Telemetry;

/// <summary>
/// What is measured of the app: instruments of the meter <see cref="MeterName"/> for whoever listens in the process, and the same values by way of the Functions host, which
/// sends them to Application Insights without a package in the app. Values are counts and times; no person is among what tells them apart.
/// </summary>
public sealed partial class Measurements : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "IsmsFunctions";

    /// <summary>Rows that a collector recorded.</summary>
    public const string CollectedRows = "isms.collector.rows";

    /// <summary>What a collector could not get.</summary>
    public const string CollectedGaps = "isms.collector.gaps";

    /// <summary>Hours from the end of the time that an item speaks of to its recording.</summary>
    public const string CollectedLag = "isms.collector.lag";

    /// <summary>Plan items beyond their date.</summary>
    public const string OverdueItems = "isms.items.overdue";

    /// <summary>Entries of the ledger.</summary>
    public const string LedgerSize = "isms.ledger.size";

    private readonly Meter meter = new(MeterName);
    private readonly ILogger<Measurements> logger;
    private readonly Counter<long> rows;
    private readonly Counter<long> gaps;
    private readonly Histogram<double> lag;
    private readonly Gauge<long> overdue;
    private readonly Gauge<long> ledger;

    /// <summary>Makes the instruments.</summary>
    public Measurements(ILogger<Measurements> logger)
    {
        this.logger = logger;
        rows = meter.CreateCounter<long>(CollectedRows, "{row}", "Rows that a collector recorded.");
        gaps = meter.CreateCounter<long>(CollectedGaps, "{gap}", "What a collector could not get.");
        lag = meter.CreateHistogram<double>(CollectedLag, "h", "Time from the end of a period to its recording.");
        overdue = meter.CreateGauge<long>(OverdueItems, "{item}", "Plan items beyond their date.");
        ledger = meter.CreateGauge<long>(LedgerSize, "{entry}", "Entries of the ledger.");
    }

    /// <summary>An item of evidence stands in the ledger. The event carries its id under the operation that recorded it, which is how a request leads to its evidence.</summary>
    public void Recorded(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        EvidenceRecorded(logger, item.Id, item.Type);
        if (item.Source.Graph is not { } graph)
        {
            return;
        }

        var kept = graph.Requests.Sum(r => r.Rows);
        rows.Add(kept, Tag("collector", graph.Collector));
        Send(CollectedRows, kept, Tag("collector", graph.Collector));
        foreach (var reason in item.Completeness.Gaps.GroupBy(g => g.Reason, StringComparer.Ordinal))
        {
            gaps.Add(reason.Count(), Tag("collector", graph.Collector), Tag("reason", reason.Key));
            Send(CollectedGaps, reason.Count(), Tag("collector", graph.Collector), Tag("reason", reason.Key));
        }

        var hours = (item.CreatedAt - item.Period.To).TotalHours;
        lag.Record(hours, Tag("collector", graph.Collector));
        Send(CollectedLag, hours, Tag("collector", graph.Collector));
    }

    /// <summary>So many plan items are beyond their date.</summary>
    public void Overdue(int items)
    {
        overdue.Record(items);
        Send(OverdueItems, items);
    }

    /// <summary>The ledger has so many entries.</summary>
    public void Ledger(long entries)
    {
        ledger.Record(entries);
        Send(LedgerSize, entries);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void Send(string name, double value, params KeyValuePair<string, object?>[] tags) =>
        logger.LogMetric(name, value, tags.ToDictionary(t => t.Key, t => t.Value!));

    [LoggerMessage(EventId = 1401, EventName = "EvidenceRecorded", Level = LogLevel.Information, Message = "Evidence {Id} ({Type}) was recorded")]
    private static partial void EvidenceRecorded(ILogger logger, string id, EvidenceType type);
}
