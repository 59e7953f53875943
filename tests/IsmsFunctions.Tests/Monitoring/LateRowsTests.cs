using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Monitoring;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Rows that arrive after their window was recorded: the second look finds them before the service forgets them.</summary>
public sealed class LateRowsTests : IAsyncLifetime
{
    private TenantBench bench = null!;

    public async Task InitializeAsync()
    {
        bench = await TenantBench.StartAsync();
        bench.Monitoring.Value.SignInRetention = TimeSpan.FromDays(7);
    }

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Rows_that_came_days_late_are_in_a_supplement_that_names_the_windows_and_no_row_is_in_both()
    {
        var windows = await CollectDaysAsync(4, new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.LateRows, Fraction = 0.1, DelaySeconds = 50 * 3600 });
        Assert.Empty(await LateAsync());
        bench.Clock.Jump(TimeSpan.FromDays(1));

        await bench.CollectSignInsAsync("schedule");

        await bench.ClearFaultsAsync();
        var late = Assert.Single(await LateAsync());
        Assert.Equal(("complete", "sign-in-log-late"), (late.Completeness.Status, late.Record));
        Assert.Equal(windows.Where(w => w.Period.From < late.Period.To).Select(w => w.Id), late.Supplements);
        var all = await bench.TenantRowsAsync(SignInKinds.Query("interactive", late.Period.From, late.Period.To).Query);
        var held = await RowsOfAsync(windows);
        var rows = await bench.RowsAsync(late, "interactive");
        Assert.NotEmpty(rows);
        Assert.Empty(rows.Intersect(held));
        Assert.Empty(all.Except(held.Concat(rows)));
        var query = late.Source.Graph!.Requests[0];
        Assert.Equal((rows.Length, (long?)rows.Length), ((int)query.Rows, query.Late));
        var kinds = (await bench.JsonAsync(late, "summary.json")).GetProperty("kinds").GetProperty("interactive");
        Assert.Equal(rows.Length, kinds.GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task Each_window_is_read_once_more_and_once_only_a_few_at_a_time()
    {
        await CollectDaysAsync(14);

        var late = await LateAsync();
        Assert.All(late, l => Assert.Equal("complete", l.Completeness.Status));
        Assert.All(late.Zip(late.Skip(1)), pair => Assert.Equal(pair.First.Period.To, pair.Second.Period.From));
        Assert.InRange(late.Count, 3, 6);
        var supplemented = late.SelectMany(l => l.Supplements!).ToArray();
        Assert.Equal(supplemented.Distinct(), supplemented);
    }

    [Fact]
    public async Task A_second_look_that_finds_nothing_says_so_and_the_calendar_shows_it()
    {
        var windows = await CollectDaysAsync(6);
        var late = (await LateAsync())[0];

        Assert.Equal(0, late.Source.Graph!.Requests.Sum(r => r.Rows));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var held = await LogArchive.HeldAsync(bench.Evidence, "sign-in-log", windows[0].Period.From, windows[^1].Period.To, default);
        var looks = await LogArchive.HeldAsync(bench.Evidence, "sign-in-log-late", windows[0].Period.From, windows[^1].Period.To, default);
        var calendar = new CoverageCalendar(held, looks, bench.Monitoring.Value.LogTimes, bench.Clock.GetUtcNow(), zone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(windows[0].Period.From, zone).DateTime);
        var days = calendar.Days(first, first.AddDays(5));
        Assert.Equal((SecondLook.Done, SecondLook.NotYet), (days[0].SecondLook, days[^1].SecondLook));
        Assert.All(days, d => Assert.All(d.Hours, h => Assert.Equal(Coverage.Complete, h)));
        Assert.Equal([windows[0].Id, late.Id], days[0].Evidence);
    }

    [Fact]
    public async Task A_second_look_with_a_gap_is_taken_again()
    {
        await CollectDaysAsync(4);
        await bench.FaultAsync(new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.MissingPermission });
        bench.Clock.Jump(TimeSpan.FromDays(1));
        await bench.CollectSignInsAsync("schedule");
        await bench.ClearFaultsAsync();
        bench.Clock.Jump(TimeSpan.FromHours(2));
        await bench.CollectSignInsAsync("schedule");

        var late = await LateAsync();
        Assert.Equal(["partial", "complete"], late.Take(2).Select(l => l.Completeness.Status));
        Assert.Equal(late[0].Supplements, late[1].Supplements);
        Assert.NotEqual(late[0].Id, late[1].Id);
    }

    [Fact]
    public async Task A_later_version_of_a_row_is_kept_and_not_counted_again()
    {
        var known = new KnownRows();
        known.Add("""{"id":"a","createdDateTime":"2026-04-01T00:00:00Z","x":1}"""u8);
        known.Add("""{"id":"b","createdDateTime":"2026-04-01T00:00:00Z"}"""u8);
        await using var rows = new RowFile(
            _ => throw new InvalidOperationException(), 1_000_000, new Overlap(new(2026, 4, 2, 0, 0, 0, TimeSpan.Zero), known, "createdDateTime"u8.ToArray()));

        rows.Add("""{"id":"a","createdDateTime":"2026-04-01T00:00:00Z","x":2}"""u8);
        rows.Add("""{"id":"b","createdDateTime":"2026-04-01T00:00:00Z"}"""u8);
        rows.Add("""{"id":"c","createdDateTime":"2026-04-01T00:00:00Z"}"""u8);

        Assert.Equal((2, 1, 1), (rows.Rows, rows.Revised, rows.Late));
    }

    private async Task<List<EvidenceManifest>> CollectDaysAsync(int days, params FaultRule[] faults)
    {
        await bench.FaultAsync(faults);
        var items = new List<EvidenceManifest>();
        for (var day = 0; day < days; day++)
        {
            items.AddRange((await bench.CollectSignInsAsync("schedule")).Where(i => i.Supplements is null));
            if (day < days - 1)
            {
                bench.Clock.Jump(TimeSpan.FromDays(1));
            }
        }

        return items;
    }

    private async Task<IReadOnlyList<EvidenceManifest>> LateAsync() => (await bench.Evidence.ListAsync(new(Record: "sign-in-log-late"), 100, null, default)).Items;

    private async Task<string[]> RowsOfAsync(IEnumerable<EvidenceManifest> items)
    {
        var rows = new List<string>();
        foreach (var item in items)
        {
            rows.AddRange(await bench.RowsAsync(item, "interactive"));
        }

        return [.. rows];
    }
}
