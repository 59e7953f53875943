using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using Microsoft.Extensions.Hosting;

namespace IsmsFunctions.Hosting;

/// <summary>
/// Makes the tables and containers and takes the settings file over, before the first function runs. Registered ahead of the worker's own service,
/// since hosted services start in order.
/// </summary>
public sealed class Preparation(StateStore states, OrganizationStore organizations, Outbox outbox, EvidenceStore evidence, RegisterStore registers) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await states.PrepareAsync(cancellationToken);
        await outbox.PrepareAsync(cancellationToken);
        await evidence.PrepareAsync(cancellationToken);
        await registers.PrepareAsync(cancellationToken);
        await organizations.ImportFileOnceAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
