using IsmsFunctions.Hosting.Workflows;
using Microsoft.DurableTask;

namespace IsmsFunctions.Monitoring;

/// <summary>How orchestrators pull: an activity that a throttling service put off is repeated when the service wants it.</summary>
public static class Pulling
{
    private const int MostAttempts = 4;

    /// <summary>Calls the activity until its evidence stands; the last attempt writes what there is and names the gap.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="activity">An activity that returns <see cref="PullOutcome"/>.</param>
    /// <param name="input">Makes its input, given whether this attempt is the last and how the one before ended.</param>
    public static async Task PullAsync(this TaskOrchestrationContext context, string activity, Func<bool, PullOutcome?, object> input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        PullOutcome? before = null;
        for (var attempt = 1; ;)
        {
            var outcome = await context.CallActivityAsync<PullOutcome>(activity, input(attempt >= MostAttempts, before), Retries.Transient);
            if (outcome.ResumeAt is not { } resume)
            {
                return;
            }

            before = outcome;
            if (!outcome.IsOutOfTime)
            {
                attempt++;
                await context.CreateTimer(resume.UtcDateTime, CancellationToken.None);
            }
        }
    }
}
