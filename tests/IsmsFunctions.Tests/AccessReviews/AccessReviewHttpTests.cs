using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.AccessReviews;

public sealed class AccessReviewHttpTests : IAsyncLifetime
{
    private RunningApp app = null!;
    private AccessReviewPlay play = null!;

    public async Task InitializeAsync()
    {
        app = await RunningApp.StartAsync();
        play = new AccessReviewPlay(app);
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Without_a_snapshot_it_is_refused_and_one_at_a_time_is_enough()
    {
        Assert.Equal("access-review-without-snapshot", (await app.PostAsync("secretariat", "access-reviews")).Expect(409).Code);
        await play.SnapshotAsync();
        Assert.Equal("access-review-due-too-early", (await app.PostAsync("secretariat", "access-reviews", new { signOffDue = "2026-03-31" })).Expect(400).Code);
        Assert.Equal(403, (await app.PostAsync("owner:suzuki", "access-reviews")).Status);
        var first = (await app.PostAsync("secretariat", "access-reviews", null, "Idempotency-Key: 1")).Expect(202);
        var again = (await app.PostAsync("secretariat", "access-reviews", null, "Idempotency-Key: 1")).Expect(202);
        Assert.Equal((string)first.Json["id"]!, (string)again.Json["id"]!);
        Assert.Equal("access-review-under-way", (await app.PostAsync("secretariat", "access-reviews")).Expect(409).Code);
    }

    [Fact]
    public async Task A_lead_sees_and_answers_their_own_sheet_and_nobody_elses()
    {
        var id = await play.StartAsync();
        Assert.Equal(200, (await app.GetAsync("owner:suzuki", $"access-reviews/{id}/sheets/department-sales")).Status);
        Assert.Equal("access-review-not-your-sheet", (await app.GetAsync("owner:suzuki", $"access-reviews/{id}/sheets/people")).Expect(403).Code);
        Assert.Equal("access-review-not-your-sheet", (await app.PostAsync("owner:suzuki", $"access-reviews/{id}/sheets/people/rows/1/answer", new { decision = "keep" })).Expect(403).Code);
        Assert.Equal(403, (await app.GetAsync("externalAuditor", $"access-reviews/{id}")).Status);
        var details = (await app.GetAsync("owner:suzuki", $"access-reviews/{id}")).Expect(200).Json;
        Assert.Equal(["department-sales"], details["sheetList"]!.AsArray().Select(s => (string)s!["id"]!));
        Assert.Equal(["u-suzuki"], (await play.RowsAsync(id, "reviewers")).Select(r => (string)r["right"]!["holderId"]!));
        Assert.Equal("unknown-access-review-sheet", (await app.GetAsync("owner:suzuki", $"access-reviews/{id}/sheets/none")).Expect(404).Code);
        Assert.Equal("access-review-unknown-row", (await app.PostAsync("owner:suzuki", $"access-reviews/{id}/sheets/department-sales/rows/x/answer", new { decision = "keep" })).Expect(400).Code);
        Assert.Equal("access-review-not-your-part", (await app.PostAsync("owner:suzuki", $"access-reviews/{id}/cancel", new { reason = "x" })).Expect(403).Code);
    }

    [Fact]
    public async Task Rows_come_in_pages_and_by_filter_and_as_a_workbook()
    {
        var id = await play.StartAsync();
        const string sheet = "department-sales";
        var first = (await app.GetAsync("owner:suzuki", $"access-reviews/{id}/sheets/{sheet}?top=2")).Expect(200).Json;
        Assert.Equal([1, 2], first["items"]!.AsArray().Select(r => (int)r!["number"]!));
        var second = (await app.GetAsync("owner:suzuki", $"access-reviews/{id}/sheets/{sheet}?top=2&continuationToken={first["continuationToken"]}")).Expect(200).Json;
        Assert.Equal([3], second["items"]!.AsArray().Select(r => (int)r!["number"]!));
        Assert.Equal(["disabled-account"], (await play.RowsAsync(id, sheet, "?flagged=true")).Single()["flags"]!.AsArray().Select(f => (string)f!["code"]!));
        await play.DoAsync("owner:suzuki", $"access-reviews/{id}/sheets/{sheet}/rows/1/answer", new { decision = "revoke" });
        Assert.Equal((1, 2), ((await play.RowsAsync(id, sheet, "?answer=revoke")).Count, (await play.RowsAsync(id, sheet, "?answer=open")).Count));
        Assert.Equal(400, (await app.GetAsync("owner:suzuki", $"access-reviews/{id}/sheets/{sheet}?answer=other")).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/access-reviews/{id}/sheets/{sheet}/sheet.xlsx");
        request.Headers.Add("X-Isms-Persona", "owner:suzuki");
        using var book = await app.Http.SendAsync(request);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Thirty_answers_at_once_are_all_there_and_none_is_lost_to_the_rest()
    {
        await play.SnapshotAsync(AccessReviewPlay.Rights.Concat(Enumerable.Range(1, 30).Select(i => AccessReviewPlay.Rights[0] with { What = "g" + i, WhatId = "id-g" + i })));
        var id = (string)(await app.PostAsync("secretariat", "access-reviews")).Expect(202).Json["id"]!;
        await app.SettleAsync();
        var path = $"access-reviews/{id}/sheets/department-sales";
        var numbers = (await play.RowsAsync(id, "department-sales")).Select(r => (int)r["number"]!).ToList();
        await Task.WhenAll(numbers.Take(30).Select(n => app.PostAsync("owner:suzuki", $"{path}/rows/{n}/answer", new { decision = "revoke" }))
            .Append(app.PostAsync("owner:suzuki", path + "/answers", new { rest = new { decision = "keep", reason = "確認済み" } }))
            .Append(app.PostAsync("owner:suzuki", path + "/answers", new { rest = new { decision = "keep", reason = "確認済み" } })));
        var rows = await play.RowsAsync(id, "department-sales");
        Assert.All(rows.Where(r => numbers.Take(30).Contains((int)r["number"]!)), r => Assert.Equal("revoke", (string)r["answer"]!["decision"]!));
        Assert.All(rows.Where(r => !numbers.Take(30).Contains((int)r["number"]!)), r => Assert.Equal("keep", (string)r["answer"]!["decision"]!));
    }

    [Fact]
    public async Task All_sheets_signed_at_once_move_the_review_on_once_and_what_is_answered_after_a_signature_is_refused()
    {
        var id = await play.StartAsync();
        foreach (var (sheet, persona) in AccessReviewPlay.Reviewers)
        {
            (await app.PostAsync(persona, $"access-reviews/{id}/sheets/{sheet}/answers", new { rest = new { decision = "keep", reason = "業務で利用中" } })).Expect(200);
        }

        var path = $"access-reviews/{id}/sheets/department-sales";
        var signed = (await app.PostAsync("owner:suzuki", path + "/sign-off", null, "Idempotency-Key: s")).Expect(200);
        Assert.Equal(signed.Text, (await app.PostAsync("owner:suzuki", path + "/sign-off", null, "Idempotency-Key: s")).Expect(200).Text);
        Assert.Equal("access-review-sheet-signed", (await app.PostAsync("owner:suzuki", path + "/sign-off")).Expect(409).Code);
        Assert.Equal("access-review-sheet-signed", (await app.PostAsync("owner:suzuki", path + "/rows/1/answer", new { decision = "revoke" })).Expect(409).Code);
        await Task.WhenAll(AccessReviewPlay.Reviewers.Where(r => r.Key != "department-sales")
            .Select(async r => (await app.PostAsync(r.Value, $"access-reviews/{id}/sheets/{r.Key}/sign-off")).Expect(200)));
        await app.SettleAsync();
        Assert.Equal("confirming", await play.StageAsync(id));
        var log = (await play.ReadAsync(id))["log"]!.AsArray().Select(e => (string)e!["what"]!);
        Assert.Equal(AccessReviewPlay.Reviewers.Count, log.Count(w => w == "sign-off"));

        await play.DoAsync(AccessReviewPlay.Manager, path + "/return", new { comment = "理由を具体的に" });
        Assert.Equal("reviewing", await play.StageAsync(id));
        await play.DoAsync("owner:suzuki", path + "/rows/1/answer", new { decision = "revoke" });
        await play.DoAsync("owner:suzuki", path + "/sign-off");
        await play.DoAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/close");
        var task = (await play.ReadAsync(id))["taskList"]!.AsArray().Single()!;
        Assert.Equal(("department-sales", 1), ((string)task["sheet"]!, (int)task["row"]!));
        Assert.Equal("access-review-not-your-part", (await app.PostAsync("owner:suzuki", $"access-reviews/{id}/tasks/1/withdraw", new { reason = "x" })).Expect(403).Code);
        await play.DoAsync(AccessReviewPlay.Manager, $"access-reviews/{id}/tasks/1/withdraw", new { reason = "業務で必要と判明" });
        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(["access-review-follow-up", "access-review-record", "access-review-sheets"], await play.RecordsAsync(id));
    }

    [Fact]
    public async Task A_review_called_off_leaves_no_record_of_a_review()
    {
        var id = await play.StartAsync();
        Assert.Equal("access-review-text-missing", (await app.PostAsync("secretariat", $"access-reviews/{id}/cancel")).Expect(422).Code);
        await play.DoAsync("secretariat", $"access-reviews/{id}/cancel", new { reason = "組織変更後にやり直す" });
        Assert.Equal("cancelled", await play.StageAsync(id));
        Assert.Equal(["access-review-sheets"], await play.RecordsAsync(id));
        (await app.PostAsync("secretariat", "access-reviews")).Expect(202);
    }
}
