namespace Microsoft.DurableTask;

/// <summary>Decides after a failed attempt whether the task is tried again.</summary>
/// <returns><c>true</c> to try again at once.</returns>
public delegate bool RetryHandler(RetryContext retryContext);

/// <summary>
/// Decides after a failed attempt whether the task is tried again. It runs as part of the orchestrator: it may wait on durable
/// timers, and must be as deterministic as the orchestrator.
/// </summary>
/// <returns><c>true</c> to try again at once.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

/// <summary>What a retry handler decides on.</summary>
/// <param name="OrchestrationContext">The context of the calling orchestrator.</param>
/// <param name="LastAttemptNumber">The number of the failed attempt, from 1.</param>
/// <param name="LastFailure">How it failed.</param>
/// <param name="TotalRetryTime">The time since the first attempt began.</param>
/// <param name="CancellationToken">Cancels the retries.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
