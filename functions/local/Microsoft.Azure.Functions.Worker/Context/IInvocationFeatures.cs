namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the worker and its extensions provide for one invocation, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets the feature of type <typeparamref name="T"/>.</summary>
    /// <param name="instance">The feature; not null.</param>
    /// <typeparam name="T">The type it is found by.</typeparam>
    void Set<T>(T instance);

    /// <summary>Gets the feature of type <typeparamref name="T"/>, or null.</summary>
    /// <typeparam name="T">The type it was set by.</typeparam>
    T? Get<T>();
}
