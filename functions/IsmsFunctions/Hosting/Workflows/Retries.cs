using Microsoft.DurableTask;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>How often orchestrators repeat an activity that failed.</summary>
public static class Retries
{
    /// <summary>
    /// Five attempts, waiting from 5 seconds up to 5 minutes: enough for storage or Graph to come back. What still fails then is up to the workflow; see
    /// <see cref="Turns"/>.
    /// </summary>
    public static TaskOptions Transient { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 5,
        firstRetryInterval: TimeSpan.FromSeconds(5),
        backoffCoefficient: 4,
        maxRetryInterval: TimeSpan.FromMinutes(5)));
}
