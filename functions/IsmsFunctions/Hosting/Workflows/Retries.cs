using Microsoft.DurableTask;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>How often orchestrators repeat an activity that failed.</summary>
public static class Retries
{
    /// <summary>
    /// Five attempts, waiting from 5 seconds up to 5 minutes: enough for storage or Graph to come back. What still fails then fails its workflow, which the sweep
    /// of <see cref="WakeTimers"/> starts again while its state is pending.
    /// </summary>
    public static TaskOptions Transient { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5,
        firstRetryInterval: TimeSpan.FromSeconds(5),
        backoffCoefficient: 4,
        maxRetryInterval: TimeSpan.FromMinutes(5)));
}
