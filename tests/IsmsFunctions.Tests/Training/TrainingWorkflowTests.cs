using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Training;

/// <summary>Campaigns through the whole app: HTTP, workflow on the durable engine, storage, mails, a virtual clock.</summary>
public sealed class TrainingWorkflowTests
{
    private const string Header = "メールアドレス,受講日,点数";
    private static readonly DateTimeOffset April = RunningApp.FirstMorning;

    [Fact]
    public async Task A_campaign_invites_reminds_who_is_missing_and_closes_by_itself_when_everybody_has_attended()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new TrainingPlay(app);
        var id = await play.StartAsync();
        Assert.Equal("training-FY2026-001", id);
        Assert.Equal("running", await play.StageAsync(id));
        Assert.Equal(4, (int)(await play.ReadAsync(id))["progress"]!["obliged"]!);
        await app.RunUntilAsync(April.AddDays(1));
        Assert.Contains($"{id}.invite.ito", app.Mails());
        Assert.Contains(app.Mails(), m => m.StartsWith($"{id}.invite.mail-", StringComparison.Ordinal));

        (await play.ImportAsync(id, Header, "daisuke.ito@example.co.jp,2026-04-01,", "ken.kobayashi@example.co.jp,2026-04-01,", "hanako@partner.example,2026-04-02,")).Expect(200);
        Assert.Equal("running", await play.StageAsync(id));
        await app.RunUntilAsync(April.AddDays(23));
        var notices = await app.NoticesAsync();
        Assert.Contains($"{id}.upcoming-14.sato", notices);
        Assert.Contains($"{id}.upcoming-7.sato", notices);
        Assert.DoesNotContain($"{id}.upcoming-14.ito", notices);
        Assert.Contains($"{id}.2.state-upcoming-7.nakamura", notices);

