using System.Diagnostics.Metrics;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Hosting.Telemetry;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>What is measured is heard in the process, and handed to the host.</summary>
public sealed class MeasurementsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Collected_evidence_counts_its_rows_and_gaps_and_says_how_late_it_came()
    {
        var (heard, sent) = Measure(m => m.Recorded(Collected(new GraphSource("sign-ins", [Query(900), Query(100)]), [Gap("throttled-out"), Gap("throttled-out"), Gap("not-licensed")])));

        Assert.Equal(
            ["isms.collector.gaps=1 sign-ins not-licensed", "isms.collector.gaps=2 sign-ins throttled-out", "isms.collector.lag=3 sign-ins", "isms.collector.rows=1000 sign-ins"],
            heard.Order(StringComparer.Ordinal));
        Assert.Equal(heard.Order(StringComparer.Ordinal), sent.Where(s => s.StartsWith("isms.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("EvidenceRecorded: Evidence log-1 (Operation) was recorded", sent);
    }

    [Fact]
    public void Evidence_that_nobody_collected_is_an_event_and_no_measurement()
    {
        var (heard, sent) = Measure(m => m.Recorded(Collected(null, [])));

        Assert.Empty(heard);
        Assert.Equal(["EvidenceRecorded: Evidence log-1 (Operation) was recorded"], sent);
    }

    [Fact]
    public void Ledger_and_overdue_items_are_measured()
    {
        var (heard, sent) = Measure(m =>
        {
            m.Ledger(4_000);
            m.Overdue(3);
        });

        Assert.Equal(["isms.ledger.size=4000", "isms.items.overdue=3"], heard);
        Assert.Equal(heard, sent);
    }

    private static EvidenceManifest Collected(GraphSource? graph, IReadOnlyList<Gap> gaps) => new()
    {
        Id = "log-1", FiscalYear = "FY2026", Type = EvidenceType.Operation, Title = new LocalizedText("記録", "Record"), Clauses = [], Controls = [],
        Period = new Period(Noon.AddHours(-12), Noon.AddHours(-3)), Source = new EvidenceSource { Graph = graph },
        Completeness = gaps.Count == 0 ? Completeness.Complete : Completeness.Partial(gaps), Files = [], CreatedAt = Noon, CreatedBy = "system", Producer = "1",
    };

    private static GraphQuery Query(long rows) => new("/auditLogs/signIns", [], 1, rows, Noon, Noon);

    private static Gap Gap(string reason) => new("interactive", reason, "429");

    private static (List<string> Heard, List<string> Sent) Measure(Action<Measurements> act)
    {
        List<string> heard = [];
        var log = new SentLog();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter.Name == Measurements.MeterName) l.EnableMeasurementEvents(instrument); } };
        using var measurements = new Measurements(log);
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => heard.Add(Line(i.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => heard.Add(Line(i.Name, value, tags.ToArray())));
        listener.Start();
        act(measurements);
        return (heard, log.Lines);
    }

    private static string Line(string name, double value, IEnumerable<KeyValuePair<string, object?>> tags) => $"{name}={value} {string.Join(' ', tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value))}".TrimEnd();

    /// <summary>What the host is handed, a line each.</summary>
    private sealed class SentLog : ILogger<Measurements>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state as IReadOnlyDictionary<string, object>;
            Lines.Add(eventId.Name == "MS_LogMetric"
                ? Line((string)values!["Name"], (double)values["Value"], values.Where(v => v.Key is not ("Name" or "Value")).Select(v => new KeyValuePair<string, object?>(v.Key, v.Value)))
                : $"{eventId.Name}: {formatter(state, exception)}");
        }
    }
}
