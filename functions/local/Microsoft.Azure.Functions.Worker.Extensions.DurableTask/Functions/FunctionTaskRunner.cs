using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Local;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask;

/// <summary>Runs the app's orchestrator and activity functions.</summary>
internal sealed class FunctionTaskRunner(IFunctionCatalog catalog, IFunctionInvoker invoker, IOptions<DurableTaskWorkerOptions> options) : ITaskRunner
{
    private readonly Dictionary<string, LocalFunction> orchestrators = ByName<OrchestrationTriggerAttribute>(catalog, trigger => trigger.Orchestration);
    private readonly Dictionary<string, LocalFunction> activities = ByName<ActivityTriggerAttribute>(catalog, trigger => trigger.Activity);

    private DataConverter Converter => options.Value.DataConverter;

    public bool HasOrchestrator(string name) => orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public Task RunTurnAsync(string name, OrchestrationTurn turn)
    {
        var data = new Dictionary<string, object?> { ["instanceId"] = turn.Context.InstanceId };
        return invoker.InvokeAsync(orchestrators[name], turn.Context, data, context => context.Features.Set(turn), CancellationToken.None);
    }

    public async Task<string?> RunActivityAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var function = activities[call.Name];
        var data = new Dictionary<string, object?> { ["instanceId"] = call.InstanceId };
        var type = function.TriggerParameter.ParameterType;
        var input = type == typeof(FunctionContext) ? null : Converter.Deserialize(call.Input, type);
        var output = await invoker.InvokeAsync(function, input, data, prepare: null, cancellationToken);
        return Converter.Serialize(output);
    }

    private static Dictionary<string, LocalFunction> ByName<TTrigger>(IFunctionCatalog catalog, Func<TTrigger, string?> nameOf)
        where TTrigger : class
        => catalog.Functions
            .Where(function => function.Trigger is TTrigger)
            .ToDictionary(function => nameOf((TTrigger)(object)function.Trigger) ?? function.Name, StringComparer.OrdinalIgnoreCase);
}
