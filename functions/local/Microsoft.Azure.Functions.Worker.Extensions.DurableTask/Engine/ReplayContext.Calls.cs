using DurableTask.Core.Exceptions;

namespace Microsoft.DurableTask.Local;

/// <content>Calls of tasks, with and without retries.</content>
internal sealed partial class ReplayContext
{
    private async Task<TResult> CallAsync<TResult>(TaskName name, TaskOptions? options, Func<Task<string?>> schedule)
    {
        try
        {
            var result = options?.Retry switch
            {
                { Policy: { } policy } => await RetryAsync(policy, schedule),
                { Handler: { } handler } => await RetryAsync(handler, schedule),
                _ => await schedule(),
            };
            return settings.DataConverter.Deserialize<TResult>(result)!;
        }
        catch (OrchestrationException failure)
        {
            throw new TaskFailedException(name, failure.TaskId, failure);
        }
    }

    private async Task<string?> RetryAsync(RetryPolicy policy, Func<Task<string?>> schedule)
    {
        var firstAttempt = currentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await schedule();
            }
            catch (OrchestrationException failure)
                when (!failure.IsNonRetriable && attempt < policy.MaxNumberOfAttempts && IsWorthRetrying(policy, failure, firstAttempt))
            {
            }

            await TimerAsync(currentUtcDateTime.Add(DelayAfter(attempt, policy)), CancellationToken.None);
        }
    }

    private bool IsWorthRetrying(RetryPolicy policy, OrchestrationException failure, DateTime firstAttempt)
    {
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && currentUtcDateTime - firstAttempt >= policy.RetryTimeout)
        {
            return false;
        }

        try
        {
            return policy.Handle(failure);
        }
        catch (Exception)
        {
            // As in the original, a handler that fails itself must not hide the failure it was asked about.
            return false;
        }
    }

    private static TimeSpan DelayAfter(int attempt, RetryPolicy policy)
    {
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private async Task<string?> RetryAsync(AsyncRetryHandler handler, Func<Task<string?>> schedule)
    {
        var firstAttempt = currentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            OrchestrationException last;
            try
            {
                return await schedule();
            }
            catch (OrchestrationException failure) when (!failure.IsNonRetriable)
            {
                last = failure;
            }

            var context = new RetryContext(this, attempt, last.FailureDetails, currentUtcDateTime - firstAttempt, CancellationToken.None);
            if (!await handler(context))
            {
                throw last;
            }
        }
    }
}
