using System.Globalization;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class PacingTests
{
    [Fact]
    public async Task The_budget_of_the_logs_is_spent_to_95_percent_and_never_exceeded()
    {
        await using var bench = await TenantBench.StartAsync(o => o with { SignInsPerDay = 8_000 });
        var options = Options.Create(new GraphOptions { BaseAddress = bench.Tenant.BaseAddress });
        var pull = new GraphPull(bench.Http, bench.Requests, options, bench.Clock);
        var day = string.Create(CultureInfo.InvariantCulture, $"createdDateTime ge {TenantBench.Now.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}");
        var query = new GraphCollection("v1.0", $"/auditLogs/signIns?$filter={Uri.EscapeDataString(day)}&$top=20", PacingScope.AuditLogs);

        var report = await pull.PullAsync(query, new Nothing(), bench.Requests.NewPatience(), default);

        Assert.Null(report.Failure);
        // Every refusal would have been a request more than there are pages.
        Assert.Equal(report.Pages, report.Requests);
        var seconds = (report.EndedAt - report.StartedAt).TotalSeconds;
        var allowed = 5 * (Math.Floor(seconds / 10) + 1);
        Assert.True(report.Requests > 200, $"{report.Requests} requests");
        Assert.InRange(report.Requests / allowed, 0.95, 1);
    }

    private sealed class Nothing : IRowSink
    {
        public void Add(ReadOnlySpan<byte> row)
        {
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
