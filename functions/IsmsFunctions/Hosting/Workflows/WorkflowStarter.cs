using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>Which orchestrator works on states of a kind. The state's id is the instance's id.</summary>
/// <param name="Kind">The kind of state, such as <c>audit</c>.</param>
/// <param name="Orchestrator">The orchestrator function's name.</param>
/// <param name="Input">Its first input, made from the state's id alone.</param>
public sealed record WorkflowKind(string Kind, string Orchestrator, Func<string, object> Input);

/// <summary>Starts the workflow of a stored state: once, however often it is asked for.</summary>
public interface IWorkflowStarter
{
    /// <summary>Starts the workflow unless it runs already. Returns whether this call started it.</summary>
    /// <exception cref="KeyNotFoundException">No workflow is registered for the kind.</exception>
    Task<bool> EnsureRunningAsync(DurableTaskClient client, string kind, string id, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IWorkflowStarter"/>
public sealed class WorkflowStarter(IEnumerable<WorkflowKind> kinds) : IWorkflowStarter
{
    private readonly Dictionary<string, WorkflowKind> kinds = kinds.ToDictionary(k => k.Kind, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<bool> EnsureRunningAsync(DurableTaskClient client, string kind, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!kinds.TryGetValue(kind, out var workflow))
        {
            throw new KeyNotFoundException($"No workflow is registered for states of the kind '{kind}'.");
        }

        // Without dedupe statuses a second start would replace the running instance and lose what it was doing.
        var options = new StartOrchestrationOptions(InstanceId: id).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(workflow.Orchestrator, workflow.Input(id), options, cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}

/// <summary>Registers workflows.</summary>
public static class WorkflowServices
{
    /// <summary>Says which orchestrator works on states of a kind, so that one that was stored but never started is found and started.</summary>
    public static IServiceCollection AddWorkflow(this IServiceCollection services, string kind, string orchestrator, Func<string, object> input) =>
        services.AddSingleton(new WorkflowKind(kind, orchestrator, input));
}
