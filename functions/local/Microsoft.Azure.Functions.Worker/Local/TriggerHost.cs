using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Starts and stops the listeners of all extensions with the app.</summary>
internal sealed class TriggerHost(IEnumerable<ITriggerListener> listeners) : IHostedService
{
    private readonly Stack<ITriggerListener> started = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners)
        {
            await listener.StartAsync(cancellationToken);
            started.Push(listener);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (started.TryPop(out var listener))
        {
            await listener.StopAsync(cancellationToken);
        }
    }
}
