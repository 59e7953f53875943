using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Meetings;

/// <summary>Committees through the whole app.</summary>
public sealed class CommitteeWorkflowTests
{
    [Fact]
    public async Task The_plan_calls_a_committee_each_month_with_an_agenda_of_what_is_open_and_three_commands_do_the_rest()
    {
        await using var app = await AuditPlay.StartAppAsync(MeetingPlay.Morning("2026-08-31"));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(MeetingPlay.Morning("2026-09-01").AddHours(1));
        var play = new MeetingPlay(app);
        var id = (string)(await app.GetAsync("secretariat", "years/FY2026/items/committee-m06")).Expect(200).Json["item"]!["workId"]!;
        var called = await play.ReadAsync(id);
        Assert.Equal(("scheduled", "2026-09-18"), ((string)called["stage"]!, (string)called["date"]!)); // the 19th to the 23rd are days off
        Assert.Equal(["open-decisions", "overdue-items", "coming-items"], called["agenda"]!.AsArray().Select(p => (string)p!["key"]!));
        Assert.Contains(await app.NoticesAsync(), n => n == $"{id}.2.invitation.watanabe");
        await play.DoAsync("owner:suzuki", $"meetings/{id}/points", new { title = "私物端末の利用について" });

        await play.HoldAsync(id, "watanabe", MeetingPlay.Decision("other", "各部門へ周知する", "suzuki", "2026-10-09"));
        await play.DoAsync(MeetingPlay.Secretariat, $"meetings/{id}/submit");
        await play.DoAsync(MeetingPlay.Manager, $"meetings/{id}/approve");

        var evidence = await play.EvidenceAsync("item-FY2026-committee-m06");
        Assert.Equal((1, 1), (evidence["committee-agenda"].Count(), evidence["committee-minutes"].Count()));
        (await app.PostAsync("secretariat", "years/FY2026/items/committee-m06/submit")).Expect(200);
        await app.RunUntilAsync(MeetingPlay.Morning("2026-10-14"));
        var next = await play.ReadAsync((string)(await app.GetAsync("secretariat", "years/FY2026/items/committee-m07")).Expect(200).Json["item"]!["workId"]!);
        Assert.NotEqual(id, (string)next["id"]!);
        Assert.Contains(await app.NoticesAsync(), n => n == $"{id}.5.d-01.20261009.overdue-1.suzuki");
        await play.DoAsync("owner:suzuki", $"meetings/{id}/decisions/d-01/complete", new { note = "周知した" });
        Assert.Equal("closed", await play.StageAsync(id));
    }

    [Fact]
    public async Task A_committee_whose_item_is_waived_is_called_off_at_its_next_moment()
    {
        await using var app = await AuditPlay.StartAppAsync(MeetingPlay.Morning("2026-08-31"));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(MeetingPlay.Morning("2026-09-01").AddHours(1));
        (await app.PostAsync(MeetingPlay.Manager, "years/FY2026/items/committee-m06/waive", new { reason = "審査対応のため今月は休会" })).Expect(200);
        await app.RunUntilAsync(MeetingPlay.Morning("2026-09-17"));
        var meetings = (await app.GetAsync("secretariat", "meetings?kind=committee")).Expect(200).Json["items"]!.AsArray();
        var waived = meetings.Single(m => (string)m!["item"]! == "item-FY2026-committee-m06")!;
        Assert.Equal("cancelled", (string)waived["stage"]!);
    }

    [Fact]
    public async Task A_command_that_comes_while_the_workflow_is_away_is_made_up_for_without_a_record_missing()
    {
        await using var app = await AuditPlay.StartAppAsync(MeetingPlay.Morning("2026-09-01"));
        var play = new MeetingPlay(app);
        var id = await play.CallCommitteeAsync();

        // Held, handed in, approved and its decision done without the workflow having a turn in between.
        var held = new { attendees = new[] { "watanabe", "nakamura" }, decisions = new[] { MeetingPlay.Decision("other", "周知する", "nakamura", "2026-09-30") } };
        (await app.PostAsync(MeetingPlay.Secretariat, $"meetings/{id}/hold", held)).Expect(200);
        (await app.PostAsync(MeetingPlay.Secretariat, $"meetings/{id}/submit")).Expect(200);
        (await app.PostAsync(MeetingPlay.Manager, $"meetings/{id}/approve")).Expect(200);
        (await app.PostAsync(MeetingPlay.Secretariat, $"meetings/{id}/decisions/d-01/complete", new { note = "周知した" })).Expect(200);
        await app.SettleAsync();

        Assert.Equal("closed", await play.StageAsync(id));
        var evidence = await play.EvidenceAsync(id);
        Assert.Equal((1, 1, 2), (evidence["committee-agenda"].Count(), evidence["committee-minutes"].Count(), evidence["committee-decisions"].Count()));
        Assert.Single((await app.GetAsync("secretariat", "registers/meetings")).Expect(200).Json["items"]!.AsArray());
    }
}
