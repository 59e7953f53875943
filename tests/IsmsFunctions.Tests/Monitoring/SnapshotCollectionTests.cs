using System.Text.Json;
using Isms.Monitoring;
using Isms.Monitoring.Snapshots;
using Isms.Notifications;
using Isms.Organizations;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Snapshots;
using IsmsFunctions.Notifications;
using NSubstitute;
using SampleTenant.Http;

namespace IsmsFunctions.Tests.Monitoring;

public sealed class SnapshotCollectionTests : IAsyncLifetime
{
    private TenantBench bench = null!;

    public static TheoryData<string> Collectors() => [.. SnapshotSources.All.Select(s => s.Collector.Name)];

    public async Task InitializeAsync() => bench = await TenantBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Collectors))]
    public async Task A_snapshot_holds_the_tenants_rows_byte_for_byte_and_says_what_they_come_to(string name)
    {
        var source = SnapshotSources.Of(name);

        var item = await bench.CollectSnapshotAsync(source.Collector);

        Assert.Equal("complete", item.Completeness.Status);
        Assert.Equal((source.Record, name), (item.Record, item.Source.Graph!.Collector));
        Assert.Equal(source.Controls, item.Controls);
        Assert.Equal(["exceptions.csv", "rows.ndjson.gz", "summary.json", "workbook.en.xlsx", "workbook.ja.xlsx"], item.Files.Select(f => f.Path));
        Assert.Equal(source.Kinds.Select(k => k.Name), item.Source.Graph.Requests.Select(r => r.Kind));
        foreach (var (kind, query) in source.Kinds.Zip(item.Source.Graph.Requests).Where(k => k.First.Below is null))
        {
            var rows = await bench.RowsAsync(item, kind.Name);
            Assert.NotEmpty(rows);
            Assert.Equal(kind.Collection.IsSingle ? [await bench.TenantBodyAsync(query.Query)] : await bench.TenantRowsAsync(query.Query), rows);
        }

        var summary = (await bench.JsonAsync(item, "summary.json")).Deserialize<SnapshotSummary>(JsonSerializerOptions.Web)!;
        Assert.NotEmpty(summary.Figures);
        Assert.All(summary.Figures.Where(f => !SinceLastTime.Contains(f.Key)), f => Assert.NotNull(f.Value.Value));
        Assert.Null(summary.ComparedWith);
    }

    [Theory]
    [MemberData(nameof(Collectors))]
    public async Task What_the_tenant_does_not_let_have_is_a_gap_with_its_reason_and_nothing_is_concluded_from_it(string name)
    {
        var source = SnapshotSources.Of(name);
        await bench.FaultAsync(new FaultRule { Path = "*", Kind = FaultKind.MissingPermission });

        var item = await bench.CollectSnapshotAsync(source.Collector);

        Assert.Equal("partial", item.Completeness.Status);
        var asked = source.Kinds.Where(k => k.Below is null).Select(k => k.Name).ToHashSet();
        Assert.All(item.Completeness.Gaps, g => Assert.Equal(GapReasons.PermissionPending, g.Reason));
        Assert.Equal(asked, item.Completeness.Gaps.Select(g => g.What).Where(asked.Contains).ToHashSet());
        var summary = (await bench.JsonAsync(item, "summary.json")).Deserialize<SnapshotSummary>(JsonSerializerOptions.Web)!;
        Assert.Empty(summary.Exceptions);
    }

    private static readonly HashSet<string> SinceLastTime = ["joiners", "movers", "leavers", "settings-changed"];

    [Fact]
    public async Task A_policy_that_is_switched_to_report_only_is_drift_an_exception_and_an_alert_once()
    {
        bench.Clock.Jump(new DateTimeOffset(2026, 8, 15, 0, 0, 0, TimeSpan.Zero) - bench.Clock.GetUtcNow());
        var before = await bench.CollectSnapshotAsync(CollectorCatalogue.Policies, "schedule");
        bench.Clock.Jump(TimeSpan.FromDays(4));
        var after = await bench.CollectSnapshotAsync(CollectorCatalogue.Policies, "schedule");
        bench.Clock.Jump(TimeSpan.FromDays(1));
        await bench.CollectSnapshotAsync(CollectorCatalogue.Policies, "schedule");

        var summary = await bench.JsonAsync(after, "summary.json");
        Assert.Equal(before.Id, summary.GetProperty("comparedWith").GetString());
        var change = Assert.Single(summary.GetProperty("changes").EnumerateArray());
        var value = Assert.Single(change.GetProperty("values").EnumerateArray());
        Assert.Equal(
            ("state", "enabled", "enabledForReportingButNotEnforced"),
            (value.GetProperty("member").GetString(), value.GetProperty("before").GetString(), value.GetProperty("after").GetString()));
        Assert.Equal(1, summary.GetProperty("exceptions").GetProperty(PolicyChanges.SwitchedOff).GetInt32());
        var alert = Assert.Single(bench.Alarm.Alerts);
        Assert.Equal((PolicyChanges.SwitchedOff, after.Id), (alert.Code, alert.Fact));
        Assert.DoesNotContain(after.Files, f => f.Path.EndsWith(".xlsx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Joiners_and_leavers_are_told_even_where_last_sign_ins_are_not_licensed()
    {
        await bench.FaultAsync(new FaultRule { Path = "/users", Kind = FaultKind.MissingLicence, Nth = 1 }, new FaultRule { Path = "/users", Kind = FaultKind.MissingLicence, Nth = 3 });
        var first = await bench.CollectSnapshotAsync(CollectorCatalogue.Accounts);
        bench.Clock.Jump(TimeSpan.FromDays(200));
        var second = await bench.CollectSnapshotAsync(CollectorCatalogue.Accounts);

        Assert.Equal([GapReasons.NotLicensed], first.Completeness.Gaps.Select(g => g.Reason));
        var figures = (await bench.JsonAsync(second, "summary.json")).GetProperty("figures");
        Assert.True(figures.GetProperty("joiners").GetProperty("value").GetInt32() > 0);
        Assert.False(figures.GetProperty("stale-accounts").TryGetProperty("value", out var stale) && stale.ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public async Task Events_are_asked_for_since_the_last_snapshot_with_a_day_of_overlap()
    {
        await bench.CollectSnapshotAsync(CollectorCatalogue.Risk);
        bench.Clock.Jump(TimeSpan.FromDays(7));
        var item = await bench.CollectSnapshotAsync(CollectorCatalogue.Risk);

        Assert.Equal(TenantBench.Now.AddDays(-1), item.Period.From);
        Assert.Contains("detectedDateTime ge 2026-04-09T18:00:00Z", item.Source.Graph!.Requests[1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decisions_below_instances_below_definitions_carry_both_ids()
    {
        var item = await bench.CollectSnapshotAsync(CollectorCatalogue.AccessReviews);

        var definition = JsonDocument.Parse((await bench.RowsAsync(item, AccessReviewsAnalysis.Definitions))[0]).RootElement.GetProperty("id").GetString();
        var instances = (await bench.RowsAsync(item, AccessReviewsAnalysis.Instances)).Select(r => JsonDocument.Parse(r).RootElement.GetProperty("row").GetProperty("id").GetString()).ToList();
        var parents = (await bench.RowsAsync(item, AccessReviewsAnalysis.Decisions)).Select(r => JsonDocument.Parse(r).RootElement.GetProperty("parent").GetString()).Distinct();
        Assert.Equal(instances.Select(i => $"{definition}/{i}").Order(), parents.Order());
    }

    [Fact]
    public async Task The_directorys_audit_log_is_collected_in_windows_and_picks_out_what_changed_privileges()
    {
        bench.Clock.Jump(new DateTimeOffset(2026, 8, 18, 18, 0, 0, TimeSpan.Zero) - bench.Clock.GetUtcNow());
        var window = (new DateTimeOffset(2026, 8, 14, 15, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 8, 17, 15, 0, 0, TimeSpan.Zero));

        var items = await bench.CollectDirectoryAuditsAsync("ito", window);

        Assert.Equal(3, items.Length);
        Assert.All(items, i => Assert.Equal(("complete", "directory-audit-log"), (i.Completeness.Status, i.Record)));
        var codes = new HashSet<string>();
        foreach (var item in items)
        {
            var held = (await bench.RowsAsync(item, DirectoryAuditsActivities.Kind)).Concat(await KnownBeforeAsync(items, item));
            Assert.Equal((await bench.TenantRowsAsync(item.Source.Graph!.Requests[0].Query)).Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
            codes.UnionWith((await bench.JsonAsync(item, "summary.json")).GetProperty("exceptions").EnumerateObject().Select(e => e.Name));
        }

        Assert.Contains("privilege-changed", codes);
        Assert.Contains("policy-changed", codes);
    }

    [Fact]
    public async Task An_alert_goes_to_administrators_and_managers_and_has_the_same_id_whenever_it_is_raised()
    {
        var sent = new List<Notification>();
        var notifier = Substitute.For<INotifier>();
        notifier.NotifyAsync(Arg.Do<Notification>(sent.Add), Arg.Any<CancellationToken>()).Returns(Task.CompletedTask);
        var alarm = new CollectorAlarm(notifier, bench.Organizations);
        var alert = new CollectorAlert(CollectorAlerts.NewGlobalAdministrator, "access-rights", "u", "山田 花子", RightKinds.ActiveRole, "item-1");

        await alarm.RaiseAsync([alert], default);
        await alarm.RaiseAsync([alert], default);
        await alarm.RaiseAsync([alert with { Fact = "item-2" }], default);

        var organization = await bench.Organizations.GetAsync(default);
        var people = organization.InRole(Role.SystemAdministrator).Concat(organization.InRole(Role.IsmsManager)).Select(p => p.Id).Distinct().Order().ToList();
        Assert.Equal(people, sent.Select(n => n.RecipientId).Distinct().Order());
        Assert.Equal(2 * people.Count, sent.Select(n => n.Id).Distinct().Count());
        Assert.All(sent, n => Assert.Equal((Delivery.Urgent, true), (n.Delivery, n.Body.Ja.Contains("山田 花子", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_part_of_a_log_that_is_lost_for_good_is_an_alert()
    {
        await bench.FaultAsync(new FaultRule { Path = "/auditLogs/directoryAudits", Kind = FaultKind.MissingPermission });
        var oldest = bench.Clock.GetUtcNow() - TimeSpan.FromDays(30) + TimeSpan.FromMinutes(30);

        await bench.CollectDirectoryAuditsAsync("ito", (oldest, oldest.AddMinutes(20)));

        Assert.Equal(CollectorAlerts.LogGap, Assert.Single(bench.Alarm.Alerts).Code);
    }

    private async Task<IEnumerable<string>> KnownBeforeAsync(IEnumerable<Isms.Evidence.EvidenceManifest> items, Isms.Evidence.EvidenceManifest item)
    {
        var known = new List<string>();
        foreach (var before in items.Where(i => i.Period.To == item.Period.From))
        {
            known.AddRange((await bench.RowsAsync(before, DirectoryAuditsActivities.Kind))
                .Where(r => JsonDocument.Parse(r).RootElement.GetProperty("activityDateTime").GetDateTimeOffset() >= item.Period.From.AddHours(-6)));
        }

        return known;
    }
}
