using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Meetings;

public sealed class MeetingHttpTests
{
    private static readonly DateTimeOffset September = MeetingPlay.Morning("2026-09-01");

    [Fact]
    public async Task The_same_key_calls_one_review_and_a_stale_version_is_refused()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var called = (await app.PostAsync("secretariat", "reviews", null, "Idempotency-Key: 1")).Expect(202);
        var again = (await app.PostAsync("secretariat", "reviews", null, "Idempotency-Key: 1")).Expect(202);
        Assert.Equal(("/api/reviews/review-FY2026-01", "/api/reviews/review-FY2026-01"), (called.Location, again.Location));
        await app.SettleAsync();
        var seen = (await app.GetAsync("secretariat", "reviews/review-FY2026-01")).Expect(200).ETag;
        var input = new { topic = "feedback", text = "苦情はなかった。", nothingToReport = true };
        (await app.PostAsync("owner:suzuki", "reviews/review-FY2026-01/inputs", input, "Idempotency-Key: 2", $"If-Match: {seen}")).Expect(200);
        (await app.PostAsync("owner:suzuki", "reviews/review-FY2026-01/inputs", input, "Idempotency-Key: 2", $"If-Match: {seen}")).Expect(200);
        Assert.Equal("changed-by-someone-else", (await app.PostAsync("secretariat", "reviews/review-FY2026-01/inputs", input, $"If-Match: {seen}")).Expect(412).Code);
        Assert.Single((await app.GetAsync("secretariat", "reviews/review-FY2026-01")).Expect(200).Json["contributions"]!.AsArray());
    }

    [Fact]
    public async Task What_is_forbidden_is_refused_with_what_is_possible_and_changes_nothing()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var id = await play.CallReviewAsync();
        var early = (await app.PostAsync("secretariat", $"meetings/{id}/approve")).Expect(409);
        Assert.Equal(["add", "refresh", "schedule", "cancel"], early.Json["possible"]!.AsArray().Select(p => (string)p!));
        Assert.Equal("meeting-not-yours", (await app.PostAsync("owner:suzuki", $"meetings/{id}/schedule")).Expect(403).Code);
        Assert.Equal("unknown-evidence", (await app.PostAsync("secretariat", $"reviews/{id}/inputs", new { topic = "risks", text = "x", evidence = new[] { "nothing" } })).Expect(422).Code);
        Assert.Equal("meeting-of-another-kind", (await app.PostAsync("secretariat", $"meetings/{id}/points", new { title = "x" })).Expect(422).Code);
        await play.DoAsync("secretariat", $"meetings/{id}/schedule", new { date = "2026-09-28" });
        await app.RunUntilAsync(MeetingPlay.Morning("2026-09-28"));
        var missing = (await app.PostAsync("secretariat", $"meetings/{id}/hold", new { attendees = new[] { "sato", "nakamura" } })).Expect(409);
        Assert.Equal("review-inputs-missing", missing.Code);
        Assert.Contains("feedback", missing.Json["missing"]!.AsArray().Select(m => (string)m!));
        await play.ProvideMissingAsync(id);
        Assert.Equal("meeting-without-quorum", (await app.PostAsync("secretariat", $"meetings/{id}/hold", new { attendees = new[] { "watanabe", "nakamura" } })).Expect(422).Code);
        var unknown = new { attendees = new[] { "sato", "nakamura" }, decisions = new[] { MeetingPlay.Decision("policy", "x", "ito", "2026-12-01", item: "no-such-item") } };
        Assert.Equal("unknown-item", (await app.PostAsync("secretariat", $"meetings/{id}/hold", unknown)).Expect(400).Code);
        Assert.Equal("scheduled", await play.StageAsync(id));
    }

    [Fact]
    public async Task Lists_show_each_kind_and_a_committee_is_no_review()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var (review, committee) = (await play.CallReviewAsync(), await play.CallCommitteeAsync());
        Assert.Equal([committee, review], (await app.GetAsync("auditor", "meetings")).Expect(200).Json["items"]!.AsArray().Select(m => (string)m!["id"]!));
        Assert.Equal([review], (await app.GetAsync("auditor", "reviews?fy=FY2026")).Expect(200).Json["items"]!.AsArray().Select(m => (string)m!["id"]!));
        Assert.Equal([committee], (await app.GetAsync("auditor", "meetings?kind=committee")).Expect(200).Json["items"]!.AsArray().Select(m => (string)m!["id"]!));
        Assert.Equal("meeting-kind-unknown", (await app.GetAsync("auditor", "meetings?kind=party")).Expect(400).Code);
        Assert.Equal("unknown-meeting", (await app.GetAsync("auditor", $"reviews/{committee}")).Expect(404).Code);
        (await app.GetAsync("externalAuditor", "meetings")).Expect(403);
        var calendar = await app.GetAsync("manager", "calendar/watanabe.ics");
        Assert.Contains($"UID:{committee}@example.co.jp", calendar.Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_returns_minutes_says_why_and_a_cancelled_meeting_keeps_its_reason()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var id = await play.CallCommitteeAsync();
        await play.HoldAsync(id, "watanabe");
        await play.DoAsync("secretariat", $"meetings/{id}/submit");
        Assert.Equal("meeting-approver-lacks-role", (await app.PostAsync("owner:suzuki", $"meetings/{id}/approve")).Expect(403).Code);
        Assert.Equal("meeting-text-missing", (await app.PostAsync("manager", $"meetings/{id}/return")).Expect(422).Code);
        await play.DoAsync("manager", $"meetings/{id}/return", new { comment = "欠席者を確認してください" });
        Assert.Contains(app.Mails(), m => m.EndsWith(".returned.nakamura", StringComparison.Ordinal));
        await play.DoAsync("secretariat", $"meetings/{id}/minutes", new { attendees = new[] { "watanabe", "nakamura" } });
        await play.DoAsync("secretariat", $"meetings/{id}/submit");
        await play.DoAsync("manager", $"meetings/{id}/approve");
        Assert.Equal("closed", await play.StageAsync(id));

        var other = await play.CallCommitteeAsync();
        await play.DoAsync("secretariat", $"meetings/{other}/cancel", new { reason = "台風のため" });
        Assert.Equal("台風のため", (string)(await play.ReadAsync(other))["log"]!.AsArray()[^1]!["comment"]!);
    }
}
