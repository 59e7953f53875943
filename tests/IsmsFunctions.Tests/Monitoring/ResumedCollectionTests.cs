using System.Text.Json;
using Isms.Evidence;
using IsmsFunctions.Monitoring;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Collections of many rows that somebody ends in the middle.</summary>
public sealed class ResumedCollectionTests : IAsyncLifetime
{
    private TenantBench bench = null!;

    public async Task InitializeAsync()
    {
        bench = await TenantBench.StartAsync(o => o with { SignInsPerDay = 6_000 });
        (bench.Monitoring.Value.LargestSection, bench.Monitoring.Value.LargestPart) = (100_000, 2_000_000);
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Many_rows_stand_in_files_that_end_at_pages()
    {
        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        var query = item.Source.Graph!.Requests[0];
        Assert.True(query.Parts > 2);
        Assert.Equal("complete", item.Completeness.Status);
        Assert.Equal(await ExpectedAsync(item), await bench.RowsAsync(item, "interactive"));
        Assert.Equal(query.Rows, (await bench.RowsAsync(item, "interactive")).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task A_collector_that_is_killed_at_a_page_goes_on_without_losing_or_doubling_a_row(int page)
    {
        bench.KillAtRequest = page;
        await Assert.ThrowsAnyAsync<Exception>(() => bench.CollectSignInsAsync("schedule"));
        Assert.Null(bench.KillAtRequest);

        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        Assert.Equal("complete", item.Completeness.Status);
        foreach (var kind in SignInKinds.All)
        {
            var expected = await bench.TenantRowsAsync(SignInKinds.Query(kind, item.Period.From.AddHours(-6), item.Period.To).Query);
            Assert.Equal(expected, await bench.RowsAsync(item, kind));
        }
    }

    [Fact]
    public async Task What_was_read_before_the_kill_is_not_read_again_but_for_the_pages_that_tell_there_are_many()
    {
        bench.KillAtRequest = 12;
        await Assert.ThrowsAnyAsync<Exception>(() => bench.CollectSignInsAsync("schedule"));
        var before = await RequestsAsync();
        await bench.CollectSignInsAsync("schedule");
        var pages = (await bench.Evidence.ListAsync(new(Record: "sign-in-log"), 1, null, default)).Items[0].Source.Graph!.Requests.Sum(r => r.Pages);
        Assert.True(await RequestsAsync() - before < pages);
    }

    [Fact]
    public async Task A_collection_that_takes_longer_than_an_activity_may_is_gone_on_with_by_the_next()
    {
        bench.Monitoring.Value.Turn = TimeSpan.FromSeconds(25);

        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        Assert.Equal("complete", item.Completeness.Status);
        Assert.Equal(await ExpectedAsync(item), await bench.RowsAsync(item, "interactive"));
        Assert.True(bench.Turns > 1);
    }

    [Fact]
    public async Task A_skip_token_that_expires_after_many_rows_begins_again_and_recognises_all_of_them()
    {
        await bench.FaultAsync(
            new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.ExpiredSkipToken, Nth = 5 },
            new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.TooManyRequests, Nth = 8, RetryAfterSeconds = 7_200 });

        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        await bench.ClearFaultsAsync();
        Assert.Equal("complete", item.Completeness.Status);
        Assert.Equal(await ExpectedAsync(item), await bench.RowsAsync(item, "interactive"));
        Assert.True(item.Source.Graph!.Requests[0].Repeated > 0);
        Assert.True(item.Source.Graph.Requests[0].Requests > item.Source.Graph.Requests[0].Pages);
    }

    private Task<string[]> ExpectedAsync(EvidenceManifest item) =>
        bench.TenantRowsAsync(SignInKinds.Query("interactive", item.Period.From.AddHours(-6), item.Period.To).Query);

    private async Task<int> RequestsAsync()
    {
        using var http = new HttpClient();
        using var stats = JsonDocument.Parse(await http.GetStringAsync(new Uri(bench.Tenant.BaseAddress, "/_tenant/stats")));
        return stats.RootElement.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.EndsWith("/auditLogs/signIns", StringComparison.Ordinal)).Sum(p => p.Value.GetProperty("requests").GetInt32());
    }
}
