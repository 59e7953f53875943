using Microsoft.Azure.Functions.Worker.Local;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Access to the bindings of an invocation.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The result of the invocation as it stands now; setting its value replaces it.</summary>
    /// <param name="context">The invocation.</param>
    public static InvocationResult GetInvocationResult(this FunctionContext context)
    {
        return new LocalInvocationResult(BindingsOf(context));
    }

    /// <summary>The result of the invocation as it stands now, as a <typeparamref name="T"/>.</summary>
    /// <param name="context">The invocation.</param>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <exception cref="InvalidOperationException">The result is of another type.</exception>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context)
    {
        var bindings = BindingsOf(context);
        return bindings.InvocationResult is T
            ? new LocalInvocationResult<T>(bindings)
            : throw new InvalidOperationException(
                $"The result of the invocation is of type {bindings.InvocationResult?.GetType().FullName ?? "null"}, not {typeof(T).FullName}.");
    }

    private static InvocationBindings BindingsOf(FunctionContext context) =>
        context.Features.Get<InvocationBindings>()
        ?? throw new InvalidOperationException($"No feature is registered with the type {typeof(InvocationBindings)}.");
}
