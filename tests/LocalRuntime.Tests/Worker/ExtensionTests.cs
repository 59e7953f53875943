using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Tests.Worker;

public sealed class ExtensionTests
{
    public sealed class Seen : List<string>;

    public static class Functions
    {
        [Function("Quiet")]
        public static void Run([TimerTrigger("0 0 3 * * *", UseMonitor = false)] TimerInfo timer)
        {
        }
    }

    [Fact]
    public async Task Listeners_start_in_the_order_of_their_registration_and_stop_in_reverse()
    {
        var builder = TestApp.Builder(typeof(Functions));
        var seen = new Seen();
        builder.Services.AddSingleton<ITriggerListener>(new Listener("first", seen)).AddSingleton<ITriggerListener>(new Listener("second", seen));

        await using (await TestApp.StartAsync(builder))
        {
            Assert.Equal(["first starts", "second starts"], seen);
        }

        Assert.Equal(["first starts", "second starts", "second stops", "first stops"], seen);
    }

    [Fact]
    public void Extensions_beside_the_worker_are_found_by_their_startup()
    {
        var startups = AppParts.Of(typeof(Functions).Assembly).Extensions
            .SelectMany(extension => extension.GetCustomAttributes(typeof(WorkerExtensionStartupAttribute), inherit: false))
            .Cast<WorkerExtensionStartupAttribute>()
            .Select(attribute => attribute.StartupType.Name);

        Assert.Equal(["DurableTaskExtensionStartup", "TimerExtensionStartup"], startups);
    }

    [Fact]
    public async Task A_middleware_class_is_made_once_with_its_services()
    {
        var builder = TestApp.Builder(typeof(Functions), TestApp.VirtualClock());
        builder.Services.AddSingleton<Seen>();
        builder.UseMiddleware<Counting>();
        builder.UseWhen<Never>(context => context.FunctionDefinition.Name != "Quiet");
        await using var app = await TestApp.StartAsync(builder);

        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(2));

        Assert.Equal(["Quiet 1", "Quiet 2"], app.Services.GetRequiredService<Seen>());
    }

    private sealed class Counting(Seen seen) : IFunctionsWorkerMiddleware
    {
        private int count;

        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            seen.Add($"{context.FunctionDefinition.Name} {++count}");
            return next(context);
        }
    }

    private sealed class Never : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) => throw new Exception("its condition is not met");
    }

    private sealed class Listener(string name, Seen seen) : ITriggerListener
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            seen.Add($"{name} starts");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            seen.Add($"{name} stops");
            return Task.CompletedTask;
        }
    }
}
