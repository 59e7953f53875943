using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>One discovered function.</summary>
internal sealed record LocalFunction(
    string Name, MethodInfo Method, ParameterInfo TriggerParameter, TriggerBindingAttribute Trigger, FunctionDefinition Definition);

/// <summary>All functions of the app, ordered by name (ordinal).</summary>
internal interface IFunctionCatalog
{
    IReadOnlyList<LocalFunction> Functions { get; }
}

/// <summary>Runs a function: scope, context, middleware, parameters, method, result. Exceptions pass through unwrapped.</summary>
internal interface IFunctionInvoker
{
    /// <param name="function">The function.</param>
    /// <param name="triggerValue">The value of the trigger parameter, already of the parameter's type.</param>
    /// <param name="bindingData">Values that parameters can be bound to by name, for example those of a route.</param>
    /// <param name="prepare">Called with the context before the pipeline, to set features and items.</param>
    /// <param name="cancellationToken">What the function gets as its token.</param>
    /// <returns>The result as it stands after the pipeline.</returns>
    Task<object?> InvokeAsync(
        LocalFunction function,
        object? triggerValue,
        IReadOnlyDictionary<string, object?> bindingData,
        Action<FunctionContext>? prepare,
        CancellationToken cancellationToken);
}

/// <summary>Supplies parameters that are neither trigger nor binding data, such as a durable client.</summary>
internal interface IParameterBinder
{
    bool TryBind(ParameterInfo parameter, FunctionContext context, out object? value);
}

/// <summary>Listens for what starts functions. Listeners start in the order of their registration and stop in reverse; HTTP starts last.</summary>
internal interface ITriggerListener
{
    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(CancellationToken cancellationToken);
}

/// <summary>Adds endpoints beside the functions, such as <c>/admin/…</c>. Mapped when the app has HTTP at all.</summary>
internal interface IEndpointContributor
{
    void Map(IEndpointRouteBuilder endpoints);
}
