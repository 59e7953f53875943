using System.IO.Compression;
using System.Net;
using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Options;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class SignInCollectionTests : IAsyncLifetime
{
    private static readonly (DateTimeOffset, DateTimeOffset) Day = (new(2026, 4, 8, 15, 0, 0, TimeSpan.Zero), new(2026, 4, 9, 15, 0, 0, TimeSpan.Zero));
    private TenantBench bench = null!;

    public async Task InitializeAsync() => bench = await TenantBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task The_evidence_of_a_day_holds_the_tenants_rows_byte_for_byte()
    {
        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        Assert.Equal(Completeness.Complete.Status, item.Completeness.Status);
        Assert.Equal(new Period(new(2026, 4, 9, 15, 0, 0, TimeSpan.Zero), new(2026, 4, 10, 15, 0, 0, TimeSpan.Zero)), item.Period);
        foreach (var kind in SignInKinds.All)
        {
            var expected = await bench.TenantRowsAsync(SignInKinds.Query(kind, item.Period.From.AddHours(-6), item.Period.To).Query);
            var rows = await bench.RowsAsync(item, kind);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, rows);
            var query = item.Source.Graph!.Requests[SignInKinds.All.ToList().IndexOf(kind)];
            Assert.Equal((rows.Length, query.Pages), (query.Rows, query.RequestIds.Count));
        }

        Assert.True(item.Source.Graph!.Requests[0].Pages > 1);
        var summary = await bench.JsonAsync(item, "summary.json");
        Assert.True(summary.GetProperty("kinds").GetProperty("interactive").GetProperty("rows").GetInt64() > 1_000);
    }

    [Fact]
    public async Task Requests_keep_to_the_budget_so_that_the_tenant_never_refuses_one()
    {
        await bench.CollectSignInsAsync();
        using var http = new HttpClient();
        var stats = await http.GetStringAsync(new Uri(bench.Tenant.BaseAddress, "/_tenant/stats"));
        Assert.DoesNotContain("429", stats, StringComparison.Ordinal);
        Assert.True(bench.Clock.Waited > TimeSpan.Zero);
    }

    [Fact]
    public async Task Storms_of_refusals_cut_bodies_and_repeated_rows_leave_complete_evidence_with_each_row_once()
    {
        await bench.FaultAsync(
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.TooManyRequests, RetryAfterSeconds = 400, Nth = 2 },
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.TooManyRequestsWithoutRetryAfter, Nth = 4 },
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.CutBody, Nth = 3 },
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.ServiceUnavailable, Nth = 6 },
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.GatewayTimeout, Nth = 7 },
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.EmptyPage, Nth = 8 },
            new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.DuplicateRows, Probability = 0.5, Seed = 1 });

        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        await bench.ClearFaultsAsync();
        Assert.Equal("complete", item.Completeness.Status);
        Assert.True(bench.Clock.Waited > TimeSpan.FromSeconds(400));
        foreach (var kind in SignInKinds.All)
        {
            var expected = await bench.TenantRowsAsync(SignInKinds.Query(kind, item.Period.From.AddHours(-6), item.Period.To).Query);
            Assert.Equal(expected, await bench.RowsAsync(item, kind));
        }
    }

    [Fact]
    public async Task An_expired_skip_token_starts_the_slice_again_and_keeps_what_was_read()
    {
        await bench.FaultAsync(new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.ExpiredSkipToken, Nth = 2 });

        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        await bench.ClearFaultsAsync();
        Assert.Equal("complete", item.Completeness.Status);
        var rows = await bench.RowsAsync(item, "interactive");
        Assert.Equal(await bench.TenantRowsAsync(SignInKinds.Query("interactive", item.Period.From.AddHours(-6), item.Period.To).Query), rows);
    }

    [Theory]
    [InlineData(FaultKind.MissingPermission, GapReasons.PermissionPending, "403 Authorization_RequestDenied")]
    [InlineData(FaultKind.MissingLicence, GapReasons.NotLicensed, "403 Authentication_RequestFromNonPremiumTenantOrB2CTenant")]
    [InlineData(FaultKind.PremiumLicenceRequired, GapReasons.NotLicensed, "400 AadPremiumLicenseRequired")]
    [InlineData(FaultKind.ForeignNextLink, GapReasons.ServiceError, "next link leads to another host")]
    [InlineData(FaultKind.CutBody, GapReasons.ServiceError, "")] // A page, or the answer before it has one: slices become small.
    [InlineData(FaultKind.TooManyRequestsWithoutRetryAfter, GapReasons.ThrottledOut, "429 TooManyRequests")]
    public async Task What_cannot_be_read_is_a_gap_with_its_reason_and_the_other_kinds_go_on(FaultKind fault, string reason, string detail)
    {
        await bench.FaultAsync(new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = fault });

        var item = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        Assert.Equal("partial", item.Completeness.Status);
        var gap = Assert.Single(item.Completeness.Gaps);
        Assert.Equal(("sign-ins: interactive", reason, item.Period), (gap.What, gap.Reason, gap.Period));
        Assert.StartsWith(detail, gap.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(await bench.RowsAsync(item, "managedIdentity"));
    }

    [Fact]
    public async Task A_gap_is_closed_by_a_later_run_with_an_item_that_supersedes_the_partial_one()
    {
        await bench.FaultAsync(new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.MissingPermission });
        var partial = Assert.Single(await bench.CollectSignInsAsync("schedule"));
        await bench.ClearFaultsAsync();
        bench.Clock.Jump(TimeSpan.FromHours(1));

        var complete = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        Assert.Equal((partial.Id, partial.Period, "complete"), (complete.Supersedes, complete.Period, complete.Completeness.Status));
        Assert.Empty(await bench.CollectSignInsAsync("schedule"));
    }

    [Fact]
    public async Task Rows_that_came_late_are_in_the_next_windows_evidence_and_no_row_is_in_both()
    {
        await bench.FaultAsync(new FaultRule { Path = "/auditLogs/*", Kind = FaultKind.LateRows, Fraction = 0.2, DelaySeconds = 5 * 3600 });
        var first = Assert.Single(await bench.CollectSignInsAsync("schedule"));
        bench.Clock.Jump(TimeSpan.FromHours(24));
        var second = Assert.Single(await bench.CollectSignInsAsync("schedule"));

        var early = await bench.RowsAsync(first, "interactive");
        var later = await bench.RowsAsync(second, "interactive");
        Assert.Empty(early.Intersect(later));
        var late = (await bench.JsonAsync(second, "summary.json")).GetProperty("kinds").GetProperty("interactive").GetProperty("late").GetInt64();
        Assert.True(late > 0);
        await bench.ClearFaultsAsync();
        var all = await bench.TenantRowsAsync(SignInKinds.Query("interactive", first.Period.From.AddHours(-6), first.Period.To).Query);
        Assert.Empty(all.Except(early.Concat(later)));
    }

    [Fact]
    public async Task The_first_window_of_a_month_and_those_somebody_asks_for_have_a_workbook()
    {
        bench.Monitoring.Value.WorkbookRows = 100;
        var first = Assert.Single(await bench.CollectSignInsAsync("schedule"));
        bench.Clock.Jump(TimeSpan.FromDays(1));
        var second = Assert.Single(await bench.CollectSignInsAsync("schedule"));
        var audits = await bench.CollectDirectoryAuditsAsync("ito");

        Assert.Equal(2, first.Files.Count(f => f.Path.EndsWith(".xlsx", StringComparison.Ordinal)));
        Assert.DoesNotContain(second.Files, f => f.Path.EndsWith(".xlsx", StringComparison.Ordinal));
        Assert.All(audits, a => Assert.Contains(a.Files, f => f.Path == "workbook.ja.xlsx"));
        var text = await SheetTextAsync(first, "workbook.ja.xlsx");
        var rows = (await bench.JsonAsync(first, "summary.json")).GetProperty("kinds").GetProperty("interactive").GetProperty("rows").GetInt64();
        var late = (await bench.JsonAsync(first, "summary.json")).GetProperty("kinds").GetProperty("interactive").GetProperty("late").GetInt64();
        Assert.Contains(Isms.Text.Texts.Get("workbook.more-in", rows + late - 100, "rows*.ndjson.gz").Ja, text, StringComparison.Ordinal);
        Assert.Contains("時間帯別のサインイン", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_costs_few_requests_to_storage()
    {
        await bench.CollectAccessRightsAsync();
        await bench.CollectSignInsAsync("schedule");
        bench.Clock.Jump(TimeSpan.FromDays(1));

        bench.StorageRequests = 0;
        Assert.Single(await bench.CollectSignInsAsync("schedule"));
        Assert.InRange(bench.StorageRequests, 1, 20);

        bench.StorageRequests = 0;
        await bench.CollectAccessRightsAsync();
        Assert.InRange(bench.StorageRequests, 1, 16);
    }

    [Fact]
    public async Task The_tokens_of_a_managed_identity_open_the_tenant()
    {
        // What Azure.Identity reads when it makes a credential; no other test of this assembly makes one.
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", bench.Tenant.IdentityEndpoint.ToString());
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", bench.Tenant.IdentityHeader);
        using var http = new GraphHttp(Options.Create(new GraphOptions { BaseAddress = bench.Tenant.BaseAddress }));
        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Tenant.BaseAddress, "/v1.0/users?$top=5")), default);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_token_goes_nowhere_else()
    {
        Assert.Throws<InvalidOperationException>(() => new GraphHttp(Options.Create(new GraphOptions { BaseAddress = new Uri("http://graph.example/") })));
        await using var other = await SampleTenant.SampleTenantServer.StartAsync(new SampleTenant.SampleTenantOptions());
        Assert.False(bench.Http.IsOwn(other.BaseAddress));
    }

    [Fact]
    public async Task Collecting_a_window_twice_is_one_item_and_the_second_run_says_what_held_it()
    {
        var first = Assert.Single(await bench.CollectSignInsAsync(window: Day));
        bench.Clock.Jump(TimeSpan.FromHours(1));
        Assert.Empty(await bench.CollectSignInsAsync(window: Day));
        var run = (await bench.Runs.FindAsync("sign-ins", default)).Runs[^1];
        Assert.Equal(("completed", first.Id), (run.Status, Assert.Single(run.AlreadyHeld)));
        Assert.Single((await bench.Evidence.ListAsync(new(Record: "sign-in-log"), 10, null, default)).Items);
    }

    [Fact]
    public async Task Of_a_past_time_only_what_nothing_holds_is_pulled_and_no_row_is_held_twice()
    {
        var (from, to) = Day;
        var middle = Assert.Single(await bench.CollectSignInsAsync(window: (from.AddHours(6), from.AddHours(12))));
        bench.Clock.Jump(TimeSpan.FromHours(1));

        var others = await bench.CollectSignInsAsync(window: Day);

        Assert.Equal([new Period(from, from.AddHours(6)), new Period(from.AddHours(12), to)], others.Select(i => i.Period));
        Assert.Equal([middle.Id], (await bench.Runs.FindAsync("sign-ins", default)).Runs[^1].AlreadyHeld);
        foreach (var kind in SignInKinds.All)
        {
            var rows = new List<string>();
            foreach (var item in others.Append(middle))
            {
                rows.AddRange(await bench.RowsAsync(item, kind));
            }

            // The first pull began six hours before its time, the second six hours before the day.
            var expected = await bench.TenantRowsAsync(SignInKinds.Query(kind, from.AddHours(-6), to).Query);
            Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_part_of_a_day_with_a_gap_that_is_asked_for_brings_the_whole_window_once_more()
    {
        await bench.FaultAsync(new FaultRule { Path = "v1.0/auditLogs/signIns", Kind = FaultKind.MissingLicence });
        var partial = Assert.Single(await bench.CollectSignInsAsync(window: Day));
        await bench.ClearFaultsAsync();
        bench.Clock.Jump(TimeSpan.FromHours(1));

        var again = Assert.Single(await bench.CollectSignInsAsync(window: (Day.Item1.AddHours(3), Day.Item1.AddHours(4))));

        Assert.Equal((partial.Id, partial.Period, "complete"), (again.Supersedes, again.Period, again.Completeness.Status));
    }

    [Fact]
    public async Task The_first_run_on_demand_yields_evidence_at_once()
    {
        var items = await bench.CollectSignInsAsync();
        Assert.Equal(24, items.Sum(i => (i.Period.To - i.Period.From).TotalHours));
        Assert.Equal(["exceptions.csv", "rows.interactive.ndjson.gz", "rows.ndjson.gz", "rows.nonInteractiveUser.ndjson.gz", "summary.json", "workbook.en.xlsx", "workbook.ja.xlsx"], items[0].Files.Select(f => f.Path));
        Assert.Equal(["exceptions.csv", "rows.ndjson.gz", "summary.json", "workbook.en.xlsx", "workbook.ja.xlsx"], items[^1].Files.Select(f => f.Path));
        Assert.Equal(items[^1].Period.To, (await bench.Runs.FindAsync("sign-ins", default)).Watermark);
    }

    /// <summary>All that a workbook's parts say, markup included.</summary>
    private async Task<string> SheetTextAsync(EvidenceManifest item, string path)
    {
        await using var stream = (await bench.Evidence.OpenAsync(item, path, default))!;
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole);
        using var zip = new ZipArchive(whole);
        var text = new System.Text.StringBuilder();
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(WebUtility.HtmlDecode(await reader.ReadToEndAsync()));
        }

        return text.ToString();
    }
}
