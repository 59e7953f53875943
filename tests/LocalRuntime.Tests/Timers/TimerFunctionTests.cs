using System.Net;
using Azure.Storage.Blobs;
using IsmsFunctions.Testing;
using LocalRuntime.Tests.Worker;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Tests.Timers;

public sealed class TimerFunctionTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    public sealed class Runs : List<string>;

    public sealed class Daily(Runs runs, TimeProvider clock)
    {
        [Function("Daily")]
        public void Run([TimerTrigger("%DailySchedule%")] TimerInfo timer)
        {
            var status = timer.ScheduleStatus!;
            runs.Add($"{clock.GetUtcNow():MM-dd HH:mm} late={timer.IsPastDue} last={status.Last:MM-dd HH:mm} next={status.Next:MM-dd HH:mm} {status.Next.Kind}");
        }
    }

    public sealed class Several(Runs runs, TimeProvider clock)
    {
        [Function("Charlie")]
        public void Charlie([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer) => runs.Add($"Charlie {clock.GetUtcNow():HH:mm}");

        [Function("Alpha")]
        public async Task Alpha([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
        {
            runs.Add($"Alpha {clock.GetUtcNow():HH:mm}");
            await Task.Delay(TimeSpan.FromMinutes(10), clock, cancellationToken);
            runs.Add($"Alpha ends {clock.GetUtcNow():HH:mm}");
        }

        [Function("Bravo")]
        public void Bravo([TimerTrigger("00:40:00", UseMonitor = false)] TimerInfo timer)
        {
            runs.Add($"Bravo {clock.GetUtcNow():HH:mm} {(timer.ScheduleStatus is null ? "unmonitored" : "monitored")}");
            throw new Exception("does not end the schedule");
        }
    }

    public sealed class Slow(Runs runs, TimeProvider clock)
    {
        [Function("Slow")]
        public async Task Run([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
        {
            runs.Add($"{clock.GetUtcNow():HH:mm}");
            await Task.Delay(TimeSpan.FromMinutes(90), clock, cancellationToken);
            runs.Add($"ends {clock.GetUtcNow():HH:mm}");
        }
    }

    public sealed class Hourly(Runs runs, TimeProvider clock)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => runs.Add($"{clock.GetUtcNow():HH:mm}{(timer.IsPastDue ? " late" : string.Empty)}");
    }

    public sealed class AtStart(Runs runs, TimeProvider clock)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("0 30 0 1 1 *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) =>
            runs.Add($"{clock.GetUtcNow():yyyy-MM-dd HH:mm}");
    }

    public static class Bad
    {
        [Function("Bad")]
        public static void Run([TimerTrigger("%BadSchedule%")] TimerInfo timer)
        {
        }
    }

    private readonly Runs runs = [];
    private readonly string hostId = storage.UniqueName("host");

    [Fact]
    public async Task A_function_runs_at_each_occurrence_and_is_told_of_its_schedule()
    {
        await using var app = await StartAsync(typeof(Daily));

        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(2));

        Assert.Equal(
            ["04-01 03:00 late=False last=01-01 00:00 next=04-01 03:00 Utc", "04-02 03:00 late=False last=04-01 03:00 next=04-02 03:00 Utc"],
            runs);
    }

    [Fact]
    public async Task The_status_is_kept_where_the_Functions_host_keeps_it()
    {
        await using var app = await StartAsync(typeof(Daily));

        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(1));

        var blob = new BlobClient(storage.ConnectionString, "azure-webjobs-hosts", $"timers/{hostId}/Host.Functions.Daily/status");
        Assert.Equal(
            """{"Last":"2026-04-01T03:00:00Z","Next":"2026-04-02T03:00:00Z","LastUpdated":"2026-04-01T03:00:00Z"}""",
            (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Occurrences_missed_while_the_app_was_down_are_made_up_for_once()
    {
        await using (var app = await StartAsync(typeof(Daily)))
        {
            await app.Clock.RunUntilAsync(TestApp.Start.AddHours(12));
        }

        await using var restarted = await StartAsync(typeof(Daily), $"Local:ClockStart={TestApp.Start.AddDays(5):O}");
        await restarted.Clock.RunUntilAsync(TestApp.Start.AddDays(6));

        Assert.Equal(
            [
                "04-01 03:00 late=False last=01-01 00:00 next=04-01 03:00 Utc",
                "04-06 00:00 late=True last=04-01 03:00 next=04-02 03:00 Utc",
                "04-06 03:00 late=False last=04-06 00:00 next=04-06 03:00 Utc",
            ],
            runs);
    }

    [Fact]
    public async Task A_frequent_function_that_is_stopped_in_a_rehearsal_misses_and_doubles_nothing()
    {
        await using (var app = await StartAsync(typeof(Hourly)))
        {
            await app.Clock.RunUntilAsync(TestApp.Start.AddHours(4));
        }

        await using var restarted = await StartAsync(typeof(Hourly), $"Local:ClockStart={TestApp.Start.AddHours(4):O}");
        await restarted.Clock.RunUntilAsync(TestApp.Start.AddHours(8));

        Assert.Equal(["01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00", "08:00"], runs);
    }

    [Fact]
    public async Task A_restart_between_occurrences_runs_nothing_twice()
    {
        for (var hour = 0; hour < 24; hour += 6)
        {
            await using var app = await StartAsync(typeof(Daily), $"Local:ClockStart={TestApp.Start.AddHours(hour):O}");
            await app.Clock.RunUntilAsync(TestApp.Start.AddHours(hour + 6));
        }

        Assert.Single(runs);
    }

    [Fact]
    public async Task Functions_due_at_one_instant_run_in_the_order_of_their_names_and_failures_end_no_schedule()
    {
        await using var app = await StartAsync(typeof(Several));

        await app.Clock.RunUntilAsync(TestApp.Start.AddHours(2));

        Assert.Equal(
            [
                "Bravo 00:40 unmonitored", "Alpha 01:00", "Charlie 01:00", "Alpha ends 01:10", "Bravo 01:20 unmonitored",
                "Charlie 02:00", "Alpha 02:00", "Bravo 02:00 unmonitored",
            ],
            runs);
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_its_interval_is_not_overlapped()
    {
        await using var app = await StartAsync(typeof(Slow));

        await app.Clock.RunUntilAsync(TestApp.Start.AddHours(5));

        Assert.Equal(["01:00", "ends 02:30", "02:30", "ends 04:00", "04:00"], runs);
    }

    [Fact]
    public async Task A_run_on_request_waits_for_the_run_under_way()
    {
        await using var app = await StartAsync(typeof(Slow));
        await app.Clock.RunUntilAsync(TestApp.Start.AddHours(1));

        Assert.Equal(HttpStatusCode.Accepted, (await RequestAsync(app, "slow")).StatusCode);
        await app.Clock.RunUntilAsync(TestApp.Start.AddHours(3));

        Assert.Equal(["01:00", "ends 02:30", "02:30"], runs);
    }

    [Fact]
    public async Task A_function_runs_at_once_on_request_and_its_schedule_stays()
    {
        await using var app = await StartAsync(typeof(Daily));

        Assert.Equal(HttpStatusCode.Accepted, (await RequestAsync(app, "Daily")).StatusCode);
        await app.Clock.RunUntilAsync(TestApp.Start.AddHours(4));

        Assert.Equal(
            ["04-01 00:00 late=False last=01-01 00:00 next=04-01 03:00 Utc", "04-01 03:00 late=False last=01-01 00:00 next=04-01 03:00 Utc"],
            runs);
        Assert.Equal(HttpStatusCode.NotFound, (await RequestAsync(app, "Nightly")).StatusCode);
    }

    [Fact]
    public async Task A_function_can_run_at_the_start_and_then_months_later()
    {
        await using var app = await StartAsync(typeof(AtStart));

        await app.Clock.RunUntilAsync(TestApp.Start.AddYears(1));

        Assert.Equal(["2026-04-01 00:00", "2027-01-01 00:30"], runs);
    }

    [Fact]
    public async Task A_run_is_cancelled_after_the_function_timeout()
    {
        await using var app = await StartAsync(typeof(Slow), "AzureFunctionsJobHost:functionTimeout=00:20:00");

        await app.Clock.RunUntilAsync(TestApp.Start.AddHours(3));

        Assert.Equal(["01:00", "02:00", "03:00"], runs);
    }

    [Fact]
    public async Task Stopping_the_app_cancels_what_runs()
    {
        await using (var app = await StartAsync(typeof(Slow)))
        {
            await app.Clock.RunUntilAsync(TestApp.Start.AddHours(1));
        }

        Assert.Equal(["01:00"], runs);
    }

    [Fact]
    public async Task A_function_that_is_switched_off_does_not_run()
    {
        await using var app = await StartAsync(typeof(Daily), "AzureWebJobs.Daily.Disabled=true");

        await app.Clock.RunUntilAsync(TestApp.Start.AddDays(2));

        Assert.Empty(runs);
    }

    [Theory]
    [InlineData("BadSchedule=whenever", "whenever")]
    [InlineData("Other=1", "BadSchedule")]
    public async Task An_app_with_a_malformed_schedule_does_not_start(string setting, string mentioned)
    {
        using var host = Builder(typeof(Bad), setting).Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains("'Bad'", error.Message, StringComparison.Ordinal);
        Assert.Contains(mentioned, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_system_s_clock_a_function_runs_in_real_time()
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = TestApp.Builder(typeof(Frequent));
        builder.Services.AddSingleton(ran);
        await using var app = await TestApp.StartAsync(builder);

        await ran.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public sealed class Frequent(TaskCompletionSource ran)
    {
        [Function("Frequent")]
        public void Run([TimerTrigger("00:00:00.050")] TimerInfo timer) => ran.TrySetResult();
    }

    private FunctionsApplicationBuilder Builder(Type functions, params string[] settings)
    {
        var builder = TestApp.Builder(
            functions,
            [
                .. TestApp.VirtualClock(), $"AzureWebJobsStorage={storage.ConnectionString}", $"AzureFunctionsWebHost:hostid={hostId}",
                "DailySchedule=0 0 3 * * *", .. settings,
            ]);
        builder.Services.AddSingleton(runs);
        return builder.ConfigureFunctionsWebApplication();
    }

    private Task<TestApp> StartAsync(Type functions, params string[] settings) => TestApp.StartAsync(Builder(functions, settings));

    private static Task<HttpResponseMessage> RequestAsync(TestApp app, string function) =>
        app.Http.PostAsync($"/admin/functions/{function}", new StringContent("""{"input":""}"""));
}
