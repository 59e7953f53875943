using IsmsFunctions.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Tests.Durable;

public sealed class RetryTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Policy_retries_after_growing_delays_up_to_the_longest()
    {
        var attempts = new List<double>();
        await using var hub = await FailingAsync(attempts, failures: 5, TaskOptions.FromRetryPolicy(
            new RetryPolicy(10, TimeSpan.FromMinutes(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5))));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal([0, 1, 3, 7, 12, 17], attempts);
    }

    [Fact]
    public async Task Policy_gives_up_after_its_number_of_attempts_with_the_last_failure()
    {
        var attempts = new List<double>();
        await using var hub = await FailingAsync(attempts, failures: 100, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1))));

        var ended = await hub.RunAsync("Retry");

        Assert.Equal("attempt 3", ended.FailureDetails!.InnerFailure!.ErrorMessage);
        Assert.Equal([0, 1, 2], attempts);
    }

    [Fact]
    public async Task Policy_gives_up_after_its_time()
    {
        var attempts = new List<double>();
        await using var hub = await FailingAsync(attempts, failures: 100, TaskOptions.FromRetryPolicy(
            new RetryPolicy(100, TimeSpan.FromMinutes(10), retryTimeout: TimeSpan.FromMinutes(25))));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal([0, 10, 20, 30], attempts);
    }

    [Fact]
    public async Task Policy_retries_only_what_its_handler_finds_worth_it()
    {
        var attempts = new List<double>();
        await using var hub = await FailingAsync(attempts, failures: 100, TaskOptions.FromRetryPolicy(
            new RetryPolicy(100, TimeSpan.FromMinutes(1)) { HandleFailure = failure => failure.ErrorMessage != "attempt 2" }));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal([0, 1], attempts);
    }

    [Fact]
    public async Task Handler_decides_on_number_failure_and_time_and_may_wait()
    {
        var attempts = new List<double>();
        var seen = new List<string>();
        await using var hub = await FailingAsync(attempts, failures: 2, TaskOptions.FromRetryHandler(async retry =>
        {
            if (!retry.OrchestrationContext.IsReplaying)
            {
                seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage} {retry.TotalRetryTime.TotalMinutes} {retry.LastFailure.IsCausedBy<TimeoutException>()}");
            }

            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMinutes(30), CancellationToken.None);
            return true;
        }));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal([0, 30, 60], attempts);
        Assert.Equal(["1 attempt 1 0 True", "2 attempt 2 30 True"], seen);
    }

    [Fact]
    public async Task Handler_that_declines_ends_the_retries()
    {
        var attempts = new List<double>();
        await using var hub = await FailingAsync(attempts, failures: 100, TaskOptions.FromRetryHandler((RetryContext retry) => retry.LastAttemptNumber < 4));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal(4, attempts.Count);
    }

    [Fact]
    public async Task Sub_orchestrations_are_retried_as_well()
    {
        var runs = 0;
        await using var hub = await new TestHub(azurite)
            .Orchestrator("Child", _ => ++runs < 3 ? throw new TimeoutException() : Task.FromResult(runs))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>(
                "Child", null, new SubOrchestrationOptions(new RetryPolicy(5, TimeSpan.FromHours(1)), "child")))
            .StartAsync();

        Assert.Equal(3, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }

    private async Task<TestHub> FailingAsync(List<double> attempts, int failures, TaskOptions options)
    {
        TestHub hub = null!;
        hub = new TestHub(azurite)
            .Activity<int>("Flaky", number =>
            {
                attempts.Add((hub.Now - TestHub.Start).TotalMinutes);
                return attempts.Count <= failures ? throw new TimeoutException($"attempt {attempts.Count}") : number;
            })
            .Orchestrator("Retry", context => context.CallActivityAsync<int>("Flaky", 1, options));
        return await hub.StartAsync();
    }
}
