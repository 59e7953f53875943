using System.Reflection;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Runs functions through the app's pipeline.</summary>
internal sealed partial class FunctionInvoker : IFunctionInvoker
{
    private readonly IServiceScopeFactory scopes;
    private readonly ParameterValues parameters;
    private readonly ILogger<FunctionInvoker> logger;
    private readonly FunctionExecutionDelegate pipeline;

    public FunctionInvoker(IServiceScopeFactory scopes, ParameterValues parameters, InvocationPipeline pipeline, ILogger<FunctionInvoker> logger)
    {
        this.scopes = scopes;
        this.parameters = parameters;
        this.logger = logger;
        this.pipeline = pipeline.Around(ExecuteAsync);
    }

    public async Task<object?> InvokeAsync(
        LocalFunction function,
        object? triggerValue,
        IReadOnlyDictionary<string, object?> bindingData,
        Action<FunctionContext>? prepare,
        CancellationToken cancellationToken)
    {
        var bindings = new InvocationBindings(function, triggerValue, bindingData);
        await using var context = new LocalFunctionContext(scopes, bindings, cancellationToken);
        try
        {
            prepare?.Invoke(context);
            await pipeline(context);
            return bindings.InvocationResult;
        }
        catch (Exception exception)
        {
            // The exception itself is logged by whoever started the function; it knows whether it is expected (a replayed turn, a retry).
            InvocationFailed(logger, function.Name, context.InvocationId, exception.GetType().Name);
            throw;
        }
    }

    private async Task ExecuteAsync(FunctionContext context)
    {
        var bindings = context.Features.Get<InvocationBindings>()!;
        var method = bindings.Function.Method;
        var arguments = await parameters.BindAsync(bindings, context);
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(context.InstanceServices, method.DeclaringType!);
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        bindings.InvocationResult = await ResultOf(returned, method.ReturnType);
    }

    private static async ValueTask<object?> ResultOf(object? returned, Type type)
    {
        switch (returned)
        {
            case Task task:
                await task;
                return type.IsGenericType ? type.GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
            case ValueTask task:
                await task;
                return null;
            case { } when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>):
                return await ResultOf(type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null), typeof(Task<>).MakeGenericType(type.GenericTypeArguments));
            default:
                return returned;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Function '{Function}', invocation '{InvocationId}': {Exception}")]
    private static partial void InvocationFailed(ILogger logger, string function, string invocationId, string exception);
}
