namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>What goes in and out of one invocation.</summary>
internal sealed class InvocationBindings(LocalFunction function, object? triggerValue, IReadOnlyDictionary<string, object?> data)
{
    public LocalFunction Function => function;

    public object? TriggerValue => triggerValue;

    public IReadOnlyDictionary<string, object?> Data => data;

    public object? InvocationResult { get; set; }
}

internal sealed class LocalInvocationResult(InvocationBindings bindings) : InvocationResult
{
    public override object? Value
    {
        get => bindings.InvocationResult;
        set => bindings.InvocationResult = value;
    }
}

internal sealed class LocalInvocationResult<T>(InvocationBindings bindings) : InvocationResult<T>
{
    public override T? Value
    {
        get => (T?)bindings.InvocationResult;
        set => bindings.InvocationResult = value;
    }
}
