using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>A training from its start to its end, and one that is called off.</summary>
internal static class TrainingExamples
{
    public static Task<RunningApp> StartAppAsync() => RunningApp.StartAsync();

    public static async Task WalkAsync(ExampleWalk walk)
    {
        (await walk.App.PostAsync("secretariat", "registers/sample")).Expect(201);
        (await walk.App.PostAsync("secretariat", "registers/assets/print")).Expect(201);
        var material = await walk.EvidenceAsync();
        var started = (await walk.PostAsync("secretariat", "trainings", new { kind = "allStaff", title = "2026年度 情報セキュリティ教育", due = "2026-05-29", passMark = 80 }))!;
        var path = $"trainings/{started["id"]}";
        await walk.PostAsync("secretariat", path + "/material", new { evidence = new[] { material }, link = "https://lms.example.co.jp/isms-2026" });
        await walk.PostAsync("manager", path + "/participants/person-sato/exempt", new { reason = "海外駐在中のため、現地で受講" });
        await walk.PostAsync("secretariat", path + "/participants/person-sato/oblige", new { reason = "帰国した" });
        await walk.PostAsync("owner:suzuki", path + "/participants/person-kato/mark", new { attendedOn = "2026-04-01", score = 85 });
        await walk.PostAsync("owner:suzuki", path + "/participants/person-kato/unmark", new { attendedOn = "2026-04-01" });
        await walk.PostAsync("secretariat", path + "/reschedule", new { due = "2026-06-12", comment = "連休を避ける" });
        await walk.GetAsync("secretariat", path);
        await walk.GetAsync("secretariat", path + "/participants?top=2");
        await walk.GetAsync("secretariat", "trainings");
        await walk.PostAsync("secretariat", path + "/close", new { reason = "残りは秋に実施する" });

        var drill = (await walk.PostAsync("secretariat", "trainings", new { kind = "drill", title = "避難訓練", due = "2026-04-30" }))!;
        await walk.PostAsync("secretariat", $"trainings/{drill["id"]}/cancel", new { reason = "台風のため" });
    }
}
