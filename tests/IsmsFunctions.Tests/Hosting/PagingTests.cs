using IsmsFunctions.Tests.Audits;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>Lists that grow are answered a page at a time.</summary>
public sealed class PagingTests : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await AuditPlay.StartAppAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Audits_and_corrective_actions_come_in_pages_that_hold_each_once()
    {
        var play = new AuditPlay(app);
        foreach (var department in new[] { "sales", "it", "sales" })
        {
            await play.StartAsync();
            (await app.PostAsync("secretariat", "corrective-actions", new { department, requirement = "規程", fact = "事実" })).Expect(202);
            await app.SettleAsync();
        }

        Assert.Equal([["audit-FY2026-01", "audit-FY2026-02"], ["audit-FY2026-03"]], await PagesAsync("audits?top=2"));
        Assert.Equal([["audit-FY2026-01", "audit-FY2026-02", "audit-FY2026-03"]], await PagesAsync("audits?fy=FY2026&top=3"));
        Assert.Equal([["action-FY2026-001", "action-FY2026-002"], ["action-FY2026-003"]], await PagesAsync("corrective-actions?top=2"));
        Assert.Equal([["action-FY2026-001"], ["action-FY2026-003"]], await PagesAsync("corrective-actions?top=1&state=open&owner=suzuki"));
    }

    [Fact]
    public async Task A_years_items_come_in_pages_that_hold_each_once()
    {
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();

        var pages = await PagesAsync("years/FY2026/items?top=50");

        Assert.Equal([50, 50, 22], pages.Select(p => p.Count));
        Assert.Equal((await PagesAsync("years/FY2026/items")).Single(), pages.SelectMany(p => p));
        Assert.Equal(122, pages.SelectMany(p => p).Distinct().Count());
    }

    [Theory]
    [InlineData("audits?top=0", "top-malformed")]
    [InlineData("corrective-actions?top=many", "top-malformed")]
    [InlineData("audits?top=201", "top-malformed")]
    [InlineData("audits?continuationToken=%21", "continuation-token-malformed")]
    [InlineData("audits?continuationToken=YWN0aW9uLUZZMjAyNi0wMDE", "continuation-token-malformed")]
    [InlineData("audits?fy=FY2027&continuationToken=YXVkaXQtRlkyMDI2LTAx", "continuation-token-malformed")]
    public async Task A_page_that_cannot_be_meant_is_refused(string path, string code) =>
        Assert.Equal(code, (await app.GetAsync("secretariat", path)).Expect(400).Code);

    private async Task<IReadOnlyList<IReadOnlyList<string>>> PagesAsync(string path)
    {
        var pages = new List<IReadOnlyList<string>>();
        string? token = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await app.GetAsync("secretariat", token is null ? path : $"{path}{separator}continuationToken={token}")).Expect(200).Json;
            pages.Add([.. page["items"]!.AsArray().Select(i => (string)i!["id"]!)]);
            token = (string?)page["continuationToken"];
        }
        while (token is not null);
        return pages;
    }
}
