using System.Text.Json.Serialization;
using Isms.Monitoring;
using Isms.Rules;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>The input of a collector's orchestration.</summary>
/// <param name="InstanceId">Its instance id.</param>
/// <param name="At">When the run was asked for.</param>
/// <param name="Windows">For logs: the windows still to be collected; null before they are planned.</param>
/// <param name="Collector">The collector's name; runs that began before there were many do not say it.</param>
public sealed record CollectorInput(
    string InstanceId, DateTimeOffset At, IReadOnlyList<WindowTask>? Windows = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Collector = null);

/// <summary>Starts runs of collectors, one at a time each, and remembers how they went.</summary>
public sealed class CollectorRuns(StateStore states, OrganizationStore organizations, IOptions<MonitoringOptions> options, TimeProvider clock)
{
    /// <summary>The kind of the state rows; the id is the collector's name.</summary>
    public const string Kind = "collector";

    /// <summary>Who starts a run by its schedule.</summary>
    public const string Schedule = "schedule";

    private static readonly OrchestrationRuntimeStatus[] Existing =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Starts a run, or returns the one that is under way.</summary>
    /// <param name="client">Starts the orchestration.</param>
    /// <param name="collector">The collector.</param>
    /// <param name="by">The person id, or <c>schedule</c>.</param>
    /// <param name="window">The time asked for; null for what is due.</param>
    /// <param name="cancellationToken">Cancels before the run is stored.</param>
    /// <exception cref="RefusedException">The organisation is not set up, or the time cannot be collected.</exception>
    public async Task<CollectorRun> StartAsync(
        DurableTaskClient client, Collector collector, string by, (DateTimeOffset From, DateTimeOffset To)? window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(collector);
        await organizations.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (window is var (from, to)
            && CollectorRules.WindowCannotBeCollected(from, to, now, options.Value.SignInLag, options.Value.SignInRetention) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var (run, isNew) = await BeginAsync(collector, by, window, now, cancellationToken);
        if (!isNew && await EndIfDeadAsync(client, collector, run, cancellationToken))
        {
            (run, isNew) = await BeginAsync(collector, by, window, now, cancellationToken);
        }

        await ScheduleAsync(client, collector, run, cancellationToken);
        return run;
    }

    /// <summary>What is remembered of a collector.</summary>
    public async Task<CollectorState> FindAsync(string collector, CancellationToken cancellationToken) =>
        (await states.FindAsync<CollectorState>(Kind, collector, cancellationToken))?.Value ?? new CollectorState();

    /// <summary>Changes what is remembered of a collector.</summary>
    public async Task<CollectorState> UpdateAsync(string collector, Func<CollectorState, CollectorState> change, CancellationToken cancellationToken) =>
        (await states.UpdateOrCreateAsync(Kind, collector, new CollectorState(), change, cancellationToken)).Value;

    private async Task<(CollectorRun Run, bool IsNew)> BeginAsync(
        Collector collector, string by, (DateTimeOffset From, DateTimeOffset To)? window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CollectorRun? begun = null;
        var state = await UpdateAsync(
            collector.Name,
            s =>
            {
                begun = new CollectorRun(CollectorRules.InstanceIdOf(collector.Name, s, now), now, by, window?.From, window?.To);
                return CollectorRules.Begin(s, begun);
            },
            cancellationToken);
        return (state.Active!, state.Active == begun);
    }

    /// <summary>A run whose orchestration was terminated or failed beyond telling would block the collector for ever.</summary>
    private async Task<bool> EndIfDeadAsync(DurableTaskClient client, Collector collector, CollectorRun run, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(run.InstanceId, cancellationToken);
        if (instance is null || instance.RuntimeStatus is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended)
        {
            return false;
        }

        var error = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? null : instance.RuntimeStatus.ToString();
        await UpdateAsync(collector.Name, s => CollectorRules.End(s, run.InstanceId, clock.GetUtcNow(), error), cancellationToken);
        return true;
    }

    /// <summary>Starting twice is harmless; starting again after a crash between the stored run and its orchestration is what heals that.</summary>
    private static async Task ScheduleAsync(DurableTaskClient client, Collector collector, CollectorRun run, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(run.InstanceId, cancellationToken) is not null)
        {
            return;
        }

        var start = new StartOrchestrationOptions { InstanceId = run.InstanceId }.WithDedupeStatuses(Existing);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(collector.Orchestrator, new CollectorInput(run.InstanceId, run.StartedAt, Collector: collector.Name), start, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else started it in between: then it is there. Otherwise the failure stands.
            if (await client.GetInstanceAsync(run.InstanceId, cancellationToken) is null)
            {
                throw;
            }
        }
    }
}
