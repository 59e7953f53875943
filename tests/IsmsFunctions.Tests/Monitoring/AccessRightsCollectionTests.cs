using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class AccessRightsCollectionTests : IAsyncLifetime
{
    private TenantBench bench = null!;

    public async Task InitializeAsync() => bench = await TenantBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task A_snapshot_holds_the_tenants_rows_byte_for_byte_and_draws_the_sheet_from_them()
    {
        var item = await bench.CollectAccessRightsAsync();

        Assert.Equal("complete", item.Completeness.Status);
        Assert.Equal("access-rights-sheet", item.Record);
        foreach (var query in item.Source.Graph!.Requests.Where(r => !r.Query.Contains("{id}", StringComparison.Ordinal)))
        {
            var rows = await bench.RowsAsync(item, query.Kind!);
            Assert.NotEmpty(rows);
            Assert.Equal(await bench.TenantRowsAsync(query.Query), rows);
        }

        Assert.Equal(AccessRightsKinds.All, item.Source.Graph.Requests.Select(r => r.Kind));
        Assert.Equal(["exceptions.csv", "rights.ndjson.gz", "rows.ndjson.gz", "summary.json", "workbook.en.xlsx", "workbook.ja.xlsx"], item.Files.Select(f => f.Path));
        var summary = await bench.JsonAsync(item, "summary.json");
        Assert.True(summary.GetProperty("users").GetInt32() >= 40);
        Assert.True(summary.GetProperty("activeRoles").EnumerateObject().Any());
        Assert.True(summary.GetProperty("eligibleRoles").EnumerateObject().Any());
        Assert.True((await bench.LinesAsync(item, "rights.ndjson.gz")).Length > 50);
        Assert.NotEmpty(summary.GetProperty("administrators").EnumerateArray());
        Assert.True(summary.GetProperty("rights").GetProperty(RightKinds.Ownership).GetInt32() > 0);
    }

    [Fact]
    public async Task Members_of_every_group_are_there_whatever_order_the_batch_answers_in()
    {
        var item = await bench.CollectAccessRightsAsync();
        var members = await bench.RowsAsync(item, AccessRightsKinds.GroupMembers);
        var groups = (await bench.RowsAsync(item, AccessRightsKinds.Groups)).Select(g => JsonDocument.Parse(g).RootElement.GetProperty("id").GetString()!).ToArray();
        Assert.NotEmpty(groups);
        foreach (var group in groups)
        {
            var expected = await bench.TenantRowsAsync($"/v1.0/groups/{group}/members?$select=id,displayName&$top=999");
            Assert.Equal(expected.Select(r => $"{{\"parent\":\"{group}\",\"row\":{r}}}"), members.Where(m => m.Contains($"\"parent\":\"{group}\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task The_second_snapshot_says_what_changed_since_the_first()
    {
        var first = await bench.CollectAccessRightsAsync();
        bench.Clock.Jump(TimeSpan.FromDays(60));
        var second = await bench.CollectAccessRightsAsync();

        var difference = (await bench.JsonAsync(second, "summary.json")).GetProperty("changes");
        Assert.Equal(first.Id, difference.GetProperty("since").GetString());
        Assert.NotEmpty(difference.GetProperty("gained").EnumerateArray());
    }

    [Fact]
    public async Task Of_five_thousand_people_many_changes_have_a_file_of_their_own_and_none_is_missing()
    {
        await using var large = await TenantBench.StartAsync(o => o with { Users = 5_000, Throttling = SampleTenant.ThrottlingMode.Off });
        var first = await large.CollectAccessRightsAsync();
        large.Clock.Jump(TimeSpan.FromDays(200));
        var second = await large.CollectAccessRightsAsync();

        static Right Read(string line) => JsonSerializer.Deserialize<Right>(line, Json.Options)!;
        var before = (await large.LinesAsync(first, "rights.ndjson.gz")).Select(l => Read(l).Key).ToHashSet();
        var after = (await large.LinesAsync(second, "rights.ndjson.gz")).Select(l => Read(l).Key).ToList();
        Assert.Equal(after.Order(StringComparer.Ordinal), after);
        var changes = (await large.LinesAsync(second, AccessRightsActivities.ChangesFile)).Select(l => JsonDocument.Parse(l).RootElement).ToLookup(
            c => c.GetProperty("what").GetString(), c => c.GetProperty("right").Deserialize<Right>(Json.Options)!.Key);
        Assert.Equal(after.Where(k => !before.Contains(k)), changes["gained"]);
        Assert.Equal(before.Except(after).Order(StringComparer.Ordinal), changes["lost"]);
        Assert.InRange(changes["gained"].Count() + changes["lost"].Count(), 501, 5_000);
        var summary = await large.JsonAsync(second, "summary.json");
        Assert.Equal(changes["gained"].Count(), summary.GetProperty("gained").GetInt32());
        Assert.False(summary.TryGetProperty("changes", out var told) && told.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Without_the_licences_the_rest_is_collected_and_each_gap_has_its_reason()
    {
        await bench.FaultAsync(
            new FaultRule { Path = "/roleManagement/directory/role*ScheduleInstances", Kind = FaultKind.PremiumLicenceRequired },
            new FaultRule { Path = "/users", Kind = FaultKind.MissingLicence, Nth = 1 });

        var item = await bench.CollectAccessRightsAsync();

        Assert.Equal("partial", item.Completeness.Status);
        Assert.Equal(
            [("users", GapReasons.NotLicensed), ("role-assignment-instances", GapReasons.NotLicensed), ("role-eligibility-instances", GapReasons.NotLicensed)],
            item.Completeness.Gaps.Select(g => (g.What, g.Reason)));
        Assert.StartsWith("signInActivity", item.Completeness.Gaps[0].Detail, StringComparison.Ordinal);
        Assert.True((await bench.RowsAsync(item, AccessRightsKinds.Users)).Length >= 40);
    }

    [Fact]
    public async Task Refusals_inside_and_around_batches_are_waited_for()
    {
        await bench.FaultAsync(
            new FaultRule { Path = "/groups/*/members", Kind = FaultKind.TooManyRequests, RetryAfterSeconds = 30, Nth = 3 },
            new FaultRule { Path = "/servicePrincipals/*/owners", Kind = FaultKind.ServiceUnavailable, Nth = 2 },
            new FaultRule { Path = "/groups", Kind = FaultKind.TooManyRequests, RetryAfterSeconds = 600, Nth = 1 });

        var item = await bench.CollectAccessRightsAsync();

        Assert.Equal("complete", item.Completeness.Status);
        Assert.True(bench.Clock.Waited > TimeSpan.FromSeconds(600));
    }

    [Fact]
    public async Task A_pull_that_was_put_off_goes_on_with_the_files_that_are_missing()
    {
        await bench.FaultAsync(
            new FaultRule { Path = "/roleManagement/directory/roleDefinitions", Kind = FaultKind.TooManyRequests, RetryAfterSeconds = 86_400, Nth = 1 });

        var item = await bench.CollectAccessRightsAsync();

        Assert.Equal("complete", item.Completeness.Status);
        Assert.True(bench.Clock.GetUtcNow() - item.CreatedAt >= TimeSpan.FromDays(1));
        using var http = new HttpClient();
        using var stats = JsonDocument.Parse(await http.GetStringAsync(new Uri(bench.Tenant.BaseAddress, "/_tenant/stats")));
        int Requests(string path) => stats.RootElement.GetProperty("paths").GetProperty("/v1.0/roleManagement/directory/" + path).GetProperty("requests").GetInt32();
        Assert.Equal(2, Requests("roleDefinitions"));
        Assert.Equal(1, Requests("roleAssignments"));
        Assert.Equal(1, Requests("roleEligibilityScheduleInstances"));
    }

    [Fact]
    public async Task What_an_earlier_attempt_wrote_is_what_the_item_says_even_if_the_tenant_says_something_else_by_now()
    {
        var item = await bench.Evidence.BeginAsync(EvidenceIds.OfWindow("access-rights", TenantBench.Now, TenantBench.Now), "FY2026", EvidenceType.Operation, default);
        var query = new GraphQuery("/v1.0/groups", [], 1, 0, TenantBench.Now, TenantBench.Now) { Kind = AccessRightsKinds.Groups, File = "rows.ndjson.gz" };
        // A time when there were no groups; the attempt crashed before anybody knew of its file.
        await bench.Sections.WriteAsync(item, RowSections.PartPath(1), [(new KindFacts(AccessRightsKinds.Groups, query), ReadOnlyMemory<byte>.Empty)], false, default);

        var manifest = await bench.CollectAccessRightsAsync();

        Assert.Equal("complete", manifest.Completeness.Status);
        Assert.Empty(await bench.RowsAsync(manifest, AccessRightsKinds.Groups));
        Assert.Empty(await bench.RowsAsync(manifest, AccessRightsKinds.GroupMembers));
        Assert.NotEmpty(await bench.RowsAsync(manifest, AccessRightsKinds.Users));
    }

    [Fact]
    public async Task Rows_that_share_a_file_are_proven_by_the_hash_of_their_lines()
    {
        var item = await bench.CollectAccessRightsAsync();
        foreach (var query in item.Source.Graph!.Requests)
        {
            var lines = string.Concat((await bench.RowsAsync(item, query.Kind!)).Select(l => l + "\n"));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))), query.Sha256);
        }
    }

    [Fact]
    public async Task Kinds_with_many_rows_have_files_of_their_own()
    {
        var together = await bench.CollectAccessRightsAsync();
        bench.Clock.Jump(TimeSpan.FromSeconds(1));
        bench.Monitoring.Value.LargestSection = 2_000;
        var apart = await bench.CollectAccessRightsAsync();

        Assert.Contains("rows.users.ndjson.gz", apart.Files.Select(f => f.Path));
        foreach (var kind in AccessRightsKinds.All)
        {
            Assert.Equal(await bench.RowsAsync(together, kind), await bench.RowsAsync(apart, kind));
        }
    }

    [Fact]
    public async Task Sign_ins_know_the_administrators_from_the_snapshot()
    {
        await bench.CollectAccessRightsAsync();
        var items = await bench.CollectSignInsAsync("schedule");
        Assert.NotEqual(JsonValueKind.Undefined, (await bench.JsonAsync(items[0], "summary.json")).GetProperty("administratorRows").ValueKind);
    }
}
