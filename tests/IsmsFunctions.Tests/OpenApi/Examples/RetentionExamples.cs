using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Packs;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>How long records are kept, what may not be removed, and a disposal by two people.</summary>
internal static class RetentionExamples
{
    public static Task<RunningApp> StartAppAsync() => RunningApp.StartAsync();

    public static async Task WalkAsync(ExampleWalk walk)
    {
        var items = await PackTests.RecordAsync(walk.App, 3);
        await walk.PutAsync("manager", "retention/policy", new { years = new Dictionary<string, int> { ["operation"] = 5 } });
        await walk.GetAsync("auditor", "retention/policy");
        await walk.App.RestartAsync(RunningApp.FirstMorning.AddYears(10));
        await walk.GetAsync("secretariat", "retention/due");
        var hold = (await walk.PostAsync("secretariat", "retention/holds", new { reason = "係争中", fiscalYear = "FY2026", type = "operation" }))!;
        await walk.PostAsync("manager", $"retention/holds/{hold["id"]}/lift");
        await walk.GetAsync("secretariat", "retention/holds");
        var disposal = (await walk.PostAsync("secretariat", "retention/disposals", new { items = new[] { items[0].Id, items[1].Id }, reason = "保管期間満了" }))!;
        await walk.PostAsync("manager", $"retention/disposals/{disposal["id"]}/approve");
        await walk.GetAsync("secretariat", $"retention/disposals/{disposal["id"]}");
        await walk.GetAsync("secretariat", "retention/disposals");
    }
}
