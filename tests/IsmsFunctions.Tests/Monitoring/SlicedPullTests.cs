using System.Text;
using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Options;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Questions about a log that are too much for the service: they are asked in halves, and what is held is known to the slice.</summary>
public sealed class SlicedPullTests : IAsyncLifetime
{
    private static readonly Period Window = new(TenantBench.Now.AddHours(-32), TenantBench.Now.AddHours(-16));
    private readonly GraphCollection question = SignInKinds.Query("interactive", Window.From, Window.To);
    private TenantBench bench = null!;

    public async Task InitializeAsync() => bench = await TenantBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_question_that_takes_too_long_is_asked_in_halves_and_every_row_comes_once_in_its_order()
    {
        await bench.FaultAsync(new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.GatewayTimeout, Times = 6 });

        var (report, rows) = await PullAsync(null);

        Assert.Null(report.Failure);
        Assert.Empty(report.Open!);
        Assert.Equal(await bench.TenantRowsAsync(question.Query), rows);
    }

    [Fact]
    public async Task What_is_too_much_however_small_is_left_open_and_the_rest_is_read()
    {
        await bench.FaultAsync(new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.GatewayTimeout, Times = 30 });

        var (report, rows) = await PullAsync(null);

        Assert.Equal((GapReasons.ServiceError, true), (report.Failure!.Reason, report.Failure.Detail.StartsWith("504", StringComparison.Ordinal)));
        Assert.Equal([new Period(Window.To.AddHours(-1), Window.To)], report.Open!);
        var truth = await bench.TenantRowsAsync(question.Query);
        Assert.Equal(truth.Where(r => TimeOf(r) < Window.To.AddHours(-1)), rows);

        var (rest, last) = await PullAsync(report with { Failure = null });

        Assert.Null(rest.Failure);
        Assert.Equal(truth.Where(r => TimeOf(r) >= Window.To.AddHours(-1)), last);
    }

    [Fact]
    public async Task A_gap_names_the_time_that_is_missing_and_no_more()
    {
        var report = new PullReport { Query = question.Query, StartedAt = Window.From, Open = [Part(14, 15), Part(13, 14), Part(4, 5)] };
        await using var rows = new RowFile(_ => throw new InvalidOperationException(), 1_000_000);
        var facts = KindFacts.Of("interactive", report, rows, (GapReasons.ServiceError, "504"));

        Assert.Equal([Part(4, 5), Part(13, 15)], facts.GapsOf("sign-ins", Window).Select(g => g.Period));
        Assert.Equal([Part(13, 14)], facts.GapsOf("sign-ins", new Period(Window.From.AddHours(6), Window.From.AddHours(14))).Select(g => g.Period));
        Assert.Equal(facts.Open, KindFacts.Of(new(new EvidenceFile("x", "y", 1, "z"), facts.ToMetadata())).Open);
        Assert.Empty((facts with { GapReason = null }).GapsOf("sign-ins", Window));
    }

    private static Period Part(int from, int to) => new(Window.From.AddHours(from), Window.From.AddHours(to));

    private static DateTimeOffset TimeOf(string row) => JsonDocument.Parse(row).RootElement.GetProperty("createdDateTime").GetDateTimeOffset();

    private async Task<(PullReport Report, List<string> Rows)> PullAsync(PullReport? before)
    {
        var sink = new Rows();
        var pull = new GraphPull(bench.Http, bench.Requests, Options.Create(new GraphOptions { BaseAddress = bench.Tenant.BaseAddress }), bench.Clock);
        return (await pull.PullAsync(question, sink, null, before, bench.Requests.NewPatience(), default), sink.Taken);
    }

    private sealed class Rows : IRowSink
    {
        public List<string> Taken { get; } = [];

        public void Add(ReadOnlySpan<byte> row) => Taken.Add(Encoding.UTF8.GetString(row));

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
