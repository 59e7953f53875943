using IsmsFunctions.Tests.Audits;

namespace IsmsFunctions.Tests.CorrectiveActions;

public sealed class ActionHttpTests
{
    private static readonly DateTimeOffset August = new(2026, 8, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly object Noticed = new { department = "sales", requirement = "離席時は画面をロックする", fact = "ロックされていない端末が2台あった", control = "A.7.7" };

    [Fact]
    public async Task Somebody_raises_an_action_and_its_owner_is_told_and_reminded_and_it_escalates()
    {
        await using var app = await AuditPlay.StartAppAsync(August);
        var raised = (await app.PostAsync("secretariat", "corrective-actions", Noticed, "Idempotency-Key: 1")).Expect(202);
        var again = (await app.PostAsync("secretariat", "corrective-actions", Noticed, "Idempotency-Key: 1")).Expect(202);
        Assert.Equal("/api/corrective-actions/action-FY2026-001", raised.Location);
        Assert.Equal(raised.Location, again.Location);
        await app.SettleAsync();
        var action = (await app.GetAsync("owner:suzuki", "corrective-actions/action-FY2026-001")).Expect(200).Json;
        Assert.Equal(("correction", "suzuki", "2026-08-10"), ((string)action["stage"]!, (string)action["owner"]!, (string)action["due"]!));
        Assert.Contains("action-FY2026-001.1.raised.suzuki", app.Mails());

        await app.RunUntilAsync(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
        var mails = await app.NoticesAsync();
        Assert.Contains("action-FY2026-001.2.upcoming-3.suzuki", mails);
        Assert.Contains("action-FY2026-001.2.overdue-1.suzuki", mails);
        Assert.Contains("action-FY2026-001.2.escalatedtomanager-7.watanabe", mails);
        Assert.Contains("action-FY2026-001.2.escalatedtotopmanagement-21.sato", mails);
        Assert.Contains((await app.GetAsync("secretariat", "corrective-actions?state=open")).Json["items"]!.AsArray(), a => (bool)a!["overdue"]!);
    }

    [Fact]
    public async Task Forbidden_steps_are_refused_with_what_is_possible_and_change_nothing()
    {
        await using var app = await AuditPlay.StartAppAsync(August);
        (await app.PostAsync("secretariat", "corrective-actions", Noticed)).Expect(202);
        await app.SettleAsync();
        const string Path = "corrective-actions/action-FY2026-001/";
        var tooEarly = (await app.PostAsync("owner:suzuki", Path + "implemented", new { note = "x", evidence = new[] { "no-such-evidence" } })).Expect(409);
        Assert.Equal(["correction"], tooEarly.Json["possible"]!.AsArray().Select(p => (string)p!));
        Assert.Equal("not-the-owner-of-this-action", (await app.PostAsync("owner:tanaka", Path + "correction", new { description = "x" })).Expect(403).Code);
        Assert.Equal("role-not-allowed", (await app.PostAsync("owner:suzuki", Path + "approve-plan")).Expect(403).Code);
        (await app.PostAsync("owner:suzuki", "corrective-actions/action-FY2026-099/correction", new { description = "x" })).Expect(404);
        Assert.Equal("unknown-department", (await app.PostAsync("secretariat", "corrective-actions", new { department = "x", requirement = "r", fact = "f" })).Expect(400).Code);
        Assert.Equal("unknown-evidence", (await app.PostAsync("secretariat", "corrective-actions", new { department = "it", requirement = "r", fact = "f", evidence = new[] { "e" } })).Expect(422).Code);
        Assert.Single((await app.GetAsync("secretariat", "corrective-actions")).Json["items"]!.AsArray());
        Assert.Equal("correction", (string)(await app.GetAsync("secretariat", "corrective-actions/action-FY2026-001")).Json["stage"]!);
    }
}
