namespace Microsoft.Azure.Functions.Worker;

/// <summary>What is known of one invocation of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>The id of this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The id of the function; the same for all its invocations.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The distributed trace that this invocation belongs to.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>The data that came with the trigger.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>How often the invocation was tried.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of this invocation's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function that is invoked.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>A place where middleware and the function can leave things for each other.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>What the worker and its extensions provide for this invocation, by type.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Signals that the invocation is no longer wanted.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}
