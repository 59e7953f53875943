using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask;

/// <summary>Binds durable clients, and the input of an orchestrator to its first parameter that nothing else supplies.</summary>
internal sealed class DurableParameterBinder(ClientOfHub client, IOptions<DurableTaskWorkerOptions> options) : IParameterBinder
{
    public bool TryBind(ParameterInfo parameter, FunctionContext context, out object? value)
    {
        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null && parameter.ParameterType == typeof(DurableTaskClient))
        {
            value = client.Value;
            return true;
        }

        if (context.Features.Get<OrchestrationTurn>() is { } turn && IsInput(parameter))
        {
            value = options.Value.DataConverter.Deserialize(turn.Input, parameter.ParameterType);
            return value is not null || !parameter.ParameterType.IsValueType;
        }

        value = null;
        return false;
    }

    private static bool IsInput(ParameterInfo parameter)
        => ((MethodInfo)parameter.Member).GetParameters().FirstOrDefault(IsUnbound) == parameter;

    private static bool IsUnbound(ParameterInfo parameter)
        => parameter.GetCustomAttribute<BindingAttribute>() is null
            && parameter.ParameterType != typeof(FunctionContext)
            && parameter.ParameterType != typeof(CancellationToken);
}
