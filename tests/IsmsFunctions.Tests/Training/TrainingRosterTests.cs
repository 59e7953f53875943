using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SampleTenant;
using SampleTenant.Directory;

namespace IsmsFunctions.Tests.Training;

/// <summary>The roster from Graph, asked of the sample tenant through the whole app.</summary>
public sealed class TrainingRosterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FollowingClock clock = new(Start);
    private SampleTenantServer tenant = null!;
    private TenantDirectory directory = null!;
    private RunningApp app = null!;
    private TrainingPlay play = null!;

    public async Task InitializeAsync()
    {
        var options = new SampleTenantOptions { Users = 150, Clock = clock, Start = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero) };
        tenant = await SampleTenantServer.StartAsync(options);
        directory = new TenantDirectory(options);
        app = await RunningApp.StartAsync(
            Start,
            configure: builder => builder.Services.AddSingleton(p =>
                new GraphHttp(p.GetRequiredService<IOptions<GraphOptions>>(), new TenantBench.TenantCredential(tenant))),
            settings: ["Training:Roster=Directory", $"Graph:BaseAddress={tenant.BaseAddress}"]);
        clock.Leader = app.Clock;
        play = new TrainingPlay(app);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await tenant.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_is_each_enabled_member_and_accounts_that_are_nobodys_are_named_with_their_rule()
    {
        var id = await play.StartAsync(new { kind = "allStaff", due = "2026-07-31" });
        var people = await play.ParticipantsAsync(id);
        var expected = directory.UsersAt(Start).Where(u => u.IsEnabledAt(Start) && u.Kind != UserKind.Guest).ToList();

        Assert.Equal(expected.Select(u => u.Id.ToString()).Order(StringComparer.Ordinal), people.Select(p => (string)p["id"]!));
        var nobodys = expected.Where(u => u.Kind is UserKind.Shared or UserKind.Service or UserKind.BreakGlass).Select(u => u.Id.ToString()).ToHashSet();
        Assert.NotEmpty(nobodys);
        Assert.All(people, p => Assert.Equal(nobodys.Contains((string)p["id"]!) ? "excluded" : "missing", (string)p["status"]!));
        Assert.All(people.Where(p => (string?)p["department"] == "営業部"), p => Assert.Equal("sales", (string)p["departmentId"]!));
        await app.RunUntilAsync(Start.AddDays(1));
        Assert.Equal(expected.Count - nobodys.Count, app.Mails().Count(m => m.StartsWith($"{id}.invite.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Joiners_are_invited_at_the_next_look_and_leavers_stay_on_record()
    {
        var id = await play.StartAsync(new { kind = "allStaff", due = "2027-03-31" });
        var atFirst = (await play.ParticipantsAsync(id)).Select(p => (string)p["id"]!).ToHashSet();
        var later = new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero);
        await app.RunUntilAsync(later);

        var look = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var enabled = directory.UsersAt(look).Where(u => u.IsEnabledAt(look) && u.Kind != UserKind.Guest).Select(u => u.Id.ToString()).ToHashSet();
        var people = new List<System.Text.Json.Nodes.JsonNode>(await play.ParticipantsAsync(id));
        Assert.Superset(atFirst, people.Select(p => (string)p["id"]!).ToHashSet());
        Assert.Equal(enabled, people.Where(p => (string)p["status"]! != "left").Select(p => (string)p["id"]!).ToHashSet());
        var joined = people.Where(p => !atFirst.Contains((string)p["id"]!) && (string)p["status"]! == "missing").ToList();
        Assert.NotEmpty(joined);
        Assert.All(joined, p => Assert.NotNull(p["invitedOn"]));
        Assert.Contains(people, p => (string)p["status"]! == "left");
    }

    [Fact]
    public async Task Newcomers_are_those_who_joined_in_the_window()
    {
        var id = await play.StartAsync(new { kind = "newcomer", due = "2026-06-30" });
        await app.RunUntilAsync(Start.AddDays(25));
        var audience = (await play.ReadAsync(id))["audience"]!;
        Assert.Equal(("2026-05-21", "2026-06-20"), ((string)audience["joinedFrom"]!, (string)audience["joinedUntil"]!));
        var (from, until) = (new DateTimeOffset(2026, 5, 20, 15, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 6, 20, 15, 0, 0, TimeSpan.Zero));
        var expected = directory.UsersAt(app.Now).Where(u => u.IsEnabledAt(app.Now) && u.Kind != UserKind.Guest && u.Created >= from && u.Created < until).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(u => u.Id.ToString()).Order(StringComparer.Ordinal), (await play.ParticipantsAsync(id)).Select(p => (string)p["id"]!));
    }

    [Fact]
    public async Task A_directory_that_refuses_sends_nobody_away_and_the_secretariat_is_told()
    {
        var id = await play.StartAsync(new { kind = "allStaff", due = "2026-07-31" });
        var before = (await play.ParticipantsAsync(id)).Count;
        using var http = new HttpClient { BaseAddress = tenant.BaseAddress };
        using var answer = await http.PostAsync("/_tenant/faults", new StringContent(
            """[{"path":"/users","kind":"missingPermission"}]""", null, "application/json"));
        answer.EnsureSuccessStatusCode();

        await app.RunUntilAsync(Start.AddDays(35));
        var campaign = await play.ReadAsync(id);
        Assert.Equal("permission-pending", (string)campaign["roster"]!["problem"]!);
        Assert.Equal(before, (await play.ParticipantsAsync(id)).Count(p => (string)p["status"]! != "left"));
        Assert.Contains(await app.NoticesAsync(), m => m.StartsWith($"{id}.2.directory-", StringComparison.Ordinal));
    }
}
