using IsmsFunctions.Tests.Audits;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Hosting;

public sealed class PurgeTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Workflows_are_forgotten_ninety_days_after_their_end_however_long_they_ran()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var (first, second, third) = (await play.StartAsync(), await play.StartAsync(), await play.StartAsync());
        await CancelAsync(play, first);

        await app.RunUntilAsync(July.AddDays(89));
        await CancelAsync(play, second);
        Assert.Equal([OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running], await StatusesAsync(app, first, second, third));

        await app.RunUntilAsync(July.AddDays(91));
        Assert.Equal([null, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running], await StatusesAsync(app, first, second, third));

        await app.RunUntilAsync(July.AddDays(89 + 91));
        Assert.Equal([null, null, OrchestrationRuntimeStatus.Running], await StatusesAsync(app, first, second, third));
        await app.RestartAsync();
        Assert.Equal([null, null, OrchestrationRuntimeStatus.Running], await StatusesAsync(app, first, second, third));
        Assert.Equal("cancelled", await play.StageAsync(first));
    }

    private static Task CancelAsync(AuditPlay play, string id) => play.DoAsync("secretariat", $"audits/{id}/cancel", new { reason = "拠点の移転と重なるため" });

    private static async Task<IReadOnlyList<OrchestrationRuntimeStatus?>> StatusesAsync(RunningApp app, params string[] instances)
    {
        var client = app.Services.GetRequiredService<ClientOfHub>().Value;
        var statuses = new List<OrchestrationRuntimeStatus?>();
        foreach (var instance in instances)
        {
            statuses.Add((await client.GetInstanceAsync(instance))?.RuntimeStatus);
        }

        return statuses;
    }
}
