namespace Microsoft.Azure.Functions.Worker;

/// <summary>The data that came with the trigger of an invocation.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name, for example the parameters of a route.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
