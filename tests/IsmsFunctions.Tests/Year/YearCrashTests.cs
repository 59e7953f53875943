using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Year;

/// <summary>What a crash between two steps leaves behind is completed.</summary>
public sealed class YearCrashTests
{
    private static readonly ManagementYear Stored = new()
    {
        FiscalYear = "FY2026", StartMonth = 4, StartedAt = RunningApp.FirstMorning, StartedBy = "nakamura",
    };

    [Fact]
    public async Task A_year_that_was_stored_but_never_started_is_found_planned_and_started_by_the_sweep()
    {
        await using var app = await RunningApp.StartAsync();
        var states = app.Services.GetRequiredService<StateStore>();
        await states.TryCreateAsync(YearStore.Year, Stored.InstanceId, Stored, wakes: true);

        await app.RunUntilAsync(app.Now.AddHours(7));

        var year = (await app.GetAsync("secretariat", "years/FY2026")).Expect(200).Json;
        Assert.Equal(122, (int)year["progress"]!["total"]!);
        Assert.True((int)year["progress"]!["open"]! > 0);
    }

    [Fact]
    public async Task A_half_made_plan_is_completed_by_starting_again()
    {
        await using var app = await RunningApp.StartAsync();
        var states = app.Services.GetRequiredService<StateStore>();
        await states.TryCreateAsync(YearStore.Year, Stored.InstanceId, Stored, wakes: true);
        var plan = YearPlanning.Plan(
            new FiscalYear(2026, 4), (await app.Services.GetRequiredService<IsmsFunctions.Organizations.OrganizationStore>().GetAsync(default)), PlanCatalogue.Standard, app.Now);
        foreach (var item in plan.Take(50))
        {
            await states.TryCreateAsync(YearStore.Item, item.InstanceId, item);
        }

        var answer = (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);

        Assert.Equal(122, (int)answer.Json["progress"]!["total"]!);
    }

    [Fact]
    public async Task Stopped_and_started_again_after_two_weeks_the_app_catches_up_with_one_reminder()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        var opened = (await app.NoticesAsync()).Count(m => m.Contains("legal-review", StringComparison.Ordinal));

        await app.RestartAsync(app.Now.AddDays(23));
        await app.RunUntilAsync(app.Now.AddMinutes(1));

        Assert.Equal(1, opened);
        Assert.Equal(
            ["item-FY2026-legal-review.due-2026-04-30-in-7.nakamura", "item-FY2026-legal-review.opened.nakamura"],
            (await app.NoticesAsync()).Where(m => m.Contains("legal-review", StringComparison.Ordinal)));
    }
}
