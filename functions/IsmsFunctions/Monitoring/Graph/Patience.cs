namespace IsmsFunctions.Monitoring.Graph;

/// <summary>How long a piece of work goes on waiting in all, and by how much it waits when nobody says.</summary>
public sealed class Patience(TimeSpan total, TimeProvider clock)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private TimeSpan left = total;

    /// <summary>Waits before the next attempt: as long as the service asks, however long that is, or twice as long as the last time.</summary>
    /// <param name="asked">What the service asked for.</param>
    /// <param name="failures">How many attempts of this request have failed so far, from 1.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False without having waited, when that would exceed what is left.</returns>
    public async Task<bool> TryWaitAsync(TimeSpan? asked, int failures, CancellationToken cancellationToken)
    {
        var own = FirstWait * Math.Pow(2, Math.Min(failures - 1, 10));
        var wait = asked ?? (own < LongestWait ? own : LongestWait);
        if (wait > left)
        {
            return false;
        }

        left -= wait;
        await Task.Delay(wait, clock, cancellationToken);
        return true;
    }
}
