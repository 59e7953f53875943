using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Meetings;

/// <summary>Management reviews through the whole app: HTTP, workflow, storage, mails, a virtual clock.</summary>
public sealed class ReviewWorkflowTests
{
    private static readonly DateTimeOffset September = MeetingPlay.Morning("2026-09-01");

    [Fact]
    public async Task A_review_is_prepared_held_approved_and_closed_with_its_last_decision_which_was_overdue()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var id = await play.CallReviewAsync(new { due = "2026-10-30" });
        Assert.Equal("review-FY2026-01", id);
        var ready = await play.ReadAsync(id);
        Assert.Equal("inputsReady", (string)ready["stage"]!);
        Assert.Contains("feedback", ready["missing"]!.AsArray().Select(m => (string)m!));
        Assert.DoesNotContain("previousActions", ready["missing"]!.AsArray().Select(m => (string)m!));
        Assert.Contains(app.Mails(), m => m == $"{id}.2.inputs-ready.nakamura");
        Assert.Contains(app.Mails(), m => m == $"{id}.2.missing-inputs.secretariat.nakamura");

        await play.ApproveReviewAsync(
            id, MeetingPlay.Decision("resources", "教育担当を1名増やす", "watanabe", "2026-11-30"), MeetingPlay.Decision("policy", "方針に生成AIの利用を加える", "nakamura", "2026-12-28"));
        Assert.Equal("followingUp", await play.StageAsync(id));
        var minutes = await play.FileAsync(id, "review-minutes", "review-minutes.ja.html");
        Assert.Contains("教育担当を1名増やす", minutes, StringComparison.Ordinal);
        Assert.Contains("報告事項なし", minutes, StringComparison.Ordinal);

        await app.RunUntilAsync(MeetingPlay.Morning("2026-12-22"));
        var notices = (await app.NoticesAsync()).Where(n => n.Contains(".d-01.", StringComparison.Ordinal)).Select(n => n.Split(".20261130.")[^1]).ToList();
        Assert.Contains("upcoming-7.watanabe", notices);
        Assert.Contains("overdue-15.watanabe", notices);
        Assert.Contains("escalatedtomanager-7.watanabe", notices);
        Assert.Contains("escalatedtotopmanagement-21.sato", notices);

