namespace Rehearsal;

/// <summary>
/// Kills the app whenever its clock has come to one of the moments, and a few milliseconds later: what it is doing then differs from kill to kill.
/// </summary>
internal sealed class Killer : IAsyncDisposable
{
    private const int LongestDelay = 120; // milliseconds: about as long as the work of one instant takes

    private readonly CancellationTokenSource stop = new();
    private readonly List<DateTimeOffset> killedAt = [];
    private readonly Task killing;

    public Killer(AppProcess app, TimeProvider clock, IEnumerable<DateTimeOffset> moments, int seed) =>
        killing = KillAsync(app, clock, moments, new Random(seed), stop.Token);

    /// <summary>Where the app's clock stood at each kill so far.</summary>
    public IReadOnlyList<DateTimeOffset> KilledAt => killedAt;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await killing;
        stop.Dispose();
    }

    private async Task KillAsync(AppProcess app, TimeProvider clock, IEnumerable<DateTimeOffset> moments, Random random, CancellationToken cancellationToken)
    {
        try
        {
            var killed = 0;
            foreach (var moment in moments)
            {
                // Only once it serves again: a kill of a process that is only starting tests little.
                while (clock.GetUtcNow() < moment || !app.IsServing || app.Starts == killed)
                {
                    await Task.Delay(2, cancellationToken);
                }

                await Task.Delay(random.Next(LongestDelay), cancellationToken);
                killed = app.Starts;
                killedAt.Add(clock.GetUtcNow());
                app.Kill();
            }
        }
        catch (OperationCanceledException)
        {
            // The year was over first.
        }
    }
}