        (await play.ImportAsync(id, Header, "makoto.sato@example.co.jp,2026-04-20,")).Expect(200);
        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(["training-attendance", "training-import", "training-import"], await play.RecordsAsync(id));
        await app.RunUntilAsync(April.AddDays(60));
        Assert.DoesNotContain(await app.NoticesAsync(), m => m.Contains("overdue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_with_a_test_and_material_leaves_results_and_material_and_reminds_who_failed()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new TrainingPlay(app);
        var id = await play.StartAsync(new
        {
            kind = "auditor", due = "2026-04-30", passMark = 80, material = new { evidence = Array.Empty<string>(), link = "https://intra.example.co.jp/isms" },
        });
        (await play.ImportAsync(id, Header, "sho.yamamoto@example.co.jp,2026-04-01,90", "misaki.kato@example.co.jp,2026-04-01,60", "hiroshi.yoshida@example.co.jp,2026-04-01,80", "naoki.hayashi@example.co.jp,2026-04-01,95")).Expect(200);
        Assert.Equal((3, 1), ((int)(await play.ReadAsync(id))["progress"]!["done"]!, (int)(await play.ReadAsync(id))["progress"]!["failed"]!));
        await app.RunUntilAsync(April.AddDays(16));
        Assert.Contains($"{id}.upcoming-14.kato", await app.NoticesAsync());

        (await play.ImportAsync(id, Header, "misaki.kato@example.co.jp,2026-04-16,85")).Expect(200);
        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(["training-attendance", "training-import", "training-import", "training-material", "training-results"], await play.RecordsAsync(id));
        var attendance = (await app.GetAsync("auditor", $"evidence?subject={id}&record=training-attendance")).Expect(200).Json["items"]![0]!;
        var page = (await app.GetAsync("auditor", $"evidence/{attendance["id"]}/files/training-attendance.ja.html")).Expect(200).Text;
        Assert.Contains("受講者名簿", page, StringComparison.Ordinal);
        Assert.Contains("加藤 美咲", page, StringComparison.Ordinal);
        Assert.Contains(attendance["files"]!.AsArray(), f => (string)f!["path"]! == "training-attendance.ja.xlsx");
        Assert.Equal(["7.2", "7.3"], attendance["clauses"]!.AsArray().Select(c => (string)c!));
    }

    [Fact]
    public async Task It_is_overdue_weekly_until_the_secretariat_closes_it_with_a_reason()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new TrainingPlay(app);
        var id = await play.StartAsync();
        await app.RunUntilAsync(April.AddDays(40));
        Assert.Contains($"{id}.overdue-8.ito", await app.NoticesAsync());
        Assert.Equal("training-closed-without-reason", (await app.PostAsync(TrainingPlay.Secretariat, $"trainings/{id}/close")).Expect(422).Code);

        await play.DoAsync(TrainingPlay.Secretariat, $"trainings/{id}/close", new { reason = "次回の訓練で実施する" });
        var closed = await play.ReadAsync(id);
        Assert.Equal(("closed", 4), ((string)closed["stage"]!, (int)closed["outcome"]!["missing"]!));
        Assert.Contains($"{id}.4.closed.nakamura", await app.NoticesAsync());
        var attendance = (await app.GetAsync(TrainingPlay.Secretariat, $"evidence?subject={id}")).Json["items"]![0]!;
        Assert.Contains("次回の訓練で実施する", (await app.GetAsync(TrainingPlay.Secretariat, $"evidence/{attendance["id"]}/files/training-attendance.ja.html")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_years_newcomer_training_closes_by_itself_with_a_record_that_nobody_joined()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync(TrainingPlay.Secretariat, "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(April.AddDays(1));
        var play = new TrainingPlay(app);
        var item = (await app.GetAsync(TrainingPlay.Secretariat, "years/FY2026/items/newcomer-training-m01")).Expect(200).Json;
        var id = (string)item["item"]!["workId"]!;
        Assert.Equal("running", await play.StageAsync(id));
        Assert.Equal("records-missing", (await app.PostAsync(TrainingPlay.Secretariat, "years/FY2026/items/newcomer-training-m01/submit")).Expect(409).Code);

        await app.RunUntilAsync(April.AddDays(21));
        Assert.Equal("closed", await play.StageAsync(id));
        Assert.Equal(["training-attendance"], await play.RecordsAsync("item-FY2026-newcomer-training-m01"));
        (await app.PostAsync(TrainingPlay.Secretariat, "years/FY2026/items/newcomer-training-m01/submit")).Expect(200);
    }

    [Fact]
    public async Task A_campaign_whose_plan_item_is_waived_is_called_off()
    {
        await using var app = await RunningApp.StartAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        (await app.PostAsync(TrainingPlay.Secretariat, "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(app.Now.AddDays(1));
        var play = new TrainingPlay(app);
        var id = (string)(await app.GetAsync(TrainingPlay.Secretariat, "years/FY2026/items/specialist-training")).Expect(200).Json["item"]!["workId"]!;
        Assert.Equal("running", await play.StageAsync(id));
        await play.DoAsync("manager", "years/FY2026/items/specialist-training/waive", new { reason = "外部の研修を受講済みのため" });

        await app.RunUntilAsync(app.Now.AddDays(40));
        Assert.Equal("cancelled", await play.StageAsync(id));
        Assert.Empty((await play.ReadAsync(id))["possible"]!.AsArray());
    }

    [Fact]
    public async Task The_course_of_the_register_is_carried_out_and_told_how_many_attended()
    {
        await using var app = await RunningApp.StartAsync();
        var values = new Dictionary<string, string>
        {
            ["name"] = "内部監査員養成研修", ["type"] = "auditor", ["fiscalYear"] = "FY2026", ["audience"] = "内部監査員", ["content"] = "監査の進め方", ["method"] = "classroom",
            ["plannedAt"] = "2026-04-10", ["passMark"] = "70",
        };
        var course = (string)(await app.PostAsync(TrainingPlay.Secretariat, "registers/courses", new { values })).Expect(201).Json["id"]!;
        var play = new TrainingPlay(app);
        var id = await play.StartAsync(new { kind = "auditor", course });
        Assert.Equal("内部監査員養成研修", (string)(await play.ReadAsync(id))["title"]!["ja"]!);
        (await play.ImportAsync(id, Header, "sho.yamamoto@example.co.jp,2026-04-01,90", "misaki.kato@example.co.jp,2026-04-01,60")).Expect(200);
        await play.DoAsync(TrainingPlay.Secretariat, $"trainings/{id}/close", new { reason = "残りは次回" });

        var entry = (await app.GetAsync(TrainingPlay.Secretariat, $"registers/courses/{course}")).Expect(200).Json["values"]!;
        Assert.Equal((4, 2, 1), ((int)entry["targetCount"]!, (int)entry["attendedCount"]!, (int)entry["passedCount"]!));
        Assert.Equal(2, entry["evidence"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_restart_in_the_middle_invites_nobody_twice()
    {
        await using var app = await RunningApp.StartAsync();
        var play = new TrainingPlay(app);
        var id = await play.StartAsync();
        await app.RunUntilAsync(April.AddDays(1));
        var before = app.Mails();
        await app.RestartAsync();
        await app.RunUntilAsync(April.AddDays(3));
        Assert.Equal(before, app.Mails());
        Assert.Equal("running", await play.StageAsync(id));
    }
}