        var proof = await play.AnyEvidenceAsync();
        await play.DoAsync(MeetingPlay.Manager, $"meetings/{id}/decisions/d-01/complete", new { note = "採用した", evidence = new[] { proof } });
        var closed = await play.DoAsync(MeetingPlay.Secretariat, $"meetings/{id}/decisions/d-02/complete", new { note = "改定した", evidence = new[] { proof } });
        Assert.Equal("closed", (string)closed["stage"]!);
        await app.SettleAsync();
        var evidence = await play.EvidenceAsync(id);
        Assert.Equal((1, 1, 2), (evidence["review-inputs"].Count(), evidence["review-minutes"].Count(), evidence["review-decisions"].Count()));
        Assert.Equal((string)evidence["review-decisions"].First()["id"]!, (string)evidence["review-decisions"].Last()["supersedes"]!);
    }

    [Fact]
    public async Task A_review_that_is_put_off_gets_its_papers_anew_and_people_are_told()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var id = await play.CallReviewAsync(new { due = "2026-10-30" });
        await play.ProvideMissingAsync(id);
        await play.DoAsync(MeetingPlay.Secretariat, $"meetings/{id}/schedule", new { date = "2026-09-28", time = "10:00:00", place = "第1会議室" });
        await app.RunUntilAsync(MeetingPlay.Morning("2026-09-17"));
        Assert.NotNull((await play.ReadAsync(id))["issued"]);

        // The day passes, and nobody records the meeting.
        await app.RunUntilAsync(MeetingPlay.Morning("2026-10-06"));
        Assert.Contains(await app.NoticesAsync(), n => n == $"{id}.3.overdue-1.nakamura");
        Assert.Contains(await app.NoticesAsync(), n => n == $"{id}.3.escalatedtomanager-7.watanabe");
        await play.DoAsync(MeetingPlay.Secretariat, $"meetings/{id}/schedule", new { date = "2026-10-20", reason = "社長の出張のため延期" });
        Assert.Contains(app.Mails(), m => m == $"{id}.4.rescheduled.sato");

        await play.HoldAsync(id, "sato");
        await play.DoAsync(MeetingPlay.Secretariat, $"meetings/{id}/submit");
        await play.DoAsync(MeetingPlay.Top, $"meetings/{id}/approve");

        Assert.Equal("closed", await play.StageAsync(id)); // nothing was decided
        var papers = (await play.EvidenceAsync(id))["review-inputs"].ToList();
        Assert.Equal(2, papers.Count);
        Assert.Equal((string)papers[0]["id"]!, (string)papers[1]["supersedes"]!);
    }

    [Fact]
    public async Task What_changes_after_the_papers_is_in_the_minutes_and_the_papers_stay()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var id = await play.CallReviewAsync(new { due = "2026-10-30" });
        await play.ProvideMissingAsync(id);
        await play.DoAsync(MeetingPlay.Secretariat, $"meetings/{id}/schedule", new { date = "2026-10-05" });
        await app.RunUntilAsync(MeetingPlay.Morning("2026-09-29"));
        (await app.PostAsync("secretariat", "corrective-actions", new { department = "sales", requirement = "離席時は画面をロックする", fact = "ロックされていない端末が2台あった" })).Expect(202);
        Assert.Equal("meeting-papers-given-out", (await app.PostAsync(MeetingPlay.Secretariat, $"meetings/{id}/refresh")).Expect(409).Code);
        await play.HoldAsync(id, "sato");

        var held = await play.ReadAsync(id);
        var changes = held["minutes"]!["changesSincePapers"]!.AsArray().Select(c => (string)c!["en"]!).ToList();
        Assert.Contains(changes, c => c.Contains("Raised: 0 → 1", StringComparison.Ordinal));
        var issued = held["issued"]!["material"]!["inputs"]!.AsArray().Single(i => (string)i!["topic"]! == "nonconformities")!;
        Assert.Equal("0", (string)issued["figures"]![0]!["value"]!["ja"]!);
    }

    [Fact]
    public async Task An_improvement_raises_a_corrective_action_whose_closure_completes_it_and_a_suggestion()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var id = await play.CallReviewAsync(new { due = "2026-10-30" });
        await play.ApproveReviewAsync(
            id, MeetingPlay.Decision("improvement", "点検記録に確認者欄がない", "ito", "2027-01-29", "correctiveAction", "it"),
            MeetingPlay.Decision("improvement", "点検表を電子化する", "ito", "2027-02-26", "suggestion"));

        var decided = (await play.ReadAsync(id))["decided"]!.AsArray();
        Assert.Equal(["action-FY2026-001", "suggestions/I-0001"], decided.Select(d => (string)d!["started"]!));
        var action = (await app.GetAsync("secretariat", "corrective-actions/action-FY2026-001")).Expect(200).Json;
        Assert.Equal(("review", id, "d-01", "ito"), ((string)action["source"]!["origin"]!, (string)action["source"]!["instance"]!, (string)action["source"]!["finding"]!, (string)action["owner"]!));
        var suggestion = (await app.GetAsync("secretariat", "registers/suggestions/I-0001")).Expect(200).Json;
        Assert.Equal("点検表を電子化する", (string)suggestion["values"]!["name"]!);
        Assert.Equal("managementReview", (string)(await app.GetAsync("secretariat", "registers/meetings")).Expect(200).Json["items"]![0]!["values"]!["type"]!);

        await new AuditPlay(app).ActUntilEffectivenessAsync("action-FY2026-001");
        await play.DoAsync(MeetingPlay.Secretariat, "corrective-actions/action-FY2026-001/effectiveness", new { effective = true, note = "記載を確認した" });
        var first = (await play.ReadAsync(id))["decided"]![0]!;
        Assert.Equal(("done", 1), ((string)first["status"]!, first["evidence"]!.AsArray().Count));
        await play.DoAsync(MeetingPlay.Top, $"meetings/{id}/decisions/d-02/withdraw", new { reason = "改善計画で扱う" });
        Assert.Equal("closed", await play.StageAsync(id));
    }

    [Fact]
    public async Task The_next_review_is_told_of_what_was_decided_and_is_open()
    {
        await using var app = await AuditPlay.StartAppAsync(September);
        var play = new MeetingPlay(app);
        var first = await play.CallReviewAsync(new { due = "2026-10-30" });
        await play.ApproveReviewAsync(first, MeetingPlay.Decision("objectives", "目標値を見直す", "watanabe", "2026-10-30"));
        await app.RunUntilAsync(MeetingPlay.Morning("2026-12-01"));

        var second = await play.CallReviewAsync();
        var input = (await app.GetAsync(MeetingPlay.Secretariat, $"reviews/{second}")).Expect(200).Json["topics"]![0]!;
        Assert.Equal(("previousActions", false), ((string)input["topic"]!, (bool)input["isMissing"]!));
        var said = input["inputs"]![0]!;
        Assert.Contains("【期限超過】review-FY2026-01 d-01: 目標値を見直す", (string)said["sentences"]![1]!["ja"]!, StringComparison.Ordinal);
        Assert.Single(said["evidence"]!.AsArray());
    }

    [Fact]
    public async Task The_plan_calls_its_review_whose_records_let_the_item_be_submitted()
    {
        await using var app = await AuditPlay.StartAppAsync(MeetingPlay.Morning("2026-09-29"));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(MeetingPlay.Morning("2026-10-01").AddHours(1));
        var item = (await app.GetAsync("secretariat", "years/FY2026/items/management-review")).Expect(200).Json;
        Assert.Equal(("management-review", "review-FY2026-01"), ((string)item["item"]!["work"]!, (string)item["item"]!["workId"]!));
        var play = new MeetingPlay(app);
        Assert.Equal("item-FY2026-management-review", (string)(await play.ReadAsync("review-FY2026-01"))["item"]!);
        Assert.Equal("records-missing", (await app.PostAsync(MeetingPlay.Top, "years/FY2026/items/management-review/submit")).Expect(409).Code);

        await play.ApproveReviewAsync("review-FY2026-01", MeetingPlay.Decision("policy", "方針を改定する", "watanabe", "2027-02-26", item: "policy-review"));

        Assert.Equal("item-FY2026-policy-review", (string)(await play.ReadAsync("review-FY2026-01"))["decided"]![0]!["item"]!);
        (await app.PostAsync(MeetingPlay.Top, "years/FY2026/items/management-review/submit")).Expect(200);
    }
}
