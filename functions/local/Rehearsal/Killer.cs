namespace Rehearsal;

/// <summary>Kills the app a number of times, at moments drawn from a seed.</summary>
internal sealed class Killer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task killing;

    /// <summary>How often it has killed so far.</summary>
    public int Kills { get; private set; }

    public Killer(AppProcess app, int kills, int seed) => killing = KillAsync(app, kills, new Random(seed), stop.Token);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await killing;
        stop.Dispose();
    }

    private async Task KillAsync(AppProcess app, int kills, Random random, CancellationToken cancellationToken)
    {
        try
        {
            var killed = 0;
            for (var kill = 0; kill < kills; kill++)
            {
                // Counted from the moment it serves: a kill of a process that is only starting tests little.
                while (!app.IsServing || app.Starts == killed)
                {
                    await Task.Delay(10, cancellationToken);
                }

                await Task.Delay(random.Next(50, 2_000), cancellationToken);
                killed = app.Starts;
                app.Kill();
                Kills++;
            }
        }
        catch (OperationCanceledException)
        {
            // The year was over first.
        }
    }
}
